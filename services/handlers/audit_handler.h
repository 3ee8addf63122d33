// Shows and proves the audit logs.
#pragma once

#include "absl/status/status.h"
#include "services/access/caller.h"
#include "stegvis/v1/audit.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Each log is named by its scope; NOT_FOUND without such a förbund.
class AuditHandler {
 public:
  // The entries asked for, oldest first, a page at a time.
  absl::Status ListAuditEntries(const access::Caller& caller,
                                const v1::ListAuditEntriesRequest& request,
                                storage::ReadTransaction& tx,
                                v1::ListAuditEntriesResponse& response) const;

  absl::Status GetAuditHead(const access::Caller& caller,
                            const v1::GetAuditHeadRequest& request,
                            storage::ReadTransaction& tx,
                            v1::AuditHead& response) const;

  // Reads the whole log. INVALID_ARGUMENT at `earlier_heads` for a head of
  // another log.
  absl::Status VerifyAuditLog(const access::Caller& caller,
                              const v1::VerifyAuditLogRequest& request,
                              storage::ReadTransaction& tx,
                              v1::VerifyAuditLogResponse& response) const;
};

}  // namespace stegvis::handlers
