// One release beside others: the nation's, and those of other förbund.
#pragma once

#include <map>
#include <string>

#include "services/disclosure/around.h"
#include "services/disclosure/measures.h"
#include "services/disclosure/origins.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {

struct AddedBeside {
  // Whether the rest are people as it is, each mark of those releases one of a
  // cell: not when the reports do not know the same.
  bool fits = false;
  // The printed counts of the new release, which it may withhold.
  std::map<CellId, std::string> of_new = {};
  // Of the cells that are added.
  Origins origins = {};
};

// Adds to `model`, with the cells of a report, all that follows from `around`,
// whose releases stay as they are, but that the withheld counts of partners may
// be otherwise:
// - Of the rest holds what holds of people: a relation for each inequality of a
//   report, and no count is below 0. It moves against a förbund's report; with
//   the nation's it goes along, and the rows of those that are out stay.
// - What the nation does not print may be otherwise, too, and add up: also its
//   rows of förbund without a release. These are cells of others.
// - Where a count of the rest would be small and anyone could subtract, the
//   report's is withheld, unless it is out, and guarded.
// - What the nation prints of a förbund is out.
// `measures` are those of all the reports, those of `cells` first.
AddedBeside AddBeside(const Around& around, const ReportCells& cells,
                      const Measures& measures, ReleaseModel& model);

}  // namespace stegvis::disclosure
