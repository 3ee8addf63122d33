// What "now" is for a report of the facts in memory.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/clock.h"
#include "services/outcome/fact_feed.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// The facts are milliseconds behind; no more is worth holding a thread, or the
// writer.
inline constexpr absl::Duration kLongestWait = absl::Seconds(10);

// Waits until the facts have reached `position`, but not longer than
// kLongestWait, and gives the moment as of which a report holds everything that
// they know: now, or the newest moment known where the clock went back.
// UNAVAILABLE with FACTS_BEHIND.
absl::StatusOr<absl::Time> KnownNow(const outcome::FactFeed& facts,
                                    storage::FeedPosition position,
                                    const Clock& clock);

}  // namespace stegvis::handlers
