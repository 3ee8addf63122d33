// The report as it is let out: what a model says is printed, and nothing more.
#pragma once

#include "services/disclosure/measures.h"
#include "services/disclosure/publishable.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {

// The report that `cells` were made of, with the marks that `model` has. A
// derived number stands only where every count in it does; of flows only the
// pairs that may be printed.
PublishableReport Publish(const ReportCells& cells, const Measures& measures,
                          const ReleaseModel& model);

}  // namespace stegvis::disclosure
