// Handles ErasureService. See forbund_handler.h for what all handlers promise.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/erasure.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Erases a participation on `today`. NOT_FOUND.
absl::Status Erase(const ParticipationKey& key, const domain::CodeBook& codes,
                   Day today, storage::WriteTransaction& tx);

class ErasureHandler {
 public:
  // Both must outlive the handler.
  ErasureHandler(const domain::CodeBook& codes, const Clock& clock)
      : codes_(codes), clock_(clock) {}

  absl::StatusOr<ResultRef> WithdrawConsent(
      const access::Caller& caller, const v1::WithdrawConsentRequest& request,
      storage::WriteTransaction& tx) const;

  // INVALID_ARGUMENT with CODE_UNKNOWN at `reason`; PERMISSION_DENIED for a
  // reason that the caller's role does not allow; FAILED_PRECONDITION with
  // RETENTION_NOT_PASSED.
  absl::StatusOr<ResultRef> ErasePerson(const access::Caller& caller,
                                        const v1::ErasePersonRequest& request,
                                        storage::WriteTransaction& tx) const;

  absl::Status ListRetentionDue(const access::Caller& caller,
                                const v1::ListRetentionDueRequest& request,
                                storage::ReadTransaction& tx,
                                v1::ListRetentionDueResponse& response) const;

  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::Erasure& response) const;

 private:
  // Unless that is done already. ABORTED with ETAG_STALE for another `etag`
  // than the record's, if one is given.
  absl::StatusOr<ResultRef> EraseOnce(const ParticipationKey& key,
                                      const std::string& etag,
                                      storage::WriteTransaction& tx) const;

  const domain::CodeBook& codes_;
  const Clock& clock_;
};

}  // namespace stegvis::handlers
