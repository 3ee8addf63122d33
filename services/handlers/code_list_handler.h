// Handles CodeListService. See forbund_handler.h for what all handlers promise.
#pragma once

#include "absl/status/status.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "stegvis/v1/code_list.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class CodeListHandler {
 public:
  // `codes` must outlive the handler.
  CodeListHandler(const domain::CodeBook& codes, const Clock& /*clock*/)
      : codes_(codes) {}

  // INVALID_ARGUMENT with CODE_UNKNOWN at `list`.
  absl::Status ListCodes(const access::Caller& caller,
                         const v1::ListCodesRequest& request,
                         storage::ReadTransaction& tx,
                         v1::ListCodesResponse& response) const;

 private:
  const domain::CodeBook& codes_;
};

}  // namespace stegvis::handlers
