// An outcome report as a node sent it, as values that can be added and
// released.
#pragma once

#include "absl/status/statusor.h"
#include "services/outcome/outcome_report.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::handlers {

// What the node counted; shares are worked out of counts again, so they are
// left out. INVALID_ARGUMENT when a day or dimension is none.
absl::StatusOr<outcome::OutcomeReport> FromProto(
    const v1::OutcomeReport& message);

}  // namespace stegvis::handlers
