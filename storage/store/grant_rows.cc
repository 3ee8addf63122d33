#include "storage/store/grant_rows.h"

#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/store/change_rows.h"
#include "storage/store/natural_keys.h"
#include "storage/store/record.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;

// The readable columns of a version of a grant.
struct Columns {
  absl::string_view grant_id;
  int64_t version;
  int64_t created_at;
  int64_t recorded_at;
  int64_t position;
  absl::string_view user_index;
};

seal::SealPlace PlaceOf(const Columns& columns) {
  seal::SealPlace place("access_grant_version");
  place.Column("grant_id", columns.grant_id)
      .Column("version", columns.version)
      .Column("created_at", columns.created_at)
      .Column("recorded_at", columns.recorded_at)
      .Column("position", columns.position)
      .Column("user_index", columns.user_index);
  return place;
}

Versioned<GrantRecord> VersionedFrom(GrantRecord record,
                                     const Columns& columns) {
  const absl::Time recorded_at = absl::FromUnixMicros(columns.recorded_at);
  return Versioned<GrantRecord>{std::move(record),
                                columns.version,
                                absl::FromUnixMicros(columns.created_at),
                                recorded_at,
                                recorded_at,
                                FeedPosition{columns.position}};
}

Versioned<domain::Grant> AsGrant(const Versioned<GrantRecord>& record) {
  return Versioned<domain::Grant>{record.value.grant, record.version,
                                  record.created_at,  record.recorded_at,
                                  record.known_from,  record.position};
}

absl::StatusOr<const KeyRing*> Ring(Session& session) {
  return session.keys.Of(seal::kInstallationScope);
}

absl::StatusOr<Versioned<GrantRecord>> OpenRow(const sql::Query& query,
                                               const KeyRing& ring) {
  const Columns columns{query.BytesAt(0),   query.IntegerAt(1),
                        query.IntegerAt(2), query.IntegerAt(3),
                        query.IntegerAt(4), query.BytesAt(5)};
  std::string buffer;
  ASSIGN_OR_RETURN(const absl::string_view bytes,
                   seal::Open(ring.Get(KeyPurpose::kContent), PlaceOf(columns),
                              query.BytesAt(6), buffer));
  ASSIGN_OR_RETURN(GrantRecord record, DecodeGrant(bytes));
  return VersionedFrom(std::move(record), columns);
}

// Every row of `query` that is not a removal.
absl::StatusOr<std::vector<Versioned<domain::Grant>>> OpenRows(
    sql::Query& query, const KeyRing& ring) {
  std::vector<Versioned<domain::Grant>> grants;
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return grants;
    ASSIGN_OR_RETURN(const Versioned<GrantRecord> row, OpenRow(query, ring));
    if (!row.value.removed) grants.push_back(AsGrant(row));
  }
}

absl::StatusOr<std::optional<Versioned<GrantRecord>>> FindNewest(
    Session& session, const KeyRing& ring, absl::string_view grant_id) {
  sql::Query query(session.connection, statements::kNewestGrant);
  query.Blob(1, grant_id);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<Versioned<GrantRecord>>();
  ASSIGN_OR_RETURN(Versioned<GrantRecord> row, OpenRow(query, ring));
  return std::optional<Versioned<GrantRecord>>(std::move(row));
}

// Writes the version after `newest`.
absl::StatusOr<Versioned<GrantRecord>> Append(
    WriteSession& session, const KeyRing& ring, absl::string_view grant_id,
    const std::optional<Versioned<GrantRecord>>& newest, GrantRecord record) {
  const std::string user_index =
      seal::RowId(ring.Get(KeyPurpose::kRowId).key, UserKey(record.grant.user));
  Columns columns{grant_id,
                  1,
                  session.recorded_at,
                  session.recorded_at,
                  NextPosition(session).value,
                  user_index};
  if (newest.has_value()) {
    columns.version = newest->version + 1;
    columns.created_at = absl::ToUnixMicros(newest->created_at);
  }
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(ring.Get(KeyPurpose::kContent), PlaceOf(columns),
                             Encode(record), sealed));
  RETURN_IF_ERROR(sql::Query(session.read.connection, statements::kInsertGrant)
                      .Blob(1, columns.grant_id)
                      .Integer(2, columns.version)
                      .Integer(3, columns.created_at)
                      .Integer(4, columns.recorded_at)
                      .Integer(5, columns.position)
                      .Blob(6, columns.user_index)
                      .Blob(7, sealed)
                      .Run());
  // Without förbund: whose grant it is stands under the seal.
  RETURN_IF_ERROR(AppendChange(
      session, Change{FeedPosition{}, ChangeKind::kGrant, std::nullopt,
                      std::nullopt, std::nullopt, columns.version}));
  return VersionedFrom(std::move(record), columns);
}

}  // namespace

absl::StatusOr<std::vector<Versioned<domain::Grant>>> ListGrants(
    Session& session) {
  ASSIGN_OR_RETURN(const KeyRing* ring, Ring(session));
  sql::Query query(session.connection, statements::kListGrants);
  return OpenRows(query, *ring);
}

absl::StatusOr<std::vector<domain::Grant>> GrantsOf(Session& session,
                                                    absl::string_view user) {
  ASSIGN_OR_RETURN(const KeyRing* ring, Ring(session));
  const std::string index =
      seal::RowId(ring->Get(KeyPurpose::kRowId).key, UserKey(user));
  sql::Query query(session.connection, statements::kGrantsOfUser);
  query.Blob(1, index);
  ASSIGN_OR_RETURN(const std::vector<Versioned<domain::Grant>> rows,
                   OpenRows(query, *ring));
  std::vector<domain::Grant> grants;
  grants.reserve(rows.size());
  for (const Versioned<domain::Grant>& row : rows) grants.push_back(row.value);
  return grants;
}

absl::StatusOr<Versioned<domain::Grant>> PutGrant(WriteSession& session,
                                                  const domain::Grant& grant) {
  ASSIGN_OR_RETURN(const KeyRing* ring, Ring(session.read));
  const std::string id =
      seal::RowId(ring->Get(KeyPurpose::kRowId).key, GrantKey(grant));
  ASSIGN_OR_RETURN(const std::optional<Versioned<GrantRecord>> newest,
                   FindNewest(session.read, *ring, id));
  if (newest.has_value() && !newest->value.removed) return AsGrant(*newest);
  ASSIGN_OR_RETURN(const Versioned<GrantRecord> written,
                   Append(session, *ring, id, newest, {grant, false}));
  return AsGrant(written);
}

absl::Status RemoveGrant(WriteSession& session, const domain::Grant& grant) {
  ASSIGN_OR_RETURN(const KeyRing* ring, Ring(session.read));
  const std::string id =
      seal::RowId(ring->Get(KeyPurpose::kRowId).key, GrantKey(grant));
  ASSIGN_OR_RETURN(const std::optional<Versioned<GrantRecord>> newest,
                   FindNewest(session.read, *ring, id));
  if (!newest.has_value() || newest->value.removed) return errors::NotFound();
  return Append(session, *ring, id, newest, {grant, true}).status();
}

}  // namespace stegvis::storage
