// Audit entries, heads and problems between proto and storage. See convert.h.
#pragma once

#include <optional>
#include <string>

#include "stegvis/v1/audit.pb.h"
#include "storage/audit/log_check.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// A head as it was handed out, of the same log. What cannot be one, its root
// above all, becomes a head that no log has.
storage::AuditHead ReadAuditHead(const v1::AuditHead& message,
                                 std::optional<ForbundId> forbund);

v1::AuditEntry ToProto(const storage::RecordedAuditEntry& recorded,
                       const std::string& scope);
v1::AuditHead ToProto(const storage::AuditHead& head,
                      const std::string& public_key);
v1::AuditProblem ToProto(const audit::Problem& problem);

}  // namespace stegvis::handlers
