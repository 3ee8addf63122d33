// Reads facts from the store: a förbund whole, or what changes name.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/ids.h"
#include "services/outcome/fact_table.h"
#include "storage/store/store.h"
#include "storage/store/transaction.h"

namespace stegvis::outcome {

// A förbund, and where the versions that were opened stand in the feed: those
// of its insatser, counts and participations, and its own newest.
struct ReadFacts {
  std::unique_ptr<ForbundFacts> facts;
  std::vector<storage::FeedPosition> positions;
  std::vector<ParticipationId> erased;
};

// Everything of a förbund up to its tail, which becomes ReadUntil. Fails as
// the reads do, except that a participation that does not open is counted.
absl::StatusOr<ReadFacts> ReadForbund(storage::Store& store, ForbundId id,
                                      const CodeTables& codes);

// The newest version of a förbund at `position`. NOT_FOUND when there was none.
absl::StatusOr<storage::Versioned<domain::Forbund>> ForbundAt(
    storage::ReadTransaction& tx, ForbundId id, storage::FeedPosition position);

// Up to where in the feed each kind of thing is known.
struct KnownUntil {
  // Everything up to `position`.
  explicit KnownUntil(storage::FeedPosition position)
      : forbund(position),
        insatser(position),
        anonymous_counts(position),
        volume_counts(position),
        erasures(position),
        participation([position](ParticipationId) { return position; }) {}

  storage::FeedPosition forbund;
  storage::FeedPosition insatser;
  storage::FeedPosition anonymous_counts;
  storage::FeedPosition volume_counts;
  storage::FeedPosition erasures;
  std::function<storage::FeedPosition(ParticipationId)> participation;
};

// Does nothing.
absl::Status IgnoreVersion(const storage::ScannedVersion& version);

// One förbund by itself as far as it is `known`, from what `tx` sees: exact,
// whatever was recorded later, and whatever is not committed yet. What was
// erased since is gone. `also` is given each version of a participation up to
// there, those of a participation in order. NOT_FOUND when there was no such
// förbund; else as ReadForbund.
absl::StatusOr<FactTable> ReadTableAt(
    storage::ReadTransaction& tx, ForbundId id, const domain::CodeBook& book,
    const KnownUntil& known,
    const storage::ReadTransaction::VersionVisitor& also = &IgnoreVersion);

// Changes, and what the store holds of the things they name. One thread.
class ChangeBatch {
 public:
  // Reads some changes after `after`; none when there are none.
  static absl::StatusOr<ChangeBatch> Read(storage::Store& store,
                                          const CodeTables& codes,
                                          storage::FeedPosition after);

  // Brings `table`, which stands at `after`, to End(). To be done once.
  void ApplyTo(FactTable& table);

  storage::FeedPosition End() const { return end_; }

 private:
  // A förbund, its insatser and its counts as of End().
  struct Surroundings {
    storage::FeedPosition changed;  // The last change of any.
    std::optional<domain::Forbund> forbund;
    std::vector<storage::Versioned<domain::Insats>> insatser;
    std::vector<storage::Versioned<domain::Count>> counts;
    std::vector<storage::Erasure> erased;
  };
  struct Version {
    ParticipationKey key;
    storage::Versioned<domain::Participation> participation;
  };
  // A förbund that was read whole: because of a version that cannot be read by
  // itself, or of a participation that is no more.
  struct Whole {
    storage::FeedPosition changed;
    std::unique_ptr<ForbundFacts> facts;
  };

  absl::Status ReadFrom(storage::ReadTransaction& tx, const CodeTables& codes,
                        storage::FeedPosition after);
  absl::Status ReadVersion(storage::ReadTransaction& tx,
                           const storage::Change& change);
  absl::Status ReadSurroundings(storage::ReadTransaction& tx);
  absl::Status ReadWhole(storage::ReadTransaction& tx, const CodeTables& codes);
  void Apply(const Version& version, FactTable& table) const;

  storage::FeedPosition end_;
  absl::btree_map<ForbundId, Surroundings> surroundings_;
  std::vector<Version> versions_;  // In the order of the feed.
  absl::btree_map<ForbundId, Whole> whole_;
};

}  // namespace stegvis::outcome
