// What stands beside a report: releases of its year that are out.
#pragma once

#include <optional>
#include <set>
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

// A release whose withheld counts move with a report's.
struct Partner {
  EarlierRelease release;
  // It is not out yet: it may withhold more.
  bool is_new = false;
};

// The releases of the other level, and of the other förbund.
struct Around {
  // Around a förbund's report: the nation's release. Nothing around the
  // nation's own.
  std::optional<EarlierRelease> nation;
  // That is not out yet: it may withhold more.
  bool nation_is_new = false;
  // The newest of each förbund that has one, without the report's own and
  // without the partners.
  std::vector<EarlierRelease> forbund = {};
  std::vector<Partner> partners = {};
  // Which cells of the report are to be proved, if not all.
  std::optional<std::set<CellId>> only = {};
};

}  // namespace stegvis::disclosure
