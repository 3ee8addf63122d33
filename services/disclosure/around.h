// What stands beside a report: releases of its year that are out.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "services/disclosure/release_model.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// A release that is out: the report it was made of, and the cells of its own
// table that it withholds beyond the first rule.
struct EarlierRelease {
  outcome::OutcomeReport truth;
  std::vector<CellId> further;
};

// The releases of the other level, and of the other förbund.
struct Around {
  // Around a förbund's report: the nation's release. Nothing around the
  // nation's own.
  std::optional<EarlierRelease> nation;
  // The newest of each förbund that has one, without the report's own.
  std::vector<EarlierRelease> forbund;
  // Counts of the nation's release, by their names, that are to be proved in
  // the table of the report: the report's own move with them.
  std::set<std::string> of_nation = {};
};

}  // namespace stegvis::disclosure
