// The audit logs as rows. Each function but the last is the call of the same
// name in transaction.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// A head of each log is kept when it has grown by so many entries.
inline constexpr uint64_t kEntriesAHead = 1000;

// An entry of a förbund that does not exist goes to the installation's log.
absl::Status AppendAudit(WriteSession& session, const AuditEntry& entry);
absl::StatusOr<std::vector<RecordedAuditEntry>> ListAudit(
    Session& session, std::optional<ForbundId> forbund, int64_t after,
    int limit);
absl::StatusOr<int64_t> CountAuditEntries(Session& session);
absl::StatusOr<AuditHead> SignAuditHead(Session& session,
                                        std::optional<ForbundId> forbund);
absl::StatusOr<std::vector<AuditHead>> ListAuditHeads(
    Session& session, std::optional<ForbundId> forbund);
absl::StatusOr<bool> IsSigned(Session& session, const AuditHead& head);
absl::StatusOr<std::string> SigningPublicKey(Session& session,
                                             std::optional<ForbundId> forbund);

// Writes where the logs end that have grown since the last commit, and keeps a
// head of those that have grown by enough.
absl::Status SaveLogs(Session& session, const WriterCounters& counters);

}  // namespace stegvis::storage
