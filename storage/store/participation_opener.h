// Opens the participations of a förbund, one row after the other.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "services/domain/participation.h"
#include "storage/seal/key_ring.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// The columns of the statements that read participations.
enum ParticipationColumn : int {
  kInsatsId,
  kParticipationId,
  kVersion,
  kRecordedAt,
  kKnownFrom,
  kPosition,
  kSealed,
  kCreatedAt,
  kBlindIndex,
  kWrappedKey,
};

// The readable columns of the table `participation`.
struct ParticipationColumns {
  absl::string_view forbund;
  absl::string_view insats;
  absl::string_view participation;
  int64_t created_at;
  absl::string_view blind_index;
};
seal::SealPlace PlaceOf(const ParticipationColumns& columns);

// The readable columns of the table `participation_version`.
struct ParticipationVersionColumns {
  absl::string_view forbund;
  absl::string_view insats;
  absl::string_view participation;
  int64_t version;
  int64_t recorded_at;
  int64_t known_from;
  int64_t position;
};
seal::SealPlace PlaceOf(const ParticipationVersionColumns& columns);

// One thread.
class ParticipationOpener {
 public:
  // A förbund whose keys are gone or do not open has participations that do
  // not open. Fails only as the database does.
  static absl::StatusOr<ParticipationOpener> Create(Session& session,
                                                    ForbundId forbund);

  // Where the row that `query` stands on says it lies; also when its seal does
  // not open.
  ParticipationKey KeyOf(const sql::Query& query) const;

  // Opens the row that `query` stands on. DATA_LOSS (RECORD_UNREADABLE).
  absl::StatusOr<domain::Participation> Open(const sql::Query& query);

  // The same with the version's numbers.
  absl::StatusOr<Versioned<domain::Participation>> OpenVersioned(
      const sql::Query& query);

 private:
  ParticipationOpener(ForbundId forbund, ScopeKeys& keys,
                      const seal::KeyRing* ring)
      : forbund_(forbund), keys_(&keys), ring_(ring) {}

  // Sees to it that the scope key that `wrapped` names is there, if it can be:
  // a rotation may have made it since the keys were opened.
  absl::Status TakeScopeKeyOf(absl::string_view wrapped);

  // The key of the row's participation; the one before, when it is the same.
  absl::StatusOr<const seal::VersionedKey*> KeyFor(const sql::Query& query);

  ForbundId forbund_;
  ScopeKeys* keys_;
  const seal::KeyRing* ring_;  // Null when the keys do not open.
  bool reread_ = false;
  std::optional<seal::VersionedKey> key_;
  std::string key_place_;  // Where key_ lies,
  std::string wrapped_;    // and what it was unwrapped from.
  std::string buffer_;
};

}  // namespace stegvis::storage
