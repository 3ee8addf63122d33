// What the errors of errors.h are made of. For their own files alone.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"

namespace stegvis::errors {

// An error that carries its reason.
absl::Status Fail(absl::StatusCode code, absl::string_view reason,
                  absl::string_view message);

// INVALID_ARGUMENT.
absl::Status Invalid(absl::string_view reason, absl::string_view message);

// FAILED_PRECONDITION.
absl::Status Forbidden(absl::string_view reason, absl::string_view message);

// `status`, with `faults` instead of those that it had.
absl::Status WithFaults(absl::Status status, const std::vector<Fault>& faults);

}  // namespace stegvis::errors
