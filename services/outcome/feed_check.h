// Whether everything that the change feed tells of was read: a record that a
// damaged index no longer leads to must not just be missing from a figure.
#pragma once

#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "services/base/ids.h"
#include "services/outcome/fact_table.h"
#include "storage/store/store.h"
#include "storage/store/transaction.h"

namespace stegvis::outcome {

// One thread.
class FeedCheck {
 public:
  // Of the feed up to `until`.
  explicit FeedCheck(storage::FeedPosition until);

  // Takes note of the positions of versions that were read and opened: what
  // stands under a seal is true. DATA_LOSS (RECORD_UNREADABLE) when one was
  // read before.
  absl::Status Note(const std::vector<storage::FeedPosition>& read);

  // Takes note of participations that are erased, by what is left of them.
  void NoteErased(const std::vector<ParticipationId>& erased);

  // Goes through the feed. Adds to `table`, as unreadable for ever, every
  // version of a participation that was not read and is not counted there as
  // unreadable. DATA_LOSS (RECORD_UNREADABLE) when anything else was not read:
  // a version of an insats or a count, an erasure, or the newest of a förbund.
  absl::Status AddMissing(storage::Store& store, FactTable& table);

 private:
  absl::Status ReadFeed(storage::ReadTransaction& tx);
  absl::Status Check(const storage::Change& change);
  bool WasRead(storage::FeedPosition position) const {
    return read_[static_cast<size_t>(position.value)];
  }

  storage::FeedPosition until_;
  std::vector<bool> read_;  // By position.
  absl::flat_hash_map<ForbundId, storage::FeedPosition> newest_forbund_;
  absl::flat_hash_set<ParticipationId> erased_;
  std::vector<storage::Change> missing_;  // Versions of participations.
};

}  // namespace stegvis::outcome
