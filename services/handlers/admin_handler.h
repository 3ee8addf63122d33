// Handles AdminService. See forbund_handler.h for what all handlers promise.
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/access/caller.h"
#include "services/handlers/result_ref.h"
#include "services/outcome/fact_feed.h"
#include "stegvis/v1/admin.pb.h"
#include "storage/store/store.h"

namespace stegvis::handlers {

class AdminHandler {
 public:
  // `store` and `facts` must outlive the handler. `started` is when the server
  // started, `version` that of the program.
  AdminHandler(const storage::Store& store, const outcome::FactFeed& facts,
               absl::Time started, std::string version)
      : store_(store),
        facts_(facts),
        started_(started),
        version_(std::move(version)) {}

  absl::Status GetStatus(const access::Caller& caller,
                         const v1::GetStatusRequest& request,
                         storage::ReadTransaction& tx,
                         v1::GetStatusResponse& response) const;

  absl::Status GetKeyStatus(const access::Caller& caller,
                            const v1::GetKeyStatusRequest& request,
                            storage::ReadTransaction& tx,
                            v1::GetKeyStatusResponse& response) const;

  // The rotation itself is the store's work, after this is committed.
  absl::StatusOr<ResultRef> RotateKeys(const access::Caller& caller,
                                       const v1::RotateKeysRequest& request,
                                       storage::WriteTransaction& tx) const;
  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::RotateKeysResponse& response) const;

 private:
  const storage::Store& store_;
  const outcome::FactFeed& facts_;
  const absl::Time started_;
  const std::string version_;
};

}  // namespace stegvis::handlers
