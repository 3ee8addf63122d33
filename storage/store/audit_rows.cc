#include "storage/store/audit_rows.h"

#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/base/status_macros.h"
#include "storage/seal/sealer.h"
#include "storage/seal/signer.h"
#include "storage/sql/query.h"
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

// The leaf is that of the row as it lies on disk: it says nothing about what is
// sealed, and holds as long as the row does, whatever becomes of keys.
audit::Hash LeafOf(seal::SealPlace place, absl::string_view sealed) {
  return audit::LeafHash(place.Column("sealed", sealed).Bytes());
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

// By the leaves as they were recorded.
absl::StatusOr<audit::Frontier> RebuildLog(Session& session,
                                           const IdBytes& scope) {
  audit::Frontier log;
  sql::Query query(session.connection, statements::kListLeaves);
  query.Blob(1, View(scope));
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return log;
    // A damaged one leaves a root that no signed head fits, which is what it
    // is.
    log.Append(audit::HashFrom(query.BytesAt(0)).value_or(audit::LeafHash("")));
  }
}

absl::StatusOr<int64_t> LastSequence(Session& session, const IdBytes& scope) {
  sql::Query query(session.connection, statements::kLastAudit);
  query.Blob(1, View(scope));
  RETURN_IF_ERROR(query.Step().status());
  return query.IntegerAt(0);
}

// Where the log ends. A row that does not fit the entries, because somebody
// changed it, does not keep others from writing: it is worked out anew.
absl::StatusOr<audit::Frontier> ReadLog(Session& session,
                                        const IdBytes& scope) {
  ASSIGN_OR_RETURN(const int64_t last, LastSequence(session, scope));
  sql::Query query(session.connection, statements::kReadLog);
  query.Blob(1, View(scope));
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (found && query.IntegerAt(0) == last) {
    const auto log =
        audit::Frontier::Parse(static_cast<uint64_t>(last), query.BytesAt(1));
    if (log.ok()) return *log;
  }
  return RebuildLog(session, scope);
}

// The log of `scope` as this body has left it.
absl::StatusOr<audit::Frontier*> OpenLog(WriteSession& session,
                                         const IdBytes& scope) {
  const auto appended = session.logs.find(scope);
  if (appended != session.logs.end()) return &appended->second;
  const auto known = session.counters.logs.find(scope);
  if (known != session.counters.logs.end()) {
    return &session.logs.emplace(scope, known->second).first->second;
  }
  ASSIGN_OR_RETURN(audit::Frontier log, ReadLog(session.read, scope));
  return &session.logs.emplace(scope, std::move(log)).first->second;
}

AuditHead HeadOf(const IdBytes& scope, const audit::TreeHead& tree,
                 int64_t signed_at, const KeyRing& ring) {
  AuditHead head;
  if (scope != seal::kInstallationScope) {
    head.forbund = ForbundId::FromBytes(scope);
  }
  head.tree = tree;
  head.signed_at = absl::FromUnixMicros(signed_at);
  head.signature =
      seal::Sign(ring.Get(KeyPurpose::kSigning).key, HeadText(head));
  return head;
}

absl::Status KeepHead(Session& session, const IdBytes& scope,
                      const audit::TreeHead& tree) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(scope));
  const AuditHead head = HeadOf(scope, tree, session.now, *ring);
  return sql::Query(session.connection, statements::kInsertHead)
      .Blob(1, View(scope))
      .Integer(2, static_cast<int64_t>(tree.size))
      .Integer(3, session.now)
      .Blob(4, audit::View(tree.root))
      .Blob(5, head.signature)
      .Run();
}

absl::StatusOr<AuditEntry> OpenEntry(const seal::SealPlace& place,
                                     absl::string_view sealed,
                                     const KeyRing& ring) {
  std::string buffer;
  ASSIGN_OR_RETURN(
      const absl::string_view bytes,
      seal::Open(ring.Get(KeyPurpose::kContent), place, sealed, buffer));
  return DecodeAuditEntry(bytes);
}

RecordedAuditEntry EntryAt(const sql::Query& query,
                           const std::optional<ForbundId>& forbund,
                           const KeyRing& ring) {
  const int64_t sequence = query.IntegerAt(0);
  const int64_t recorded_at = query.IntegerAt(1);
  const absl::string_view sealed = query.BytesAt(2);
  const seal::SealPlace place =
      PlaceOfEntry(ScopeOf(forbund), sequence, recorded_at);
  RecordedAuditEntry recorded{
      sequence, absl::FromUnixMicros(recorded_at), LeafOf(place, sealed),
      audit::HashFrom(query.BytesAt(3)).value_or(audit::Hash{}),
      OpenEntry(place, sealed, ring)};
  if (recorded.entry.ok()) recorded.entry->forbund = forbund;
  return recorded;
}

}  // namespace

std::string HeadText(const AuditHead& head) {
  const IdBytes scope = ScopeOf(head.forbund);
  return absl::StrCat("stegvis audit head 1\n", UuidText(scope), "\n",
                      head.tree.size, "\n",
                      absl::BytesToHexString(audit::View(head.tree.root)), "\n",
                      absl::ToUnixMicros(head.signed_at), "\n");
}

absl::Status AppendAudit(WriteSession& session, const AuditEntry& entry) {
  ASSIGN_OR_RETURN(const Log log, LogOf(session.read, entry.forbund));
  ASSIGN_OR_RETURN(audit::Frontier * end, OpenLog(session, log.scope));
  const auto sequence = static_cast<int64_t>(end->Size()) + 1;
  const seal::SealPlace place =
      PlaceOfEntry(log.scope, sequence, session.recorded_at);
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(log.ring->Get(KeyPurpose::kContent), place,
                             Encode(entry), sealed));
  const audit::Hash leaf = LeafOf(place, sealed);
  RETURN_IF_ERROR(sql::Query(session.read.connection, statements::kInsertAudit)
                      .Blob(1, View(log.scope))
                      .Integer(2, sequence)
                      .Integer(3, session.recorded_at)
                      .Blob(4, sealed)
                      .Blob(5, audit::View(leaf))
                      .Run());
  end->Append(leaf);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<RecordedAuditEntry>> ListAudit(
    Session& session, std::optional<ForbundId> forbund, int64_t after,
    int limit) {
  std::vector<RecordedAuditEntry> entries;
  const absl::StatusOr<const KeyRing*> ring = session.keys.Of(ScopeOf(forbund));
  if (absl::IsNotFound(ring.status())) return entries;
  RETURN_IF_ERROR(ring.status());

  const IdBytes scope = ScopeOf(forbund);
  sql::Query query(session.connection, statements::kListAudit);
  query.Blob(1, View(scope)).Integer(2, after).Integer(3, limit);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return entries;
    entries.push_back(EntryAt(query, forbund, **ring));
  }
}

absl::StatusOr<int64_t> CountAuditEntries(Session& session) {
  sql::Query query(session.connection, statements::kCountAudit);
  RETURN_IF_ERROR(query.Step().status());
  return query.IntegerAt(0);
}

absl::StatusOr<AuditHead> SignAuditHead(Session& session,
                                        std::optional<ForbundId> forbund) {
  const IdBytes scope = ScopeOf(forbund);
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(scope));
  ASSIGN_OR_RETURN(const audit::Frontier log, ReadLog(session, scope));
  return HeadOf(scope, log.Head(), session.now, *ring);
}

absl::StatusOr<std::vector<AuditHead>> ListAuditHeads(
    Session& session, std::optional<ForbundId> forbund) {
  const IdBytes scope = ScopeOf(forbund);
  std::vector<AuditHead> heads;
  sql::Query query(session.connection, statements::kListHeads);
  query.Blob(1, View(scope));
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return heads;
    AuditHead head;
    head.forbund = forbund;
    head.tree.size = static_cast<uint64_t>(query.IntegerAt(0));
    head.tree.root = audit::HashFrom(query.BytesAt(2)).value_or(audit::Hash{});
    head.signed_at = absl::FromUnixMicros(query.IntegerAt(1));
    head.signature = std::string(query.BytesAt(3));
    heads.push_back(std::move(head));
  }
}

absl::StatusOr<bool> IsSigned(Session& session, const AuditHead& head) {
  ASSIGN_OR_RETURN(const std::string public_key,
                   SigningPublicKey(session, head.forbund));
  return seal::IsSignedBy(public_key, HeadText(head), head.signature);
}

absl::StatusOr<std::string> SigningPublicKey(Session& session,
                                             std::optional<ForbundId> forbund) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(ScopeOf(forbund)));
  return seal::PublicKeyOf(ring->Get(KeyPurpose::kSigning).key);
}

absl::Status SaveLogs(Session& session, const WriterCounters& counters) {
  for (const IdBytes& scope : counters.unsaved_logs) {
    const audit::Frontier& log = counters.logs.at(scope);
    const audit::TreeHead tree = log.Head();
    sql::Query saved(session.connection, statements::kReadLog);
    saved.Blob(1, View(scope));
    ASSIGN_OR_RETURN(const bool found, saved.Step());
    const auto before =
        static_cast<uint64_t>(found ? saved.IntegerAt(0) : int64_t{0});
    RETURN_IF_ERROR(sql::Query(session.connection, statements::kWriteLog)
                        .Blob(1, View(scope))
                        .Integer(2, static_cast<int64_t>(tree.size))
                        .Blob(3, log.Bytes())
                        .Run());
    if (before / kEntriesAHead == tree.size / kEntriesAHead) continue;
    RETURN_IF_ERROR(KeepHead(session, scope, tree));
  }
  return absl::OkStatus();
}

}  // namespace stegvis::storage
