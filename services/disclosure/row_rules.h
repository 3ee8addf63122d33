// What a reader knows of a block whatever is printed of it.
#pragma once

#include <utility>
#include <vector>

#include "services/disclosure/measures.h"
#include "services/disclosure/release_model.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// Whether the day of a report says that all in the base who did not die are due
// for a follow-up after 6 or 12 months, or that none is.
struct DueByDay {
  bool all_6 = false;
  bool all_12 = false;
  bool none_6 = false;
  bool none_12 = false;
};
DueByDay WhoIsDue(const outcome::OutcomeReport& report);

struct RowRules {
  // Measures of nobody.
  std::vector<Measure> nobody;
  // The first is the second again.
  std::vector<std::pair<Measure, Measure>> same;
};

// Of the whole.
RowRules RulesOfWhole(const DueByDay& due);
// Of a row of a breakdown. Where the definitions leave open what kind of row it
// is (whether a focus is structural, which method an insats has), the reader is
// taken to know.
RowRules RulesOf(const outcome::BreakdownRow& row, const DueByDay& due,
                 const outcome::OutcomeReport& report);

// Lets the measures of `block` that are the same have the same cells.
void ShareTheSame(const RowRules& rules, BlockId block, ReleaseModel& model);

}  // namespace stegvis::disclosure
