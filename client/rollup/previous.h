// How much of last year's is missing in a rollup.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::rollup {

// What share of the registered of last year the förbund had that are not in
// `report`: registered, because that is everybody who took part, with a person
// or without. Sets `previous_missing_share` and `previous_missing` of `report`,
// and gives its missing sources the names that `previous` knows.
//
// A förbund is in the report when a source that is not missing has its
// organisation number, or its name where the previous report tells no numbers.
// One that has ended since counts as missing: nobody else can say.
//
// INVALID_ARGUMENT when `previous` has no rows by förbund that tell registered.
absl::Status CompareWithPrevious(const v1::OutcomeReport& previous,
                                 v1::OutcomeReport& report);

}  // namespace stegvis::rollup
