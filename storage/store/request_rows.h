// The audit log and the remembered requests as rows. Each function is the call
// of the same name in transaction.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// An entry of a förbund that does not exist goes to the installation's log.
absl::Status AppendAudit(WriteSession& session, const AuditEntry& entry);
absl::StatusOr<std::vector<RecordedAuditEntry>> ListAudit(
    Session& session, std::optional<ForbundId> forbund, int64_t after,
    int limit);
absl::StatusOr<int64_t> CountAuditEntries(Session& session);

absl::StatusOr<std::string> RequestDigest(Session& session,
                                          std::optional<ForbundId> forbund,
                                          absl::string_view request);
absl::StatusOr<std::optional<RequestMemory>> FindRequest(Session& session,
                                                         const RequestKey& key);
// Forgets besides what has become too old.
absl::Status RememberRequest(WriteSession& session, const RequestKey& key,
                             const RequestMemory& memory);

}  // namespace stegvis::storage
