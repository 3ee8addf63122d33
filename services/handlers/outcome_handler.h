// Handles OutcomeService. See forbund_handler.h for what all handlers promise.
#pragma once

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/outcome/fact_feed.h"
#include "stegvis/v1/outcome.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class OutcomeHandler {
 public:
  // All must outlive the handler.
  OutcomeHandler(const domain::CodeBook& codes, const Clock& clock,
                 const outcome::FactFeed& facts)
      : codes_(codes), clock_(clock), facts_(facts) {}

  // Waits until the facts hold what `tx` sees, or the position asked for; at
  // most until `deadline`, and never longer than kLongestWait. Who may not see
  // a person gets, for a filtered selection with a base below
  // kSmallestSelection, its base alone. PERMISSION_DENIED for a förbund whose
  // reports the caller may not read; INVALID_ARGUMENT naming faults, with
  // DATE_IN_FUTURE at `as_of`; UNAVAILABLE with FACTS_BEHIND.
  absl::Status GetOutcomeReport(const access::Caller& caller,
                                const v1::GetOutcomeReportRequest& request,
                                storage::ReadTransaction& tx,
                                absl::Time deadline,
                                v1::OutcomeReport& response) const;

 private:
  const domain::CodeBook& codes_;
  const Clock& clock_;
  const outcome::FactFeed& facts_;
};

}  // namespace stegvis::handlers
