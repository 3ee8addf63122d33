#include "services/domain/findings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/domain/participation.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::AParticipation;
using ::stegvis::testing::ARegistration;
using ::stegvis::testing::ExitOn;
using ::stegvis::testing::FollowUpOn;
using ::stegvis::testing::On;
using ::stegvis::testing::SupportedBy;
using ::stegvis::testing::TestCodeBook;
using ::stegvis::testing::ValidNumber;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

std::vector<std::string> Names(const ARegistration& registration) {
  std::vector<std::string> names;
  for (const FindingKind kind :
       FindingsOf(AParticipation().As(registration).Build(), TestCodeBook())) {
    names.emplace_back(FindingName(kind));
  }
  return names;
}

TEST(Findings, HaveNamesThatLeadBack) {
  for (const FindingKind kind :
       {FindingKind::kAgeOutside16To65, FindingKind::kConsentOld,
        FindingKind::kExitLate, FindingKind::kSituationUnchanged,
        FindingKind::kFollowUp6Off, FindingKind::kFollowUp12Off}) {
    EXPECT_EQ(FindingNamed(FindingName(kind)), kind);
  }
  EXPECT_EQ(FindingNamed("SOMETHING"), std::nullopt);
}

TEST(Findings, AreNoneOfAnOrdinaryParticipation) {
  EXPECT_THAT(Names(ARegistration().Exiting(On("2020-09-01"))), IsEmpty());
}

TEST(Findings, TellAnAgeOutside16To65AtTheEntry) {
  const auto entering = [](absl::string_view birth) {
    return Names(ARegistration()
                     .Of(ValidNumber(On(birth), 238))
                     .Entering(On("2020-03-02")));
  };
  const auto told = Contains("AGE_OUTSIDE_16_65");

  EXPECT_THAT(entering("2004-03-03"), told);       // 15, 16 the day after.
  EXPECT_THAT(entering("2004-03-02"), Not(told));  // 16 on the day.
  EXPECT_THAT(entering("1954-03-03"), Not(told));  // 65, 66 the day after.
  EXPECT_THAT(entering("1954-03-02"), told);       // 66 on the day.
}

TEST(Findings, TellAConsentOlderThanAYear) {
  const auto told = Contains("CONSENT_OLD");

  EXPECT_THAT(Names(ARegistration().Consenting(On("2019-03-02"))), Not(told));
  EXPECT_THAT(Names(ARegistration().Consenting(On("2019-03-01"))), told);
}

TEST(Findings, TellAnExitYearsAfterTheEntry) {
  const auto told = Contains("EXIT_LATE");

  EXPECT_THAT(Names(ARegistration().Exiting(On("2023-03-02"))), Not(told));
  EXPECT_THAT(Names(ARegistration().Exiting(On("2023-03-03"))), told);
}

TEST(Findings, TellASituationThatIsTheSameInEveryRespect) {
  Exit same = ExitOn(On("2020-09-01"));
  same.situation = SupportedBy("sjukpenning");
  Exit seeking = same;
  seeking.situation->seeking = true;
  const auto told = Contains("SITUATION_UNCHANGED");

  EXPECT_THAT(Names(ARegistration().Exiting(same)), told);
  EXPECT_THAT(Names(ARegistration().Exiting(seeking)), Not(told));
}

TEST(Findings, TellNoUnchangedSituationWhereNoneWasMeasured) {
  Exit death = ExitOn(On("2020-09-01"), "avliden");
  death.situation.reset();

  EXPECT_THAT(Names(ARegistration().Exiting(death)), IsEmpty());
}

TEST(Findings, TellAFollowUpMoreThan60DaysOff) {
  const Day due = On("2021-03-01");
  const auto followed_on = [&](Day day) {
    return Names(ARegistration()
                     .Exiting(On("2020-09-01"))
                     .FollowedUp(FollowUpMonths::kSix, FollowUpOn(day)));
  };

  EXPECT_THAT(followed_on(due.PlusDays(-61)), ElementsAre("FOLLOW_UP_6_OFF"));
  EXPECT_THAT(followed_on(due.PlusDays(-60)), IsEmpty());
  EXPECT_THAT(followed_on(due.PlusDays(60)), IsEmpty());
  EXPECT_THAT(followed_on(due.PlusDays(61)), ElementsAre("FOLLOW_UP_6_OFF"));
}

TEST(Findings, StandInTheirOrder) {
  const ARegistration unusual =
      ARegistration()
          .Of(ValidNumber(On("1940-01-01"), 238))
          .Consenting(On("2018-01-01"))
          .Exiting(On("2024-01-01"))
          .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2024-01-02")))
          .FollowedUp(FollowUpMonths::kTwelve, FollowUpOn(On("2024-01-03")));

  EXPECT_THAT(Names(unusual),
              ElementsAre("AGE_OUTSIDE_16_65", "CONSENT_OLD", "EXIT_LATE",
                          "FOLLOW_UP_6_OFF", "FOLLOW_UP_12_OFF"));
}

TEST(Findings, AreNoneOfAWrongRegistration) {
  EXPECT_THAT(Names(ARegistration()
                        .Of(ValidNumber(On("1940-01-01"), 238))
                        .Exiting(ExitOn(On("2024-01-01"), "felregistrering"))),
              IsEmpty());
}

}  // namespace
}  // namespace stegvis::domain
