// Reading a log of the audit from one end to the other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Visits every entry of the log after `after` until `visit` gives false.
template <typename Visit>
absl::Status ScanAudit(storage::ReadTransaction& tx,
                       std::optional<ForbundId> forbund, int64_t after,
                       const Visit& visit) {
  constexpr int kEntriesAtATime = 1000;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<storage::RecordedAuditEntry> entries,
                     tx.ListAudit(forbund, after, kEntriesAtATime));
    if (entries.empty()) return absl::OkStatus();
    for (const storage::RecordedAuditEntry& entry : entries) {
      if (!visit(entry)) return absl::OkStatus();
    }
    after = entries.back().sequence;
  }
}

}  // namespace stegvis::handlers
