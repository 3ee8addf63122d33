// Matchers for absl::Status and absl::StatusOr: a test says which error it
// expects, never just "not ok".
#pragma once

#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/errors.h"

namespace stegvis {

// For messages of failing tests.
inline void PrintTo(const Fault& fault, std::ostream* out) {
  *out << fault.field << "=" << fault.reason;
}

namespace testing {

inline const absl::Status& StatusOf(const absl::Status& status) {
  return status;
}
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& status_or) {
  return status_or.status();
}

MATCHER(IsOk, "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P(StatusIs, code, "has the code") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code;
}

// The reason of the error, or of one of its faults.
MATCHER_P(HasReason, reason, "has the reason") {
  *result_listener << StatusOf(arg).ToString();
  return ReasonOf(StatusOf(arg)) == reason;
}

MATCHER_P2(HasFault, field, reason, "has the fault") {
  *result_listener << StatusOf(arg).ToString();
  for (const Fault& fault : FaultsOf(StatusOf(arg))) {
    if (fault == Fault{field, reason}) return true;
  }
  return false;
}

}  // namespace testing
}  // namespace stegvis
