#include "storage/store/key_rows.h"

#include <memory>
#include <utility>

#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/key_ring.h"
#include "storage/sql/query.h"
#include "storage/store/audit_rows.h"
#include "storage/store/installation.h"
#include "storage/store/key_statements.h"
#include "storage/store/participation_opener.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;
using seal::WrappedKey;

// A participation's row.
struct KeyRow {
  std::string insats;
  std::string participation;
  int64_t created_at;
  std::string blind_index;
  std::string wrapped;
};

seal::SealPlace PlaceOf(const IdBytes& scope, const KeyRow& row) {
  return PlaceOf(ParticipationColumns{View(scope), row.insats,
                                      row.participation, row.created_at,
                                      row.blind_index});
}

std::string NameOf(const IdBytes& scope, const KeyRow& row) {
  return stegvis::NameOf(ParticipationKey{
      ForbundId::FromBytes(scope),
      InsatsId::FromBytes(IdFromColumn(row.insats)),
      ParticipationId::FromBytes(IdFromColumn(row.participation))});
}

// Which version of the key source's key wraps the newest scope key.
uint32_t SourceVersionOf(const std::vector<WrappedKey>& rows) {
  uint32_t newest = 0;
  uint32_t source_version = 0;
  for (const WrappedKey& row : rows) {
    if (row.purpose != KeyPurpose::kScope || row.version < newest) continue;
    newest = row.version;
    source_version = seal::KeyVersionOf(row.wrapped);
  }
  return source_version;
}

absl::StatusOr<std::vector<KeyRow>> ReadKeyRows(Session& session,
                                                const IdBytes& scope,
                                                const std::string& after,
                                                int limit) {
  std::vector<KeyRow> rows;
  sql::Query query(session.connection, statements::kListParticipationKeys);
  query.Blob(1, View(scope)).Blob(2, after).Integer(3, limit);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return rows;
    rows.push_back({std::string(query.BytesAt(0)),
                    std::string(query.BytesAt(1)), query.IntegerAt(2),
                    std::string(query.BytesAt(3)),
                    std::string(query.BytesAt(4))});
  }
}

// DATA_LOSS when the key does not open.
absl::Status Rewrap(Session& session, const KeyRing& ring, const IdBytes& scope,
                    const KeyRow& row) {
  const seal::SealPlace place = PlaceOf(scope, row);
  ASSIGN_OR_RETURN(const seal::Key key, ring.UnwrapInScope(place, row.wrapped));
  ASSIGN_OR_RETURN(const std::string wrapped, ring.WrapInScope(place, key));
  return sql::Query(session.connection, statements::kRewrapParticipation)
      .Blob(1, View(scope))
      .Blob(2, row.participation)
      .Blob(3, wrapped)
      .Run();
}

absl::StatusOr<bool> IsRenewed(WriteSession& session, const IdBytes& scope,
                               uint32_t source_version) {
  ASSIGN_OR_RETURN(const std::vector<WrappedKey> rows,
                   ReadWrappedKeys(session.read.connection, scope));
  return SourceVersionOf(rows) == source_version;
}

// Whether it has new keys, and these are what others write with.
absl::StatusOr<bool> IsRotated(WriteSession& session, const IdBytes& scope,
                               uint32_t source_version) {
  ASSIGN_OR_RETURN(const bool renewed,
                   IsRenewed(session, scope, source_version));
  if (!renewed) return false;
  ASSIGN_OR_RETURN(const KeyRing* used, session.read.keys.Of(scope));
  const uint32_t version = used->ScopeVersion();
  ASSIGN_OR_RETURN(const KeyRing* stored, session.read.keys.Reread(scope));
  return version == stored->ScopeVersion();
}

using Root = std::shared_ptr<const seal::VersionedKey>;

// The key that a rotation goes to: it was made before anything else.
absl::StatusOr<Root> RootOf(WriteSession& session, uint32_t source_version) {
  for (const Root& root : session.read.keys.Roots()) {
    if (root->version == source_version) return root;
  }
  return errors::Bug("rotation_without_source");
}

absl::Status AuditTheEnd(WriteSession& session) {
  AuditEntry entry;
  entry.user = "stegvisd";
  entry.method = "FinishKeyRotation";
  return AppendAudit(session, entry);
}

absl::StatusOr<int64_t> CountWith(sql::Query& query) {
  RETURN_IF_ERROR(query.Step().status());
  return query.IntegerAt(0);
}

}  // namespace

absl::StatusOr<KeyStatus> ReadKeyStatus(sql::Connection& connection) {
  KeyStatus status;
  ASSIGN_OR_RETURN(status.source_version, ReadSourceVersion(connection));
  sql::Query query(connection, statements::kReadRotation);
  query.Integer(1, status.source_version);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (found) status.made_at = absl::FromUnixMicros(query.IntegerAt(0));
  ASSIGN_OR_RETURN(const std::optional<BegunRotation> rotation,
                   FindRotation(connection));
  if (!rotation.has_value()) return status;
  status.rotation = KeyRotation();
  status.rotation->begun_at = absl::FromUnixMicros(rotation->begun_at);
  return status;
}

absl::StatusOr<std::optional<BegunRotation>> FindRotation(
    sql::Connection& connection) {
  sql::Query query(connection, statements::kFindRotation);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<BegunRotation>();
  return BegunRotation{static_cast<uint32_t>(query.IntegerAt(0)),
                       query.IntegerAt(1)};
}

absl::StatusOr<std::vector<IdBytes>> ListScopes(sql::Connection& connection) {
  std::vector<IdBytes> scopes;
  sql::Query query(connection, statements::kListScopes);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return scopes;
    scopes.push_back(IdFromColumn(query.BytesAt(0)));
  }
}

absl::StatusOr<int64_t> CountParticipations(sql::Connection& connection) {
  sql::Query query(connection, statements::kCountParticipations);
  return CountWith(query);
}

absl::StatusOr<int64_t> CountParticipationsOf(sql::Connection& connection,
                                              const IdBytes& forbund) {
  sql::Query query(connection, statements::kCountParticipationsOf);
  query.Blob(1, View(forbund));
  return CountWith(query);
}

absl::Status BeginKeyRotation(WriteSession& session) {
  ASSIGN_OR_RETURN(const std::optional<BegunRotation> begun,
                   FindRotation(session.read.connection));
  if (begun.has_value()) return absl::OkStatus();
  const uint32_t newest = session.read.keys.Roots().back()->version;
  return sql::Query(session.read.connection, statements::kBeginRotation)
      .Integer(1, int64_t{newest} + 1)
      .Integer(2, session.recorded_at)
      .Run();
}

absl::Status RenewScopeKey(WriteSession& session, const IdBytes& scope,
                           uint32_t source_version) {
  ASSIGN_OR_RETURN(const bool renewed,
                   IsRenewed(session, scope, source_version));
  if (renewed) return absl::OkStatus();
  ASSIGN_OR_RETURN(const KeyRing* ring, session.read.keys.Of(scope));
  ASSIGN_OR_RETURN(const Root root, RootOf(session, source_version));
  ASSIGN_OR_RETURN(const std::vector<WrappedKey> rows,
                   ring->WrapWithNewScopeKey(*root, scope));
  return PutWrappedKeys(session.read.connection, scope, rows);
}

absl::StatusOr<Rewrapped> RewrapSome(WriteSession& session,
                                     const IdBytes& scope,
                                     const std::string& after, int limit) {
  // Bodies before this one may have opened the older keys.
  ASSIGN_OR_RETURN(const KeyRing* ring, session.read.keys.Reread(scope));
  ASSIGN_OR_RETURN(const std::vector<KeyRow> rows,
                   ReadKeyRows(session.read, scope, after, limit));
  Rewrapped result;
  for (const KeyRow& row : rows) {
    absl::Status status;
    if (seal::KeyVersionOf(row.wrapped) != ring->ScopeVersion()) {
      status = Rewrap(session.read, *ring, scope, row);
    }
    if (absl::IsDataLoss(status)) {
      if (++result.unreadable == 1)
        result.first_unreadable = NameOf(scope, row);
      continue;
    }
    RETURN_IF_ERROR(status);
    ++result.rotated;
  }
  if (!rows.empty()) result.last = rows.back().participation;
  return result;
}

absl::StatusOr<bool> EndRotation(WriteSession& session,
                                 const BegunRotation& rotation) {
  sql::Connection& connection = session.read.connection;
  ASSIGN_OR_RETURN(const std::vector<IdBytes> scopes, ListScopes(connection));
  for (const IdBytes& scope : scopes) {
    ASSIGN_OR_RETURN(const bool rotated,
                     IsRotated(session, scope, rotation.source_version));
    if (!rotated) return false;
  }
  for (const IdBytes& scope : scopes) {
    ASSIGN_OR_RETURN(const KeyRing* ring, session.read.keys.Of(scope));
    RETURN_IF_ERROR(sql::Query(connection, statements::kDeleteScopeKeysBefore)
                        .Blob(1, View(scope))
                        .Integer(2, int64_t{ring->ScopeVersion()})
                        .Run());
  }
  ASSIGN_OR_RETURN(const Root root, RootOf(session, rotation.source_version));
  RETURN_IF_ERROR(PutCheckValue(connection, *root));
  RETURN_IF_ERROR(AuditTheEnd(session));
  RETURN_IF_ERROR(sql::Query(connection, statements::kEndRotation)
                      .Integer(1, int64_t{rotation.source_version})
                      .Integer(2, session.recorded_at)
                      .Run());
  return true;
}

}  // namespace stegvis::storage
