// The change feed: gapless, in the order of commits.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// The position that the next change gets: rows name it before it is written.
inline FeedPosition NextPosition(const WriteSession& session) {
  return FeedPosition{session.counters.position + 1};
}

// Appends `change` at NextPosition, whatever its position says.
absl::Status AppendChange(WriteSession& session, const Change& change);

absl::StatusOr<std::vector<Change>> ReadChanges(Session& session,
                                                FeedPosition after, int limit);
absl::StatusOr<FeedPosition> ReadTail(sql::Connection& connection);

}  // namespace stegvis::storage
