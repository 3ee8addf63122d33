// Handles InsatsService but for its import. See forbund_handler.h for what all
// handlers promise.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/insats.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class InsatsHandler {
 public:
  // Both must outlive the handler.
  InsatsHandler(const domain::CodeBook& codes, const Clock& clock)
      : codes_(codes), clock_(clock) {}

  // ALREADY_EXISTS with TITLE_TAKEN; INVALID_ARGUMENT naming faults under
  // `insats`.
  absl::StatusOr<ResultRef> CreateInsats(const access::Caller& caller,
                                         const v1::CreateInsatsRequest& request,
                                         storage::WriteTransaction& tx) const;

  absl::Status GetInsats(const access::Caller& caller,
                         const v1::GetInsatsRequest& request,
                         storage::ReadTransaction& tx,
                         v1::Insats& response) const;

  // Those that a role of the caller covers, oldest first.
  absl::Status ListInsatser(const access::Caller& caller,
                            const v1::ListInsatserRequest& request,
                            storage::ReadTransaction& tx,
                            v1::ListInsatserResponse& response) const;

  // ABORTED with ETAG_STALE; ALREADY_EXISTS with TITLE_TAKEN;
  // FAILED_PRECONDITION with STILL_ONGOING as EndInsats; INVALID_ARGUMENT
  // naming faults under `insats`, IMMUTABLE among them, and OUTSIDE_INSATS at
  // `insats.start_date` when someone entered before it.
  absl::StatusOr<ResultRef> UpdateInsats(const access::Caller& caller,
                                         const v1::UpdateInsatsRequest& request,
                                         storage::WriteTransaction& tx) const;

  // ABORTED with ETAG_STALE; FAILED_PRECONDITION with STILL_ONGOING;
  // INVALID_ARGUMENT with ENDS_BEFORE_START.
  absl::StatusOr<ResultRef> EndInsats(const access::Caller& caller,
                                      const v1::EndInsatsRequest& request,
                                      storage::WriteTransaction& tx) const;

  absl::Status ProposeMethod(const access::Caller& caller,
                             const v1::ProposeMethodRequest& request,
                             storage::ReadTransaction& tx,
                             v1::ProposeMethodResponse& response) const;

  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx, v1::Insats& response) const;

 private:
  const domain::CodeBook& codes_;
  const Clock& clock_;
};

}  // namespace stegvis::handlers
