// The writing part of participation_rows.h.
#include <optional>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/sql/query.h"
#include "storage/store/change_rows.h"
#include "storage/store/participation_opener.h"
#include "storage/store/participation_rows.h"
#include "storage/store/participation_statements.h"
#include "storage/store/record.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;

// A participation's row, open.
struct OpenRow {
  int64_t created_at;
  seal::VersionedKey key;
};

// The version that is written.
struct NextVersion {
  int64_t number;
  int64_t known_from;
};

std::string BlindIndexOf(const domain::Participation& participation,
                         const seal::KeyRing& ring) {
  const RevealKey key = RevealKey::For("a participation is indexed");
  return seal::BlindIndex(ring.Get(KeyPurpose::kBlindIndex).key,
                          participation.number.Digits(key));
}

absl::StatusOr<OpenRow> InsertRow(WriteSession& session,
                                  const seal::KeyRing& ring,
                                  const ParticipationColumns& columns) {
  OpenRow row{columns.created_at, {seal::Key::Random(), 1}};
  ASSIGN_OR_RETURN(const std::string wrapped,
                   ring.WrapInScope(PlaceOf(columns), row.key.key));
  RETURN_IF_ERROR(
      sql::Query(session.read.connection, statements::kInsertParticipation)
          .Blob(1, columns.forbund)
          .Blob(2, columns.insats)
          .Blob(3, columns.participation)
          .Integer(4, columns.created_at)
          .Blob(5, columns.blind_index)
          .Blob(6, wrapped)
          .Run());
  return row;
}

// Gives the row another blind index. Its key is wrapped anew, as the seal binds
// the index.
absl::Status UpdateRow(WriteSession& session, const seal::KeyRing& ring,
                       const ParticipationColumns& columns,
                       const seal::Key& key) {
  ASSIGN_OR_RETURN(const std::string wrapped,
                   ring.WrapInScope(PlaceOf(columns), key));
  return sql::Query(session.read.connection, statements::kUpdateParticipation)
      .Blob(1, columns.forbund)
      .Blob(2, columns.insats)
      .Blob(3, columns.participation)
      .Blob(4, columns.blind_index)
      .Blob(5, wrapped)
      .Run();
}

// The row of `columns`, if it is there; its blind index becomes theirs.
absl::StatusOr<std::optional<OpenRow>> FindRow(WriteSession& session,
                                               const seal::KeyRing& ring,
                                               ParticipationColumns columns) {
  sql::Query query(session.read.connection, statements::kReadParticipation);
  query.Blob(1, columns.forbund)
      .Blob(2, columns.insats)
      .Blob(3, columns.participation);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<OpenRow>();

  const std::string wanted_index(columns.blind_index);
  columns.created_at = query.IntegerAt(0);
  columns.blind_index = query.BytesAt(1);
  const bool moves = columns.blind_index != wanted_index;
  ASSIGN_OR_RETURN(seal::Key key,
                   ring.UnwrapInScope(PlaceOf(columns), query.BytesAt(2)));
  if (moves) {
    columns.blind_index = wanted_index;
    RETURN_IF_ERROR(UpdateRow(session, ring, columns, key));
  }
  return OpenRow{columns.created_at, {std::move(key), 1}};
}

// The version after the newest of a participation that is there.
absl::StatusOr<NextVersion> VersionAfterNewest(
    WriteSession& session, const ParticipationColumns& columns,
    int64_t known_from) {
  sql::Query query(session.read.connection, statements::kReadLastVersion);
  query.Blob(1, columns.forbund)
      .Blob(2, columns.insats)
      .Blob(3, columns.participation);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return NextVersion{1, known_from};
  if (query.IntegerAt(1) > known_from) return errors::KnownLater();
  return NextVersion{query.IntegerAt(0) + 1, known_from};
}

absl::Status InsertVersion(WriteSession& session,
                           const ParticipationVersionColumns& columns,
                           absl::string_view sealed) {
  return sql::Query(session.read.connection,
                    statements::kInsertParticipationVersion)
      .Blob(1, columns.forbund)
      .Blob(2, columns.insats)
      .Blob(3, columns.participation)
      .Integer(4, columns.version)
      .Integer(5, columns.recorded_at)
      .Integer(6, columns.known_from)
      .Integer(7, columns.position)
      .Blob(8, sealed)
      .Run();
}

}  // namespace

absl::StatusOr<Versioned<domain::Participation>> PutParticipation(
    WriteSession& session, ForbundId forbund,
    const domain::Participation& participation,
    std::optional<absl::Time> known_from) {
  ASSIGN_OR_RETURN(const seal::KeyRing* ring,
                   session.read.keys.Of(forbund.Bytes()));
  const std::string index = BlindIndexOf(participation, *ring);
  const ParticipationColumns columns{
      forbund.View(), participation.insats.View(), participation.id.View(),
      session.recorded_at, index};
  NextVersion next{1, known_from.has_value() ? absl::ToUnixMicros(*known_from)
                                             : session.recorded_at};
  ASSIGN_OR_RETURN(std::optional<OpenRow> row,
                   FindRow(session, *ring, columns));
  if (row.has_value()) {
    ASSIGN_OR_RETURN(next,
                     VersionAfterNewest(session, columns, next.known_from));
  } else {
    ASSIGN_OR_RETURN(row, InsertRow(session, *ring, columns));
  }

  const FeedPosition position = NextPosition(session);
  const ParticipationVersionColumns version{
      columns.forbund,     columns.insats,  columns.participation, next.number,
      session.recorded_at, next.known_from, position.value};
  std::string sealed;
  RETURN_IF_ERROR(
      seal::Seal(row->key, PlaceOf(version), Encode(participation), sealed));
  RETURN_IF_ERROR(InsertVersion(session, version, sealed));
  RETURN_IF_ERROR(AppendChange(
      session, Change{position, ChangeKind::kParticipation, forbund,
                      participation.insats, participation.id, next.number}));
  return Versioned<domain::Participation>{
      participation,
      next.number,
      absl::FromUnixMicros(row->created_at),
      absl::FromUnixMicros(session.recorded_at),
      absl::FromUnixMicros(next.known_from),
      position};
}

}  // namespace stegvis::storage
