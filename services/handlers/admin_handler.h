// Handles AdminService. See forbund_handler.h for what all handlers promise.
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/access/caller.h"
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

 private:
  const storage::Store& store_;
  const outcome::FactFeed& facts_;
  const absl::Time started_;
  const std::string version_;
};

}  // namespace stegvis::handlers
