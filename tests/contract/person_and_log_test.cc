// Finding a person, the audit log, and requests sent twice.
#include "absl/strings/str_cat.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const domain::PersonNumber& Anna() {
  static const domain::PersonNumber number = ValidNumber(On("1990-01-01"), 100);
  return number;
}
const domain::PersonNumber& Bo() {
  static const domain::PersonNumber number = ValidNumber(On("1991-01-01"), 101);
  return number;
}

domain::Participation Of(const domain::PersonNumber& number, uint8_t id,
                         InsatsId insats = kInsats) {
  return AParticipation()
      .As(ARegistration().Of(number))
      .WithId(TestId<ParticipationId>(id))
      .In(insats)
      .Build();
}

class Finder {
 public:
  explicit Finder(Store& store) : store_(store) {}

  std::vector<int> Ids(ForbundId forbund, std::optional<InsatsId> insats,
                       const domain::PersonNumber& number,
                       AsOf as_of = AsOf::Now()) {
    std::vector<int> ids;
    EXPECT_THAT(
        store_.Read(as_of,
                    [&](ReadTransaction& tx) -> absl::Status {
                      const auto list =
                          tx.FindByNumber(forbund, insats, number);
                      if (!list.ok()) return list.status();
                      for (const auto& found : *list) {
                        EXPECT_THAT(found.participation, IsOk());
                        ids.push_back(found.key.participation.Bytes()[15]);
                      }
                      return absl::OkStatus();
                    }),
        IsOk());
    return ids;
  }

 private:
  Store& store_;
};

TEST_P(StoreContract, APersonIsFoundByNumberInOneInsatsOrInAll) {
  const auto other = TestId<InsatsId>(2);
  Put(Of(Anna(), 3));
  Put(Of(Anna(), 1));
  Put(Of(Anna(), 2, other));
  Put(Of(Bo(), 4, other));
  Finder find(*store_);

  EXPECT_THAT(find.Ids(kForbund, kInsats, Anna()), ElementsAre(1, 3));
  EXPECT_THAT(find.Ids(kForbund, other, Anna()), ElementsAre(2));
  EXPECT_THAT(find.Ids(kForbund, std::nullopt, Anna()), ElementsAre(1, 2, 3));
  EXPECT_THAT(find.Ids(kForbund, std::nullopt, Bo()), ElementsAre(4));
  EXPECT_THAT(find.Ids(kForbund, kInsats, Bo()), IsEmpty());
}

TEST_P(StoreContract, APersonIsNotFoundInAnotherForbund) {
  const auto other = TestId<ForbundId>(2);
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(AForbund().WithId(other).Build()), IsOk());
    return tx.PutParticipation(other, Of(Anna(), 1), {}).status();
  }),
              IsOk());
  Finder find(*store_);

  EXPECT_THAT(find.Ids(kForbund, std::nullopt, Anna()), IsEmpty());
  EXPECT_THAT(find.Ids(other, std::nullopt, Anna()), ElementsAre(1));
  EXPECT_THAT(find.Ids(TestId<ForbundId>(9), std::nullopt, Anna()), IsEmpty());
}

TEST_P(StoreContract, ACorrectedNumberFindsTheWholeHistory) {
  const auto first = Put(Of(Anna(), 1));

  Put(Of(Bo(), 1));

  Finder find(*store_);
  EXPECT_THAT(find.Ids(kForbund, kInsats, Anna()), IsEmpty());
  EXPECT_THAT(find.Ids(kForbund, kInsats, Bo()), ElementsAre(1));
  EXPECT_THAT(
      find.Ids(kForbund, std::nullopt, Bo(), AsOf::Moment(first.known_from)),
      ElementsAre(1));
  Reopen();
  const auto old =
      Read<Versioned<domain::Participation>>([](ReadTransaction& tx) {
        return tx.GetParticipationVersion(KeyOf(1), 1);
      });
  EXPECT_TRUE(old.value().value.number == Anna());
  EXPECT_TRUE(Get(1)->value.number == Bo());
  EXPECT_EQ(Get(1)->created_at, first.recorded_at);
}

TEST_P(StoreContract, APersonIsNotFoundBeforeTheRegistrationWasKnown) {
  const auto first = Put(Of(Anna(), 1));

  EXPECT_THAT(Finder(*store_).Ids(
                  kForbund, std::nullopt, Anna(),
                  AsOf::Moment(first.known_from - absl::Microseconds(1))),
              IsEmpty());
}

TEST_P(StoreContract, EachAuditLogCountsFromOneWithoutGaps) {
  const storage::AuditEntry refused = {kForbund,    "anna",      "Get",
                                       "forbund/x", "NOT_FOUND", true};
  const storage::AuditEntry of_all = {std::nullopt, "bo", "List",
                                      "",           "",   false};
  storage::AuditEntry of_nobody = refused;
  of_nobody.forbund = TestId<ForbundId>(9);
  for (const storage::AuditEntry& entry :
       {refused, of_all, refused, of_nobody}) {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      return tx.AppendAudit(entry);
    }),
                IsOk());
    Reopen();
  }
  const auto list = [&](std::optional<ForbundId> forbund, int64_t after,
                        int limit) {
    return Read<std::vector<storage::RecordedAuditEntry>>(
               [&](ReadTransaction& tx) {
                 return tx.ListAudit(forbund, after, limit);
               })
        .value();
  };

  const auto own = list(kForbund, 0, 10);
  ASSERT_THAT(own, SizeIs(2));
  EXPECT_EQ(own[0].sequence, 1);
  EXPECT_EQ(own[1].sequence, 2);
  EXPECT_LT(own[0].recorded_at, own[1].recorded_at);
  EXPECT_EQ(own[0].entry->forbund, kForbund);
  EXPECT_EQ(own[0].entry->user, "anna");
  EXPECT_EQ(own[0].entry->method, "Get");
  EXPECT_EQ(own[0].entry->resource, "forbund/x");
  EXPECT_EQ(own[0].entry->reason, "NOT_FOUND");
  EXPECT_TRUE(own[0].entry->refused);
  EXPECT_THAT(list(kForbund, 1, 10), SizeIs(1));
  EXPECT_THAT(list(kForbund, 0, 1), SizeIs(1));
  // What names a förbund that is not there lies in the installation's log.
  const auto installation = list(std::nullopt, 0, 10);
  ASSERT_THAT(installation, SizeIs(2));
  EXPECT_EQ(installation[1].sequence, 2);
  EXPECT_THAT(list(TestId<ForbundId>(9), 0, 10), IsEmpty());
  EXPECT_EQ(*Read<int64_t>(
                [](ReadTransaction& tx) { return tx.CountAuditEntries(); }),
            4);
}

TEST_P(StoreContract, ARequestIsRememberedForSevenDays) {
  const storage::RequestKey key = {"anna", "Create", {1, 2, 3}};
  const auto find = [&](const storage::RequestKey& which) {
    return Read<std::optional<storage::RequestMemory>>(
               [&](ReadTransaction& tx) { return tx.FindRequest(which); })
        .value();
  };
  const auto remember = [&](int64_t version) {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
      return tx.RememberRequest(key, {"digest", "forbund/x", version});
    }),
                IsOk());
  };
  remember(1);

  clock_.Advance(absl::Hours(24 * 7) - absl::Microseconds(1));
  Reopen();
  const auto memory = find(key);
  ASSERT_TRUE(memory.has_value());
  EXPECT_EQ(memory->digest, "digest");
  EXPECT_EQ(memory->resource, "forbund/x");
  EXPECT_EQ(memory->version, 1);
  EXPECT_FALSE(find({"bo", "Create", {1, 2, 3}}).has_value());
  EXPECT_FALSE(find({"anna", "Update", {1, 2, 3}}).has_value());
  EXPECT_FALSE(find({"anna", "Create", {1, 2, 4}}).has_value());

  clock_.Advance(absl::Microseconds(2));
  EXPECT_FALSE(find(key).has_value());
  remember(2);
  EXPECT_EQ(find(key)->version, 2);
}

TEST_P(StoreContract, ARequestsDigestIsKeyedByForbund) {
  const auto digest = [&](std::optional<ForbundId> forbund,
                          absl::string_view request) {
    return Read<std::string>([&](ReadTransaction& tx) {
             return tx.RequestDigest(forbund, request);
           })
        .value();
  };
  const std::string before = digest(kForbund, "request");

  Reopen();

  EXPECT_EQ(digest(kForbund, "request"), before);
  EXPECT_NE(digest(kForbund, "request2"), before);
  EXPECT_NE(digest(std::nullopt, "request"), before);
}

}  // namespace
}  // namespace stegvis::contract
