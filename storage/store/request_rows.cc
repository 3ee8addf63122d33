#include "storage/store/log_rows.h"

#include <utility>

#include "absl/time/time.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/seal/hash.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/store/natural_keys.h"
#include "storage/store/record.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;

seal::SealPlace PlaceOfEntry(const IdBytes& scope, int64_t sequence,
                             int64_t recorded_at) {
  seal::SealPlace place("audit_entry");
  place.Column("scope_id", View(scope))
      .Column("sequence", sequence)
      .Column("recorded_at", recorded_at);
  return place;
}

seal::SealPlace PlaceOfMemory(absl::string_view request_key,
                              int64_t recorded_at) {
  seal::SealPlace place("request_memory");
  place.Column("request_key", request_key).Column("recorded_at", recorded_at);
  return place;
}

IdBytes ScopeOf(const std::optional<ForbundId>& forbund) {
  return forbund.has_value() ? forbund->Bytes() : seal::kInstallationScope;
}

// A log and the keys that seal it.
struct Log {
  IdBytes scope;
  const KeyRing* ring;
};

absl::StatusOr<Log> LogOf(Session& session,
                          const std::optional<ForbundId>& forbund) {
  const IdBytes scope = ScopeOf(forbund);
  const absl::StatusOr<const KeyRing*> ring = session.keys.Of(scope);
  if (ring.ok()) return Log{scope, *ring};
  if (!absl::IsNotFound(ring.status())) return ring.status();
  ASSIGN_OR_RETURN(const KeyRing* installation,
                   session.keys.Of(seal::kInstallationScope));
  return Log{seal::kInstallationScope, installation};
}

// The sequence of the next entry in the log of `scope`.
absl::StatusOr<int64_t> NextSequence(WriteSession& session,
                                     const IdBytes& scope) {
  const auto known = session.counters.audit_sequences.find(scope);
  if (known != session.counters.audit_sequences.end()) {
    return known->second + 1;
  }
  sql::Query query(session.read.connection, statements::kLastAudit);
  query.Blob(1, View(scope));
  RETURN_IF_ERROR(query.Step().status());
  return query.IntegerAt(0) + 1;
}

// Whatever was recorded up to this moment is forgotten.
int64_t ForgottenUntil(int64_t now) {
  return now - absl::ToInt64Microseconds(absl::Hours(24)) *
                   limits::kRequestMemoryDays;
}

// What the row of a request is called.
absl::StatusOr<std::string> MemoryId(Session& session, const RequestKey& key) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.keys.Of(seal::kInstallationScope));
  return seal::RowId(ring->Get(KeyPurpose::kRowId).key, MemoryKey(key));
}

absl::StatusOr<const seal::VersionedKey*> MemorySealingKey(Session& session) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.keys.Of(seal::kInstallationScope));
  return &ring->Get(KeyPurpose::kContent);
}

}  // namespace

absl::Status AppendAudit(WriteSession& session, const AuditEntry& entry) {
  ASSIGN_OR_RETURN(const Log log, LogOf(session.read, entry.forbund));
  ASSIGN_OR_RETURN(const int64_t sequence, NextSequence(session, log.scope));
  std::string sealed;
  RETURN_IF_ERROR(
      seal::Seal(log.ring->Get(KeyPurpose::kContent),
                 PlaceOfEntry(log.scope, sequence, session.recorded_at),
                 Encode(entry), sealed));
  RETURN_IF_ERROR(sql::Query(session.read.connection, statements::kInsertAudit)
                      .Blob(1, View(log.scope))
                      .Integer(2, sequence)
                      .Integer(3, session.recorded_at)
                      .Blob(4, sealed)
                      .Run());
  session.counters.audit_sequences[log.scope] = sequence;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RecordedAuditEntry>> ListAudit(
    Session& session, std::optional<ForbundId> forbund, int64_t after,
    int limit) {
  std::vector<RecordedAuditEntry> entries;
  const IdBytes scope = ScopeOf(forbund);
  const absl::StatusOr<const KeyRing*> ring = session.keys.Of(scope);
  if (absl::IsNotFound(ring.status())) return entries;
  RETURN_IF_ERROR(ring.status());

  std::string buffer;
  sql::Query query(session.connection, statements::kListAudit);
  query.Blob(1, View(scope)).Integer(2, after).Integer(3, limit);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return entries;
    const int64_t sequence = query.IntegerAt(0);
    const int64_t recorded_at = query.IntegerAt(1);
    ASSIGN_OR_RETURN(const absl::string_view bytes,
                     seal::Open((*ring)->Get(KeyPurpose::kContent),
                                PlaceOfEntry(scope, sequence, recorded_at),
                                query.BytesAt(2), buffer));
    ASSIGN_OR_RETURN(AuditEntry entry, DecodeAuditEntry(bytes));
    entry.forbund = forbund;
    entries.push_back(
        {sequence, absl::FromUnixMicros(recorded_at), std::move(entry)});
  }
}

absl::StatusOr<int64_t> CountAuditEntries(Session& session) {
  sql::Query query(session.connection, statements::kCountAudit);
  RETURN_IF_ERROR(query.Step().status());
  return query.IntegerAt(0);
}

absl::StatusOr<std::string> RequestDigest(Session& session,
                                          std::optional<ForbundId> forbund,
                                          absl::string_view request) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(ScopeOf(forbund)));
  return seal::HmacSha256(ring->Get(KeyPurpose::kRequestDigest).key.Bytes(),
                          request);
}

absl::StatusOr<std::optional<RequestMemory>> FindRequest(
    Session& session, const RequestKey& key) {
  ASSIGN_OR_RETURN(const std::string id, MemoryId(session, key));
  sql::Query query(session.connection, statements::kFindRequest);
  query.Blob(1, id).Integer(2, ForgottenUntil(session.now));
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<RequestMemory>();

  ASSIGN_OR_RETURN(const seal::VersionedKey* sealing,
                   MemorySealingKey(session));
  std::string buffer;
  ASSIGN_OR_RETURN(const absl::string_view bytes,
                   seal::Open(*sealing, PlaceOfMemory(id, query.IntegerAt(0)),
                              query.BytesAt(1), buffer));
  ASSIGN_OR_RETURN(RequestMemory memory, DecodeRequestMemory(bytes));
  return std::optional<RequestMemory>(std::move(memory));
}

absl::Status RememberRequest(WriteSession& session, const RequestKey& key,
                             const RequestMemory& memory) {
  sql::Connection& connection = session.read.connection;
  RETURN_IF_ERROR(sql::Query(connection, statements::kForgetRequests)
                      .Integer(1, ForgottenUntil(session.recorded_at))
                      .Run());
  ASSIGN_OR_RETURN(const std::string id, MemoryId(session.read, key));
  ASSIGN_OR_RETURN(const seal::VersionedKey* sealing,
                   MemorySealingKey(session.read));
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(*sealing, PlaceOfMemory(id, session.recorded_at),
                             Encode(memory), sealed));
  return sql::Query(connection, statements::kInsertRequest)
      .Blob(1, id)
      .Integer(2, session.recorded_at)
      .Blob(3, sealed)
      .Run();
}

}  // namespace stegvis::storage
