// Rows changed behind the store's back: what was changed does not open, and
// nothing else is touched.
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/sql/query.h"
#include "tests/contract/tampered_store.h"

namespace stegvis::contract {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;

constexpr absl::string_view kReadSealed =
    "SELECT sealed FROM participation_version "
    "WHERE participation_id = $1 AND version = $2";
constexpr absl::string_view kWriteSealed =
    "UPDATE participation_version SET sealed = $2 "
    "WHERE participation_id = $1 AND version = $3";
constexpr absl::string_view kReadWrapped =
    "SELECT wrapped_key FROM participation WHERE participation_id = $1";
constexpr absl::string_view kWriteWrapped =
    "UPDATE participation SET wrapped_key = $2 WHERE participation_id = $1";

// The bytes of a column of one participation.
class Bytes {
 public:
  Bytes(sql::Connection& connection, uint8_t participation,
        absl::string_view read, absl::string_view write,
        std::optional<int64_t> version)
      : connection_(connection),
        id_(TestId<ParticipationId>(participation)),
        read_(read),
        write_(write),
        version_(version) {}

  std::string Get() {
    sql::Query query(connection_, read_);
    query.Blob(1, id_.View());
    if (version_.has_value()) query.Integer(2, *version_);
    EXPECT_TRUE(query.Step().value());
    return std::string(query.BytesAt(0));
  }
  void Set(const std::string& bytes) {
    sql::Query query(connection_, write_);
    query.Blob(1, id_.View()).Blob(2, bytes);
    if (version_.has_value()) query.Integer(3, *version_);
    EXPECT_THAT(query.Run(), IsOk());
  }

 private:
  sql::Connection& connection_;
  const ParticipationId id_;
  const absl::string_view read_;
  const absl::string_view write_;
  const std::optional<int64_t> version_;
};

// An id as an SQL literal.
template <typename Id>
std::string Literal(Id id) {
  return absl::StrCat("x'", absl::BytesToHexString(id.View()), "'");
}

std::string Of(uint8_t participation) {
  return absl::StrCat(" WHERE participation_id = ",
                      Literal(TestId<ParticipationId>(participation)));
}

TEST_P(TamperedStore, EveryFlippedByteOfARecordMakesItAloneUnreadable) {
  Bytes sealed(*raw_, 1, kReadSealed, kWriteSealed, 2);
  const std::string whole = sealed.Get();
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    sealed.Set(flipped);

    EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE")) << i;
    ASSERT_THAT(Scan(), ElementsAre("1.1", "1.2!", "2.1")) << i;
  }
  sealed.Set(whole);
  EXPECT_THAT(Get(1), IsOk());
}

TEST_P(TamperedStore, EveryFlippedByteOfAKeyMakesItsParticipationUnreadable) {
  Bytes wrapped(*raw_, 1, kReadWrapped, kWriteWrapped, std::nullopt);
  const std::string whole = wrapped.Get();
  for (size_t i = 0; i < whole.size(); ++i) {
    std::string flipped = whole;
    flipped[i] = static_cast<char>(flipped[i] ^ (1 << (i % 8)));
    wrapped.Set(flipped);

    EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE")) << i;
    ASSERT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "2.1")) << i;
  }
  wrapped.Set(whole);
  EXPECT_THAT(Get(1), IsOk());
}

TEST_P(TamperedStore, AnEditedColumnOfAVersionMakesItUnreadable) {
  const std::string last = absl::StrCat(Of(1), " AND version = 2");
  for (const char* edit :
       {"recorded_at = recorded_at + 1", "known_from = known_from - 1",
        "position = position + 1"}) {
    Execute(
        absl::StrCat("CREATE TABLE kept AS SELECT * FROM "
                     "participation_version",
                     last));
    Execute(absl::StrCat("UPDATE participation_version SET ", edit, last));

    EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE")) << edit;
    EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2!", "2.1")) << edit;

    Execute(absl::StrCat("DELETE FROM participation_version", last));
    Execute("INSERT INTO participation_version SELECT * FROM kept");
    Execute("DROP TABLE kept");
    EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2", "2.1"));
  }
}

TEST_P(TamperedStore, AnotherVersionNumberMakesTheVersionUnreadable) {
  Execute(absl::StrCat("UPDATE participation_version SET version = 7", Of(1),
                       " AND version = 2"));

  EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.7!", "2.1"));
}

TEST_P(TamperedStore, SwappedVersionsAreUnreadable) {
  Bytes first(*raw_, 1, kReadSealed, kWriteSealed, 1);
  Bytes second(*raw_, 1, kReadSealed, kWriteSealed, 2);
  const std::string of_first = first.Get();
  first.Set(second.Get());
  second.Set(of_first);

  EXPECT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "2.1"));
}

TEST_P(TamperedStore, AnOlderVersionInTheNewestsPlaceIsUnreadable) {
  Bytes second(*raw_, 1, kReadSealed, kWriteSealed, 2);
  second.Set(Bytes(*raw_, 1, kReadSealed, kWriteSealed, 1).Get());

  EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2!", "2.1"));
}

TEST_P(TamperedStore, ARecordMovedToAnotherParticipationIsUnreadable) {
  Bytes(*raw_, 2, kReadSealed, kWriteSealed, 1)
      .Set(Bytes(*raw_, 1, kReadSealed, kWriteSealed, 1).Get());

  EXPECT_THAT(Get(2), HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2", "2.1!"));
}

TEST_P(TamperedStore, AKeyMovedToAnotherParticipationIsUnreadable) {
  Bytes(*raw_, 2, kReadWrapped, kWriteWrapped, std::nullopt)
      .Set(Bytes(*raw_, 1, kReadWrapped, kWriteWrapped, std::nullopt).Get());

  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2", "2.1!"));
}

TEST_P(TamperedStore, AMovedVersionIsUnreadableWhereItSaysItIs) {
  Execute(absl::StrCat("UPDATE participation_version SET participation_id = ",
                       Literal(TestId<ParticipationId>(5)), Of(2)));
  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2", "5.1!"));

  Execute(absl::StrCat("UPDATE participation_version SET insats_id = ",
                       Literal(TestId<InsatsId>(5)), Of(1)));
  EXPECT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "5.1!"));
  EXPECT_THAT(Get(1), StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(TamperedStore, AParticipationMovedWithItsKeyIsUnreadable) {
  for (const char* table : {"participation", "participation_version"}) {
    Execute(absl::StrCat("UPDATE ", table, " SET insats_id = ",
                         Literal(TestId<InsatsId>(5)), Of(2)));
  }

  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2", "2.1!"));
}

TEST_P(TamperedStore, AParticipationMovedToAnotherForbundIsUnreadable) {
  const auto other = TestId<ForbundId>(2);
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    return tx.PutForbund(AForbund().WithId(other).Build()).status();
  }),
              IsOk());
  for (const char* table : {"participation", "participation_version"}) {
    Execute(absl::StrCat("UPDATE ", table, " SET forbund_id = ", Literal(other),
                         Of(2)));
  }

  EXPECT_THAT(Scan(), ElementsAre("1.1", "1.2"));
  EXPECT_THAT(Scan(other), ElementsAre("2.1!"));
}

TEST_P(TamperedStore, AnEditedColumnOfAParticipationMakesItUnreadable) {
  const auto& number = Participation(1).number;
  for (const char* edit :
       {"created_at = created_at + 1", "blind_index = x'00'"}) {
    Execute(absl::StrCat("UPDATE participation SET ", edit, Of(1)));

    EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE")) << edit;
    EXPECT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "2.1")) << edit;
  }
  // It cannot be put on another person either.
  const auto found =
      Read<std::vector<storage::ListedParticipation>>([&](ReadTransaction& tx) {
        return tx.FindByNumber(kForbund, kInsats, number);
      });
  ASSERT_EQ(found->size(), 1U);
  EXPECT_THAT(found->front().participation, IsOk());
}

TEST_P(TamperedStore, ARemovedKeyMakesItsParticipationUnreadable) {
  Execute(absl::StrCat("DELETE FROM participation", Of(1)));

  EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "2.1"));
}

TEST_P(TamperedStore, AColumnOfAnotherLengthIsUnreadable) {
  Execute(absl::StrCat("UPDATE participation_version SET participation_id = ",
                       "x'0102'", Of(2)));
  Execute(absl::StrCat("UPDATE participation_version SET sealed = x''", Of(1)));

  EXPECT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "0.1!"));
}

TEST_P(TamperedStore, AListShowsTheReadableBesideTheUnreadable) {
  Bytes(*raw_, 1, kReadSealed, kWriteSealed, 2).Set("nothing");

  const auto list =
      Read<std::vector<storage::ListedParticipation>>([](ReadTransaction& tx) {
        return tx.ListParticipations(kInsatsKey, std::nullopt, 10);
      });

  ASSERT_EQ(list->size(), 2U);
  EXPECT_EQ((*list)[0].key, KeyOf(1));
  EXPECT_THAT((*list)[0].participation, HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT((*list)[1].participation, IsOk());
}

TEST_P(TamperedStore, WithoutItsForbundsKeysNoRecordOpensAndOthersDo) {
  const auto other = TestId<ForbundId>(2);
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(AForbund().WithId(other).Build()), IsOk());
    return tx.PutParticipation(other, Participation(1), std::nullopt).status();
  }),
              IsOk());
  // The keys of the one in the place of the other's.
  Execute(absl::StrCat(
      "UPDATE wrapped_key SET wrapped = (SELECT o.wrapped FROM wrapped_key o "
      "WHERE o.scope_id = ",
      Literal(other),
      " AND o.purpose = wrapped_key.purpose) "
      "WHERE scope_id = ",
      Literal(kForbund)));
  Reopen();

  EXPECT_THAT(Scan(), ElementsAre("1.1!", "1.2!", "2.1!"));
  EXPECT_THAT(Scan(other), ElementsAre("1.1"));
  EXPECT_THAT(Get(1), HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Read<Versioned<domain::Forbund>>(
                  [](ReadTransaction& tx) { return tx.GetForbund(kForbund); }),
              HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(
      Read<std::vector<Versioned<domain::Insats>>>(
          [](ReadTransaction& tx) { return tx.ListInsatser(kForbund); }),
      HasReason("RECORD_UNREADABLE"));
}

TEST_P(TamperedStore, AnEditedRowOfAnyOtherThingIsUnreadable) {
  const domain::Grant grant = {"anna", domain::Role::kOperator, {}};
  const domain::Question question = {.id = TestId<QuestionId>(1),
                                     .text = "Text",
                                     .answer_type = domain::AnswerType::kText,
                                     .choices = {},
                                     .start = On("2020-01-01"),
                                     .end = std::nullopt,
                                     .position = 1,
                                     .asked_entry = true,
                                     .asked_exit = false};
  const domain::Count count = {
      kInsats, domain::CountKind::kVolume, 2020, 5, std::nullopt, std::nullopt,
      false};
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutQuestion(kForbund, question), IsOk());
    EXPECT_THAT(tx.PutCount(kForbund, count, std::nullopt), IsOk());
    EXPECT_THAT(tx.PutGrant(grant), IsOk());
    EXPECT_THAT(tx.PutSealedReport({kForbund, 2020, 1, "p", "s"}), IsOk());
    EXPECT_THAT(tx.RememberRequest({"u", "m", {}}, {"d", "r", 1}), IsOk());
    return tx.AppendAudit({kForbund, "u", "m", "r", "", false});
  }),
              IsOk());

  for (const char* table :
       {"forbund_version", "question_version", "insats_version",
        "count_version", "access_grant_version", "audit_entry",
        "request_memory", "sealed_report"}) {
    Execute(
        absl::StrCat("UPDATE ", table, " SET recorded_at = recorded_at + 1"));
  }

  EXPECT_THAT(
      store_->Read(AsOf::Now(),
                   [](ReadTransaction& tx) {
                     const std::vector<absl::Status> results = {
                         tx.GetForbund(kForbund).status(),
                         tx.ListForbund().status(),
                         tx.ListQuestions(kForbund).status(),
                         tx.GetInsats(kInsatsKey).status(),
                         tx.ListInsatsVersions(kForbund).status(),
                         tx.ListCounts(kInsatsKey).status(),
                         tx.GetSealedReport(
                               kForbund, storage::SealedKind::kReport, 2020, 1)
                             .status(),
                         tx.ListGrants().status(),
                         tx.GrantsOf("anna").status(),
                         tx.ListAudit(kForbund, 0, 10)->front().entry.status(),
                         tx.FindRequest({"u", "m", {}}).status()};
                     EXPECT_THAT(results, Each(HasReason("RECORD_UNREADABLE")));
                     return absl::OkStatus();
                   }),
      IsOk());
}

}  // namespace
}  // namespace stegvis::contract
