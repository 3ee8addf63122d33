// What two releases of the same year and level say together: each count of the
// later one is that of the earlier one, and of those who came between.
#pragma once

#include "services/disclosure/measures.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// Adds cells for those who came between, whom no release names, and that
// earlier + between = later.
//
// Those who came between are people too, so that all that holds for the people
// of a block holds for them; but who was corrected or erased, or is due by now,
// is not somebody who came. So a reader is taken to know of them each relation
// that is true of them: who knows less, knows no more of any count.
void AddBetween(const ReportCells& earlier, const ReportCells& later,
                const Measures& measures, ReleaseModel& model);

}  // namespace stegvis::disclosure
