// The remembered requests as rows. Each function is the call of the same name
// in transaction.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

absl::StatusOr<std::string> RequestDigest(Session& session,
                                          std::optional<ForbundId> forbund,
                                          absl::string_view request);
absl::StatusOr<std::optional<RequestMemory>> FindRequest(Session& session,
                                                         const RequestKey& key);
// Forgets besides what has become too old.
absl::Status RememberRequest(WriteSession& session, const RequestKey& key,
                             const RequestMemory& memory);

}  // namespace stegvis::storage
