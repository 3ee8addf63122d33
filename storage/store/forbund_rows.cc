#include "storage/store/forbund_rows.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/blind_index.h"
#include "storage/sql/query.h"
#include "storage/store/natural_keys.h"
#include "storage/store/record.h"
#include "storage/store/statements.h"
#include "storage/store/version_rows.h"

namespace stegvis::storage {
namespace {

using seal::KeyPurpose;
using seal::KeyRing;

absl::StatusOr<domain::Forbund> AsForbund(const OpenedVersion& row) {
  return DecodeForbund(ForbundId::FromBytes(row.ids[0]), row.bytes.value);
}
absl::StatusOr<domain::Question> AsQuestion(const OpenedVersion& row) {
  return DecodeQuestion(QuestionId::FromBytes(row.ids[1]), row.bytes.value);
}
absl::StatusOr<domain::Insats> AsInsats(const OpenedVersion& row) {
  return DecodeInsats(InsatsId::FromBytes(row.ids[1]), row.bytes.value);
}
absl::StatusOr<domain::Count> AsCount(const OpenedVersion& row) {
  return DecodeCount(InsatsId::FromBytes(row.ids[1]), row.bytes.value);
}

template <typename T>
using Decoder = absl::StatusOr<T> (*)(const OpenedVersion&);

template <typename T>
absl::StatusOr<Versioned<T>> Get(Session& session, const VersionTable& table,
                                 RowIds ids, const VersionBounds& bounds,
                                 const seal::VersionedKey& key,
                                 Decoder<T> decode) {
  ASSIGN_OR_RETURN(const std::optional<OpenedVersion> row,
                   FindNewest(session, table, ids, bounds, key));
  if (!row.has_value()) return errors::NotFound();
  ASSIGN_OR_RETURN(T value, decode(*row));
  return WithValue(std::move(value), row->bytes);
}

template <typename T>
absl::StatusOr<std::vector<Versioned<T>>> List(sql::Query& query,
                                               const VersionTable& table,
                                               const seal::VersionedKey& key,
                                               Decoder<T> decode) {
  ASSIGN_OR_RETURN(const std::vector<OpenedVersion> rows,
                   OpenVersions(query, table, key));
  std::vector<Versioned<T>> list;
  list.reserve(rows.size());
  for (const OpenedVersion& row : rows) {
    ASSIGN_OR_RETURN(T value, decode(row));
    list.push_back(WithValue(std::move(value), row.bytes));
  }
  return list;
}

// The key that seals what the förbund has. NOT_FOUND without such a förbund.
absl::StatusOr<const seal::VersionedKey*> ContentKey(Session& session,
                                                     ForbundId forbund) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.keys.Of(forbund.Bytes()));
  return &ring->Get(KeyPurpose::kContent);
}

// The list that `sql` gives for a förbund; `as_of` is its second parameter, or
// nothing for a list of all versions. Empty without such a förbund.
template <typename T>
absl::StatusOr<std::vector<Versioned<T>>> ListOf(Session& session,
                                                 ForbundId forbund,
                                                 absl::string_view sql,
                                                 std::optional<int64_t> as_of,
                                                 const VersionTable& table,
                                                 Decoder<T> decode) {
  const auto key = ContentKey(session, forbund);
  if (absl::IsNotFound(key.status())) return std::vector<Versioned<T>>();
  RETURN_IF_ERROR(key.status());
  sql::Query query(session.connection, sql);
  query.Blob(1, forbund.View());
  if (as_of.has_value()) query.Integer(2, *as_of);
  return List<T>(query, table, **key, decode);
}

std::string CountId(const KeyRing& ring, InsatsId insats,
                    domain::CountKind kind, int year) {
  return seal::RowId(ring.Get(KeyPurpose::kRowId).key,
                     CountKey(insats, kind, year));
}

Change ChangeOf(ChangeKind kind, ForbundId forbund,
                std::optional<InsatsId> insats = std::nullopt) {
  return Change{FeedPosition{}, kind, forbund, insats, std::nullopt, 0};
}

}  // namespace

absl::StatusOr<Versioned<domain::Forbund>> GetForbund(
    Session& session, ForbundId id, const VersionBounds& bounds) {
  ASSIGN_OR_RETURN(const seal::VersionedKey* key, ContentKey(session, id));
  return Get<domain::Forbund>(session, kForbundTable, {id.View()}, bounds, *key,
                              &AsForbund);
}

absl::StatusOr<std::vector<Versioned<domain::Forbund>>> ListForbund(
    Session& session) {
  std::vector<Versioned<domain::Forbund>> list;
  sql::Query query(session.connection, statements::kListForbund);
  query.Integer(1, session.known_until);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return list;
    const auto id = ForbundId::FromBytes(IdFromColumn(query.BytesAt(0)));
    const auto key = ContentKey(session, id);
    // A förbund without keys is one whose keys were removed.
    if (absl::IsNotFound(key.status())) return errors::RecordUnreadable();
    RETURN_IF_ERROR(key.status());
    ASSIGN_OR_RETURN(const OpenedVersion row,
                     OpenVersion(query, kForbundTable, **key));
    ASSIGN_OR_RETURN(domain::Forbund forbund, AsForbund(row));
    list.push_back(WithValue(std::move(forbund), row.bytes));
  }
}

absl::StatusOr<Versioned<domain::Forbund>> PutForbund(
    WriteSession& session, const domain::Forbund& forbund) {
  absl::StatusOr<const KeyRing*> ring =
      session.read.keys.Of(forbund.id.Bytes());
  if (absl::IsNotFound(ring.status())) {
    ring = session.read.keys.Create(forbund.id.Bytes());
  }
  RETURN_IF_ERROR(ring.status());
  ASSIGN_OR_RETURN(
      const Versioned<std::string> written,
      AppendVersion(session, kForbundTable, {forbund.id.View()},
                    (*ring)->Get(KeyPurpose::kContent), Encode(forbund),
                    std::nullopt, ChangeOf(ChangeKind::kForbund, forbund.id)));
  return WithValue(forbund, written);
}

absl::StatusOr<Versioned<domain::Question>> GetQuestion(
    Session& session, const QuestionKey& key, const VersionBounds& bounds) {
  ASSIGN_OR_RETURN(const seal::VersionedKey* content,
                   ContentKey(session, key.forbund));
  return Get<domain::Question>(session, kQuestionTable,
                               {key.forbund.View(), key.question.View()},
                               bounds, *content, &AsQuestion);
}

absl::StatusOr<std::vector<Versioned<domain::Question>>> ListQuestions(
    Session& session, ForbundId forbund) {
  return ListOf<domain::Question>(session, forbund, statements::kListQuestions,
                                  session.known_until, kQuestionTable,
                                  &AsQuestion);
}

absl::StatusOr<Versioned<domain::Question>> PutQuestion(
    WriteSession& session, ForbundId forbund,
    const domain::Question& question) {
  ASSIGN_OR_RETURN(const seal::VersionedKey* key,
                   ContentKey(session.read, forbund));
  ASSIGN_OR_RETURN(const Versioned<std::string> written,
                   AppendVersion(session, kQuestionTable,
                                 {forbund.View(), question.id.View()}, *key,
                                 Encode(question), std::nullopt,
                                 ChangeOf(ChangeKind::kQuestion, forbund)));
  return WithValue(question, written);
}

absl::StatusOr<Versioned<domain::Insats>> GetInsats(
    Session& session, const InsatsKey& key, const VersionBounds& bounds) {
  ASSIGN_OR_RETURN(const seal::VersionedKey* content,
                   ContentKey(session, key.forbund));
  return Get<domain::Insats>(session, kInsatsTable,
                             {key.forbund.View(), key.insats.View()}, bounds,
                             *content, &AsInsats);
}

absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatser(
    Session& session, ForbundId forbund) {
  return ListOf<domain::Insats>(session, forbund, statements::kListInsatser,
                                session.known_until, kInsatsTable, &AsInsats);
}

absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatsVersions(
    Session& session, ForbundId forbund) {
  return ListOf<domain::Insats>(session, forbund,
                                statements::kListInsatsVersions, std::nullopt,
                                kInsatsTable, &AsInsats);
}

absl::StatusOr<Versioned<domain::Insats>> PutInsats(
    WriteSession& session, ForbundId forbund, const domain::Insats& insats) {
  ASSIGN_OR_RETURN(const seal::VersionedKey* key,
                   ContentKey(session.read, forbund));
  ASSIGN_OR_RETURN(
      const Versioned<std::string> written,
      AppendVersion(session, kInsatsTable, {forbund.View(), insats.id.View()},
                    *key, Encode(insats), std::nullopt,
                    ChangeOf(ChangeKind::kInsats, forbund, insats.id)));
  return WithValue(insats, written);
}

absl::StatusOr<Versioned<domain::Count>> GetCount(Session& session,
                                                  const InsatsKey& insats,
                                                  domain::CountKind kind,
                                                  int year,
                                                  const VersionBounds& bounds) {
  ASSIGN_OR_RETURN(const KeyRing* ring,
                   session.keys.Of(insats.forbund.Bytes()));
  const std::string id = CountId(*ring, insats.insats, kind, year);
  return Get<domain::Count>(session, kCountTable,
                            {insats.forbund.View(), insats.insats.View(), id},
                            bounds, ring->Get(KeyPurpose::kContent), &AsCount);
}

absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCounts(
    Session& session, const InsatsKey& insats) {
  const auto key = ContentKey(session, insats.forbund);
  if (absl::IsNotFound(key.status())) {
    return std::vector<Versioned<domain::Count>>();
  }
  RETURN_IF_ERROR(key.status());
  sql::Query query(session.connection, statements::kListCounts);
  query.Blob(1, insats.forbund.View())
      .Blob(2, insats.insats.View())
      .Integer(3, session.known_until);
  ASSIGN_OR_RETURN(std::vector<Versioned<domain::Count>> list,
                   List<domain::Count>(query, kCountTable, **key, &AsCount));
  const auto order = [](const Versioned<domain::Count>& count) {
    return std::tuple(count.value.year, count.value.kind);
  };
  std::sort(list.begin(), list.end(),
            [&](const auto& a, const auto& b) { return order(a) < order(b); });
  return list;
}

absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCountVersions(
    Session& session, ForbundId forbund) {
  return ListOf<domain::Count>(session, forbund, statements::kListCountVersions,
                               std::nullopt, kCountTable, &AsCount);
}

absl::StatusOr<Versioned<domain::Count>> PutCount(
    WriteSession& session, ForbundId forbund, const domain::Count& count,
    std::optional<absl::Time> known_from) {
  ASSIGN_OR_RETURN(const KeyRing* ring, session.read.keys.Of(forbund.Bytes()));
  const std::string id = CountId(*ring, count.insats, count.kind, count.year);
  ASSIGN_OR_RETURN(
      const Versioned<std::string> written,
      AppendVersion(session, kCountTable,
                    {forbund.View(), count.insats.View(), id},
                    ring->Get(KeyPurpose::kContent), Encode(count), known_from,
                    ChangeOf(ChangeKind::kCount, forbund, count.insats)));
  return WithValue(count, written);
}

}  // namespace stegvis::storage
