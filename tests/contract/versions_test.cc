// Versions, what was known when, and that nothing is told before it is there.
#include <limits>

#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST_P(StoreContract, EveryFieldOfAForbundComesBack) {
  const auto found = Read<Versioned<domain::Forbund>>(
      [](ReadTransaction& tx) { return tx.GetForbund(kForbund); });

  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->value, AForbund().Build());
  EXPECT_EQ(found->version, 1);
  EXPECT_EQ(found->created_at, found->recorded_at);
  EXPECT_EQ(found->known_from, found->recorded_at);
  EXPECT_EQ(found->position, FeedPosition{1});
}

TEST_P(StoreContract, EveryFieldOfAParticipationComesBack) {
  const domain::Participation full =
      AParticipation()
          .As(ARegistration()
                  .Called("Prov Provsson")
                  .ConsentKeptAt("Pärm 3")
                  .LivingIn("0180")
                  .MonthsOnSupport(0)
                  .ReferredBy("kommun")
                  .AnsweringAtEntry({{TestId<QuestionId>(1), "ja"}})
                  .Exiting(On("2020-09-01"))
                  .FollowedUp(domain::FollowUpMonths::kSix,
                              testing::FollowUpOn(On("2021-03-01")))
                  .FollowedUp(domain::FollowUpMonths::kTwelve,
                              testing::FollowUpOn(On("2021-09-01"))))
          .Migrated()
          .Acknowledging(domain::FindingKind::kConsentOld)
          .Build();

  Put(full);

  const auto found = Get(1);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(Text(found->value), Text(full));
  EXPECT_TRUE(found->value.entry == full.entry);
  EXPECT_TRUE(found->value.exit == full.exit);
  EXPECT_TRUE(found->value.follow_ups == full.follow_ups);
  EXPECT_TRUE(found->value.number == full.number);
}

TEST_P(StoreContract, AChangeIsANewVersionAndTheOldOneStays) {
  const auto first = Put(Participation(1));
  const auto second = Put(AParticipation().Exiting(On("2020-09-01")).Build());

  EXPECT_EQ(first.version, 1);
  EXPECT_EQ(second.version, 2);
  EXPECT_EQ(second.created_at, first.recorded_at);
  EXPECT_GT(second.recorded_at, first.recorded_at);
  const auto old =
      Read<Versioned<domain::Participation>>([](ReadTransaction& tx) {
        return tx.GetParticipationVersion(KeyOf(1), 1);
      });
  ASSERT_THAT(old, IsOk());
  EXPECT_FALSE(old->value.exit.has_value());
  EXPECT_EQ(old->created_at, first.recorded_at);
  EXPECT_THAT(Get(1)->value.exit, ::testing::Ne(std::nullopt));
}

TEST_P(StoreContract, AsOfAMomentGivesWhatWasKnownThen) {
  const auto first = Put(Participation(1));
  clock_.Advance(absl::Hours(1));
  const auto second = Put(AParticipation().Exiting(On("2020-09-01")).Build());

  EXPECT_THAT(Get(1, AsOf::Moment(first.known_from - absl::Microseconds(1))),
              StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Get(1, AsOf::Moment(first.known_from))->version, 1);
  EXPECT_EQ(
      Get(1, AsOf::Moment(second.known_from - absl::Microseconds(1)))->version,
      1);
  EXPECT_EQ(Get(1, AsOf::Moment(second.known_from))->version, 2);
  EXPECT_EQ(Get(1, AsOf::Moment(absl::InfiniteFuture()))->version, 2);
}

TEST_P(StoreContract, AMigratedVersionIsKnownFromItsOwnMoment) {
  const absl::Time moment = absl::FromUnixSeconds(1'400'000'000);

  const auto written = Put(AParticipation().Migrated().Build(), moment);

  EXPECT_EQ(written.known_from, moment);
  EXPECT_GT(written.recorded_at, moment);
  EXPECT_THAT(Get(1, AsOf::Moment(moment)), IsOk());
  EXPECT_THAT(Get(1, AsOf::Moment(moment - absl::Microseconds(1))),
              StatusIs(absl::StatusCode::kNotFound));
}

TEST_P(StoreContract, AMigratedVersionBeforeTheOneBeforeIsRefused) {
  const absl::Time moment = absl::FromUnixSeconds(1'400'000'000);
  Put(AParticipation().Migrated().Build(), moment);
  const FeedPosition before = store_->Tail();

  const absl::Status status =
      store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
        return tx
            .PutParticipation(kForbund, Participation(1),
                              moment - absl::Microseconds(1))
            .status();
      });

  EXPECT_THAT(status, HasReason("KNOWN_LATER"));
  EXPECT_EQ(store_->Tail(), before);
  EXPECT_EQ(Put(AParticipation().Migrated().Build(), moment).version, 2);
}

TEST_P(StoreContract, WhatIsNotThereIsNotFound) {
  EXPECT_THAT(Get(9), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(
      store_->Read(AsOf::Now(),
                   [](ReadTransaction& tx) {
                     const auto other = TestId<ForbundId>(9);
                     EXPECT_THAT(tx.GetForbund(other),
                                 StatusIs(absl::StatusCode::kNotFound));
                     EXPECT_THAT(tx.GetInsats({other, kInsats}),
                                 StatusIs(absl::StatusCode::kNotFound));
                     EXPECT_THAT(
                         tx.GetParticipation(
                             {other, kInsats, TestId<ParticipationId>(1)}),
                         StatusIs(absl::StatusCode::kNotFound));
                     EXPECT_THAT(*tx.ListInsatser(other), IsEmpty());
                     EXPECT_THAT(*tx.ListParticipations({other, kInsats},
                                                        std::nullopt, 10),
                                 IsEmpty());
                     return absl::OkStatus();
                   }),
      IsOk());
}

TEST_P(StoreContract, ParticipationsAreListedByIdInPages) {
  for (const uint8_t id : std::initializer_list<uint8_t>{3, 1, 2})
    Put(Participation(id));
  const auto page = [&](std::optional<ParticipationId> after, int limit) {
    std::vector<uint8_t> ids;
    const auto list = Read<std::vector<storage::ListedParticipation>>(
        [&](ReadTransaction& tx) {
          return tx.ListParticipations(kInsatsKey, after, limit);
        });
    for (const storage::ListedParticipation& listed : list.value()) {
      EXPECT_THAT(listed.participation, IsOk());
      ids.push_back(listed.key.participation.Bytes()[15]);
    }
    return ids;
  };

  EXPECT_THAT(page(std::nullopt, 2), ElementsAre(1, 2));
  EXPECT_THAT(page(TestId<ParticipationId>(2), 2), ElementsAre(3));
  EXPECT_THAT(page(TestId<ParticipationId>(3), 2), IsEmpty());
}

TEST_P(StoreContract, AListAsOfAMomentLeavesOutWhatCameLater) {
  const auto first = Put(Participation(1));
  Put(Participation(2));

  const auto list = Read<std::vector<storage::ListedParticipation>>(
      [](ReadTransaction& tx) {
        return tx.ListParticipations(kInsatsKey, std::nullopt, 10);
      },
      AsOf::Moment(first.known_from));

  EXPECT_THAT(*list, SizeIs(1));
}

TEST_P(StoreContract, AScanVisitsEveryVersionInOrder) {
  Put(Participation(1));
  Put(Participation(2));
  Put(AParticipation().Exiting(On("2020-09-01")).Build());
  std::vector<std::pair<uint8_t, int64_t>> visited;

  EXPECT_THAT(store_->Read(AsOf::Now(),
                           [&](ReadTransaction& tx) {
                             return tx.ScanParticipations(
                                 kForbund,
                                 [&](const storage::ScannedVersion& scanned) {
                                   visited.emplace_back(
                                       scanned.key.participation.Bytes()[15],
                                       scanned.version);
                                   EXPECT_NE(scanned.participation, nullptr);
                                   EXPECT_EQ(scanned.participation->id,
                                             scanned.key.participation);
                                   return absl::OkStatus();
                                 });
                           }),
              IsOk());

  EXPECT_THAT(visited,
              ElementsAre(std::pair(1, 1), std::pair(1, 2), std::pair(2, 1)));
}

TEST_P(StoreContract, AScanStopsWhenTheVisitorFails) {
  Put(Participation(1));
  Put(Participation(2));
  int visits = 0;

  const absl::Status status =
      store_->Read(AsOf::Now(), [&](ReadTransaction& tx) {
        return tx.ScanParticipations(kForbund,
                                     [&](const storage::ScannedVersion&) {
                                       ++visits;
                                       return absl::CancelledError("enough");
                                     });
      });

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kCancelled));
  EXPECT_EQ(visits, 1);
}

TEST_P(StoreContract, ARecordOfManyPagesComesBack) {
  const std::string long_name(100'000, 'x');
  Put(AParticipation().As(ARegistration().Called(long_name)).Build());

  EXPECT_EQ(
      Text(Get(1)->value),
      Text(AParticipation().As(ARegistration().Called(long_name)).Build()));
}

}  // namespace
}  // namespace stegvis::contract
