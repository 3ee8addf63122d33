#include "storage/store/participation_opener.h"

#include <utility>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/store/record.h"

namespace stegvis::storage {
namespace {

// Whether a förbund's keys are gone or do not open.
bool MeansUnreadable(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsDataLoss(status);
}

}  // namespace

seal::SealPlace PlaceOf(const ParticipationColumns& columns) {
  seal::SealPlace place("participation");
  place.Column("forbund_id", columns.forbund)
      .Column("insats_id", columns.insats)
      .Column("participation_id", columns.participation)
      .Column("created_at", columns.created_at)
      .Column("blind_index", columns.blind_index);
  return place;
}

seal::SealPlace PlaceOf(const ParticipationVersionColumns& columns) {
  seal::SealPlace place("participation_version");
  place.Column("forbund_id", columns.forbund)
      .Column("insats_id", columns.insats)
      .Column("participation_id", columns.participation)
      .Column("version", columns.version)
      .Column("recorded_at", columns.recorded_at)
      .Column("known_from", columns.known_from)
      .Column("position", columns.position);
  return place;
}

absl::StatusOr<ParticipationOpener> ParticipationOpener::Create(
    Session& session, ForbundId forbund) {
  const absl::StatusOr<const seal::KeyRing*> ring =
      session.keys.Of(forbund.Bytes());
  if (!ring.ok() && !MeansUnreadable(ring.status())) return ring.status();
  return ParticipationOpener(forbund, session.keys,
                             ring.ok() ? *ring : nullptr);
}

ParticipationKey ParticipationOpener::KeyOf(const sql::Query& query) const {
  return ParticipationKey{
      forbund_, InsatsId::FromBytes(IdFromColumn(query.BytesAt(kInsatsId))),
      ParticipationId::FromBytes(
          IdFromColumn(query.BytesAt(kParticipationId)))};
}

absl::Status ParticipationOpener::TakeScopeKeyOf(absl::string_view wrapped) {
  if (reread_ || ring_->HasScopeKeyOf(wrapped)) return absl::OkStatus();
  reread_ = true;
  const absl::StatusOr<const seal::KeyRing*> ring =
      keys_->Reread(forbund_.Bytes());
  if (ring.ok()) ring_ = *ring;
  return MeansUnreadable(ring.status()) ? absl::OkStatus() : ring.status();
}

absl::StatusOr<const seal::VersionedKey*> ParticipationOpener::KeyFor(
    const sql::Query& query) {
  if (ring_ == nullptr || query.IsNullAt(kWrappedKey)) {
    return errors::RecordUnreadable();
  }
  const seal::SealPlace place = PlaceOf(ParticipationColumns{
      forbund_.View(), query.BytesAt(kInsatsId),
      query.BytesAt(kParticipationId), query.IntegerAt(kCreatedAt),
      query.BytesAt(kBlindIndex)});
  const absl::string_view wrapped = query.BytesAt(kWrappedKey);
  if (!key_.has_value() || place.Bytes() != key_place_ || wrapped != wrapped_) {
    key_.reset();
    RETURN_IF_ERROR(TakeScopeKeyOf(wrapped));
    ASSIGN_OR_RETURN(seal::Key key, ring_->UnwrapInScope(place, wrapped));
    key_.emplace(seal::VersionedKey{std::move(key), 1});
    key_place_.assign(place.Bytes().data(), place.Bytes().size());
    wrapped_.assign(wrapped.data(), wrapped.size());
  }
  return &*key_;
}

absl::StatusOr<domain::Participation> ParticipationOpener::Open(
    const sql::Query& query) {
  ASSIGN_OR_RETURN(const seal::VersionedKey* key, KeyFor(query));
  const seal::SealPlace place = PlaceOf(ParticipationVersionColumns{
      forbund_.View(), query.BytesAt(kInsatsId),
      query.BytesAt(kParticipationId), query.IntegerAt(kVersion),
      query.IntegerAt(kRecordedAt), query.IntegerAt(kKnownFrom),
      query.IntegerAt(kPosition)});
  ASSIGN_OR_RETURN(const absl::string_view bytes,
                   seal::Open(*key, place, query.BytesAt(kSealed), buffer_));
  return DecodeParticipation(KeyOf(query), bytes);
}

absl::StatusOr<Versioned<domain::Participation>>
ParticipationOpener::OpenVersioned(const sql::Query& query) {
  ASSIGN_OR_RETURN(domain::Participation participation, Open(query));
  return Versioned<domain::Participation>{
      std::move(participation),
      query.IntegerAt(kVersion),
      absl::FromUnixMicros(query.IntegerAt(kCreatedAt)),
      absl::FromUnixMicros(query.IntegerAt(kRecordedAt)),
      absl::FromUnixMicros(query.IntegerAt(kKnownFrom)),
      FeedPosition{query.IntegerAt(kPosition)}};
}

}  // namespace stegvis::storage
