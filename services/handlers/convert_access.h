// Grants between proto and domain. See convert.h.
#pragma once

#include "absl/status/statusor.h"
#include "services/domain/access.h"
#include "stegvis/v1/access.pb.h"

namespace stegvis::handlers {

// INVALID_ARGUMENT naming faults by the message's paths: `role` MISSING or
// OUT_OF_RANGE, `scope` NAME_INVALID.
absl::StatusOr<domain::Grant> ReadGrant(const v1::Grant& message);

// Without create time.
v1::Grant ToProto(const domain::Grant& grant);

}  // namespace stegvis::handlers
