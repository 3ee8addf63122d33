// Handles OutcomeService. See forbund_handler.h for what all handlers promise.
#pragma once

#include "absl/status/status.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/outcome/fact_feed.h"
#include "stegvis/v1/outcome.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class OutcomeHandler {
 public:
  // See domain.md section 5, "Who sees true counts".
  static constexpr int64_t kSmallestSelection = 5;

  // `clock` and `facts` must outlive the handler.
  OutcomeHandler(const domain::CodeBook& /*codes*/, const Clock& clock,
                 const outcome::FactFeed& facts)
      : clock_(clock), facts_(facts) {}

  // Waits, as KnownNow does, until the facts hold what `tx` sees, or the
  // position asked for; not at all for a position that `tx` does not see. Who
  // may not see a person gets, for a filtered selection with a base below
  // kSmallestSelection, its base alone.
  // PERMISSION_DENIED for a förbund whose reports the caller may not read;
  // INVALID_ARGUMENT naming faults, DATE_IN_FUTURE at `as_of` among them;
  // UNAVAILABLE with FACTS_BEHIND.
  absl::Status GetOutcomeReport(const access::Caller& caller,
                                const v1::GetOutcomeReportRequest& request,
                                storage::ReadTransaction& tx,
                                v1::OutcomeReport& response) const;

 private:
  const Clock& clock_;
  const outcome::FactFeed& facts_;
};

}  // namespace stegvis::handlers
