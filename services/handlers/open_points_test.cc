#include "services/handlers/open_points.h"

#include <gtest/gtest.h>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Participation;
using ::stegvis::testing::AParticipation;
using ::stegvis::testing::ARegistration;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::TestCodeBook;
using ::stegvis::testing::TestId;

class OpenPointsTest : public ::testing::Test {
 protected:
  void Add(const Participation& participation) {
    const storage::ScannedVersion version{
        {TestId<ForbundId>(1), participation.insats, participation.id},
        ++versions_,
        storage::FeedPosition{versions_},
        absl::UnixEpoch(),
        &participation};
    EXPECT_THAT(counter_.Add(version), IsOk());
  }
  v1::OpenPoints Sum() const { return counter_.Sum(); }

  OpenPointCounter counter_{2020, On("2021-04-01"), TestCodeBook()};
  int64_t versions_ = 0;
};

TEST_F(OpenPointsTest, CountAnExitThatIsMissingForTwoYears) {
  Add(AParticipation()
          .WithId(TestId<ParticipationId>(1))
          .Entering(On("2018-12-31"))
          .Build());
  Add(AParticipation()
          .WithId(TestId<ParticipationId>(2))
          .Entering(On("2019-01-01"))
          .Build());

  EXPECT_EQ(Sum().without_exit(), 1);
}

TEST_F(OpenPointsTest, CountFollowUpsThatAreDueInTheYearsBase) {
  // Six months have passed, twelve have not.
  Add(AParticipation().Exiting(On("2020-09-01")).Build());
  // Ended in another year.
  Add(AParticipation()
          .WithId(TestId<ParticipationId>(2))
          .Exiting(On("2021-01-01"))
          .Build());

  EXPECT_EQ(Sum().follow_ups_due(), 1);
}

TEST_F(OpenPointsTest, CountFindingsThatNobodyHasExplained) {
  const ARegistration old_consent =
      ARegistration().Consenting(On("2018-01-02"));
  Add(AParticipation().As(old_consent).Build());
  EXPECT_EQ(Sum().findings(), 1);

  Add(AParticipation()
          .As(old_consent)
          .Acknowledging(domain::FindingKind::kConsentOld)
          .Build());
  EXPECT_EQ(Sum().findings(), 0);
}

TEST_F(OpenPointsTest, GoByTheLastVersionOfAParticipation) {
  Add(AParticipation().Entering(On("2017-01-01")).Build());
  ASSERT_EQ(Sum().without_exit(), 1);

  Add(AParticipation()
          .Entering(On("2017-01-01"))
          .Exiting(On("2021-02-01"))
          .Build());
  EXPECT_EQ(Sum().without_exit(), 0);
}

TEST(FollowUpsFallingDue, AreThoseBetweenTheTwoDays) {
  const Participation ended =
      AParticipation().Exiting(On("2020-09-01")).Build();
  const auto between = [&](const char* after, const char* until) {
    return FollowUpsFallingDue(ended, 2020, On(after), On(until),
                               TestCodeBook());
  };

  EXPECT_EQ(between("2021-02-28", "2021-03-01"), 1);
  EXPECT_EQ(between("2021-03-01", "2021-08-31"), 0);
  EXPECT_EQ(between("2021-01-01", "2022-01-01"), 2);
  EXPECT_EQ(FollowUpsFallingDue(ended, 2021, On("2021-01-01"), On("2022-01-01"),
                                TestCodeBook()),
            0);
}

}  // namespace
}  // namespace stegvis::handlers
