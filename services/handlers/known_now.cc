#include "services/handlers/known_now.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "services/base/status_macros.h"

namespace stegvis::handlers {

absl::StatusOr<absl::Time> KnownNow(const outcome::FactFeed& facts,
                                    storage::FeedPosition position,
                                    const Clock& clock) {
  // The wait is real time, whatever clock the report goes by.
  RETURN_IF_ERROR(facts.WaitFor(position, absl::Now() + kLongestWait));
  // A clock that went back does not take away what is known.
  return std::max(clock.Now(), facts.Statistics().newest_known);
}

}  // namespace stegvis::handlers
