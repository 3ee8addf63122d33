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

}  // namespace
}  // namespace stegvis::contract
