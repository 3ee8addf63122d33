// What is worked out of the counts of a block: the one place for shares,
// intervals, changes, registered and coverage, whether the counts come from
// facts or from reports that are added.
//
// Pure functions. Safe from any thread.
#pragma once

#include <vector>

#include "services/base/day.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// What can be said in a block of people without a person.
struct UnnamedRules {
  bool counts = false;    // Anonymous and volume counts, and registered.
  bool coverage = false;  // Coverage too.
};

// Of the whole of a report over a period under `filters`.
UnnamedRules RulesOfWhole(Day from, Day to, const std::vector<Filter>& filters);

// Of the rows of a breakdown. `whole`: the rules of the whole, and
// `every_volume_sex_known` whether each of its volume counts has a sex.
UnnamedRules RulesOfRows(Dimension dimension, const UnnamedRules& whole,
                         bool every_volume_sex_known);

// Sets everything in `block` that follows from its counts, under the rules that
// hold for it.
void Derive(const UnnamedRules& rules, Block& block);

}  // namespace stegvis::outcome
