// The cells in which two outcome reports differ, named as in their csv form.
#pragma once

#include <string>
#include <vector>

#include "stegvis/v1/outcome.pb.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::handlers {

// In the order of the reports: cells that are in `before`, then those that are
// in `after` alone. Counts only: shares and changes are worked out of them. A
// row that one of them lacks has no number there, unless the other has 0.
std::vector<v1::CellChange> CellsThatDiffer(const v1::OutcomeReport& before,
                                            const v1::OutcomeReport& after);

// The same for two cells that have the same name, and for no others.
std::string CellKey(const v1::CellChange& cell);

}  // namespace stegvis::handlers
