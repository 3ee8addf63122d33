// Handles CountService but for its import. See forbund_handler.h for what all
// handlers promise.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/count.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class CountHandler {
 public:
  // `clock` must outlive the handler.
  CountHandler(const domain::CodeBook& /*codes*/, const Clock& clock)
      : clock_(clock) {}

  // The same figures again make no version and need no etag.
  // PERMISSION_DENIED for a volume count by a samordnare; ABORTED with
  // ETAG_STALE; else as domain's MakeCount, under `count`.
  absl::StatusOr<ResultRef> SetCount(const access::Caller& caller,
                                     const v1::SetCountRequest& request,
                                     storage::WriteTransaction& tx) const;

  absl::Status ListCounts(const access::Caller& caller,
                          const v1::ListCountsRequest& request,
                          storage::ReadTransaction& tx,
                          v1::ListCountsResponse& response) const;

  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx, v1::Count& response) const;

 private:
  const Clock& clock_;
};

}  // namespace stegvis::handlers
