// Keeps the facts current: built at the start from the store, then following
// the change feed.
#pragma once

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/outcome/outcome_report.h"
#include "storage/store/store.h"

namespace stegvis::outcome {

struct FactStatistics {
  storage::FeedPosition position;
  int64_t facts = 0;
  int64_t bytes = 0;
  int64_t unreadable = 0;
  // The latest moment from which something is known. After the clock went back
  // it lies ahead of the clock.
  absl::Time newest_known;
};

// Thread-safe.
class FactFeed {
 public:
  // Opens every record on all cores and starts following. `store` must outlive
  // it. Fails only as the store's reads do, and with DATA_LOSS when something
  // is gone that the change feed tells of; a participation that does not open,
  // or is gone, is counted.
  static absl::StatusOr<std::unique_ptr<FactFeed>> Start(storage::Store& store);
  virtual ~FactFeed() = default;

  // The report of `request` from the facts, of one position. INVALID_ARGUMENT
  // with FILTER_UNKNOWN for a dimension that is no filter, or an INSATS filter
  // that matches nothing in the förbund asked for.
  virtual absl::StatusOr<OutcomeReport> Report(
      const ReportRequest& request) const = 0;

  // Waits until the facts have reached `position`. UNAVAILABLE with
  // FACTS_BEHIND at `deadline`.
  virtual absl::Status WaitFor(storage::FeedPosition position,
                               absl::Time deadline) const = 0;

  virtual FactStatistics Statistics() const = 0;

  virtual void Stop() = 0;
};

}  // namespace stegvis::outcome
