#include "storage/store/erasure_rows.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/store/change_rows.h"
#include "storage/store/erasure_statements.h"
#include "storage/store/participation_statements.h"
#include "storage/store/record.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;

// The readable columns of the table `erasure`.
struct Columns {
  ParticipationKey key;
  int64_t erased_at;
  int64_t recorded_at;
  int64_t known_from;
  int64_t position;
};

seal::SealPlace PlaceOf(const Columns& columns) {
  seal::SealPlace place("erasure");
  place.Column("forbund_id", columns.key.forbund.View())
      .Column("insats_id", columns.key.insats.View())
      .Column("participation_id", columns.key.participation.View())
      .Column("erased_at", columns.erased_at)
      .Column("recorded_at", columns.recorded_at)
      .Column("known_from", columns.known_from)
      .Column("position", columns.position);
  return place;
}

seal::SealPlace PlaceOfWithdrawal(ForbundId forbund, absl::string_view token,
                                  int64_t recorded_at) {
  seal::SealPlace place("withdrawal");
  place.Column("forbund_id", forbund.View())
      .Column("token", token)
      .Column("recorded_at", recorded_at);
  return place;
}

sql::Query& BindKey(sql::Query& query, const ParticipationKey& key) {
  return query.Blob(1, key.forbund.View())
      .Blob(2, key.insats.View())
      .Blob(3, key.participation.View());
}

absl::Status RunOn(sql::Connection& connection, absl::string_view statement,
                   const ParticipationKey& key) {
  sql::Query query(connection, statement);
  return BindKey(query, key).Run();
}

// The row that `query` stands on.
absl::StatusOr<Erasure> OpenErasure(const sql::Query& query, ForbundId forbund,
                                    const KeyRing& ring) {
  const Columns columns{
      {forbund, InsatsId::FromBytes(IdFromColumn(query.BytesAt(0))),
       ParticipationId::FromBytes(IdFromColumn(query.BytesAt(1)))},
      query.IntegerAt(2),
      query.IntegerAt(3),
      query.IntegerAt(4),
      query.IntegerAt(5)};
  std::string buffer;
  ASSIGN_OR_RETURN(const absl::string_view bytes,
                   seal::Open(ring.Get(KeyPurpose::kContent), PlaceOf(columns),
                              query.BytesAt(6), buffer));
  ASSIGN_OR_RETURN(const std::optional<domain::AnonymousRemainder> count,
                   DecodeRemainder(bytes));
  return Erasure{columns.key, absl::FromUnixMicros(columns.erased_at),
                 absl::FromUnixMicros(columns.known_from),
                 FeedPosition{columns.position}, count};
}

// When the participation was first known. NOT_FOUND.
absl::StatusOr<int64_t> FirstKnown(Session& session,
                                   const ParticipationKey& key) {
  sql::Query query(session.connection, statements::kFirstKnown);
  BindKey(query, key);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return errors::NotFound();
  return query.IntegerAt(0);
}

absl::Status DeleteEverything(sql::Connection& connection,
                              const ParticipationKey& key) {
  RETURN_IF_ERROR(RunOn(connection, statements::kDeleteVersions, key));
  RETURN_IF_ERROR(RunOn(connection, statements::kDeleteParticipation, key));
  return sql::Query(connection, statements::kForgetRequestsAbout)
      .Blob(1, key.participation.View())
      .Run();
}

std::string TokenOf(const KeyRing& ring, const domain::PersonNumber& number) {
  return seal::BlindIndex(
      ring.Get(KeyPurpose::kWithdrawalToken).key,
      number.Digits(RevealKey::For("a withdrawn consent is kept in mind")));
}

absl::StatusOr<std::optional<domain::Withdrawal>> ReadWithdrawal(
    Session& session, const KeyRing& ring, ForbundId forbund,
    absl::string_view token) {
  sql::Query query(session.connection, statements::kReadWithdrawal);
  query.Blob(1, forbund.View()).Blob(2, token);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<domain::Withdrawal>();
  std::string buffer;
  ASSIGN_OR_RETURN(
      const absl::string_view bytes,
      seal::Open(ring.Get(KeyPurpose::kContent),
                 PlaceOfWithdrawal(forbund, token, query.IntegerAt(0)),
                 query.BytesAt(1), buffer));
  ASSIGN_OR_RETURN(const domain::Withdrawal withdrawal,
                   DecodeWithdrawal(bytes));
  return std::optional<domain::Withdrawal>(withdrawal);
}

// The later day of each: one who has withdrawn twice is kept in mind for both.
domain::Withdrawal Joined(const domain::Withdrawal& a,
                          const std::optional<domain::Withdrawal>& b) {
  if (!b.has_value()) return a;
  return {std::max(a.withdrawn, b->withdrawn),
          std::max(a.kept_until, b->kept_until)};
}

absl::Status KeepWithdrawal(WriteSession& session, const KeyRing& ring,
                            ForbundId forbund, const WithdrawnPerson& person) {
  const std::string token = TokenOf(ring, person.number);
  absl::StatusOr<std::optional<domain::Withdrawal>> before =
      ReadWithdrawal(session.read, ring, forbund, token);
  // One that does not open any more is replaced.
  if (absl::IsDataLoss(before.status())) before = std::nullopt;
  RETURN_IF_ERROR(before.status());
  std::string sealed;
  RETURN_IF_ERROR(
      seal::Seal(ring.Get(KeyPurpose::kContent),
                 PlaceOfWithdrawal(forbund, token, session.recorded_at),
                 Encode(Joined(person.withdrawal, *before)), sealed));
  return sql::Query(session.read.connection, statements::kWriteWithdrawal)
      .Blob(1, forbund.View())
      .Blob(2, token)
      .Integer(3, session.recorded_at)
      .Blob(4, sealed)
      .Run();
}

// One that does not open is not among them: it still refuses.
absl::StatusOr<std::vector<std::string>> TokensKeptUntilBefore(
    Session& session, ForbundId forbund, Day today) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(forbund.Bytes()));
  std::vector<std::string> tokens;
  std::string buffer;
  sql::Query query(session.connection, statements::kListWithdrawals);
  query.Blob(1, forbund.View());
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return tokens;
    const absl::string_view token = query.BytesAt(0);
    const auto bytes =
        seal::Open(ring->Get(KeyPurpose::kContent),
                   PlaceOfWithdrawal(forbund, token, query.IntegerAt(1)),
                   query.BytesAt(2), buffer);
    if (!bytes.ok()) continue;
    ASSIGN_OR_RETURN(const domain::Withdrawal kept, DecodeWithdrawal(*bytes));
    if (kept.kept_until < today) tokens.emplace_back(token);
  }
}

absl::Status InsertErasure(WriteSession& session, const KeyRing& ring,
                           const Erasure& erasure) {
  const Columns columns{
      erasure.key, absl::ToUnixMicros(erasure.erased_at), session.recorded_at,
      absl::ToUnixMicros(erasure.known_from), erasure.position.value};
  std::string sealed;
  RETURN_IF_ERROR(seal::Seal(ring.Get(KeyPurpose::kContent), PlaceOf(columns),
                             Encode(erasure.count), sealed));
  sql::Query query(session.read.connection, statements::kInsertErasure);
  return BindKey(query, columns.key)
      .Integer(4, columns.erased_at)
      .Integer(5, columns.recorded_at)
      .Integer(6, columns.known_from)
      .Integer(7, columns.position)
      .Blob(8, sealed)
      .Run();
}

}  // namespace

absl::StatusOr<std::optional<Erasure>> FindErasure(
    Session& session, const ParticipationKey& key) {
  sql::Query query(session.connection, statements::kReadErasure);
  BindKey(query, key);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (!found) return std::optional<Erasure>();
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(key.forbund.Bytes()));
  ASSIGN_OR_RETURN(Erasure erasure, OpenErasure(query, key.forbund, *ring));
  return std::optional<Erasure>(std::move(erasure));
}

absl::StatusOr<std::vector<Erasure>> ListErasures(Session& session,
                                                  ForbundId forbund) {
  std::vector<Erasure> erasures;
  sql::Query query(session.connection, statements::kListErasures);
  query.Blob(1, forbund.View());
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return erasures;
    ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(forbund.Bytes()));
    ASSIGN_OR_RETURN(Erasure erasure, OpenErasure(query, forbund, *ring));
    erasures.push_back(std::move(erasure));
  }
}

absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
    Session& session, ForbundId forbund, const domain::PersonNumber& number) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(forbund.Bytes()));
  ASSIGN_OR_RETURN(
      std::optional<domain::Withdrawal> withdrawal,
      ReadWithdrawal(session, *ring, forbund, TokenOf(*ring, number)));
  const Day today = SwedishDay(absl::FromUnixMicros(session.now));
  if (withdrawal.has_value() && withdrawal->kept_until < today) {
    withdrawal.reset();
  }
  return withdrawal;
}

absl::StatusOr<bool> HasWithdrawals(Session& session, ForbundId forbund) {
  RETURN_IF_ERROR(session.keys.Of(forbund.Bytes()).status());
  sql::Query query(session.connection, statements::kListWithdrawals);
  query.Blob(1, forbund.View());
  return query.Step();
}

absl::StatusOr<Erasure> EraseParticipation(WriteSession& session,
                                           const ErasureLog& log,
                                           const ParticipationToErase& erased) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.read.keys.Of(erased.key.forbund.Bytes()));
  ASSIGN_OR_RETURN(const int64_t known_from,
                   FirstKnown(session.read, erased.key));
  const ErasureEntry entry{erased.key, session.recorded_at};
  const Erasure erasure{erased.key, absl::FromUnixMicros(log.MomentOf(entry)),
                        absl::FromUnixMicros(known_from), NextPosition(session),
                        erased.count};
  RETURN_IF_ERROR(DeleteEverything(session.read.connection, erased.key));
  RETURN_IF_ERROR(InsertErasure(session, *ring, erasure));
  if (erased.withdrawn.has_value()) {
    RETURN_IF_ERROR(
        KeepWithdrawal(session, *ring, erased.key.forbund, *erased.withdrawn));
  }
  RETURN_IF_ERROR(AppendChange(
      session, Change{FeedPosition{}, ChangeKind::kErasure, erased.key.forbund,
                      erased.key.insats, erased.key.participation, 1}));
  session.erased.push_back(entry);
  return erasure;
}

absl::Status ForgetWithdrawals(WriteSession& session, ForbundId forbund,
                               Day today) {
  ASSIGN_OR_RETURN(const std::vector<std::string> passed,
                   TokensKeptUntilBefore(session.read, forbund, today));
  for (const std::string& token : passed) {
    RETURN_IF_ERROR(
        sql::Query(session.read.connection, statements::kDeleteWithdrawal)
            .Blob(1, forbund.View())
            .Blob(2, token)
            .Run());
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<ErasureEntry>> ListErasedKeys(
    sql::Connection& connection) {
  std::vector<ErasureEntry> erased;
  sql::Query query(connection, statements::kListErasedKeys);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return erased;
    erased.push_back(
        {{ForbundId::FromBytes(IdFromColumn(query.BytesAt(0))),
          InsatsId::FromBytes(IdFromColumn(query.BytesAt(1))),
          ParticipationId::FromBytes(IdFromColumn(query.BytesAt(2)))},
         query.IntegerAt(3)});
  }
}

}  // namespace stegvis::storage
