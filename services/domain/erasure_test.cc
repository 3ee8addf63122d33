#include "services/domain/erasure.h"

#include <gtest/gtest.h>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using testing::AParticipation;
using testing::ARegistration;
using testing::ExitOn;
using testing::HasFault;
using testing::IsOk;
using testing::On;
using testing::TestCodeBook;
using testing::ValidNumber;

TEST(ErasureReason, HasTheNamesOfTheCommandLine) {
  EXPECT_EQ(*ErasureReasonNamed("begaran"), ErasureReason::kRequest);
  EXPECT_EQ(*ErasureReasonNamed("skyddade_uppgifter"),
            ErasureReason::kProtectedIdentity);
  EXPECT_EQ(*ErasureReasonNamed("annan"), ErasureReason::kOther);
  EXPECT_EQ(*ErasureReasonNamed("gallring"), ErasureReason::kRetention);
  EXPECT_THAT(ErasureReasonNamed("Begaran").status(),
              HasFault("reason", "CODE_UNKNOWN"));
}

TEST(KeptUntil, IsTheRetentionAfterTheExit) {
  const Participation ended = AParticipation()
                                  .Entering(On("2020-03-02"))
                                  .Exiting(On("2020-08-31"))
                                  .Build();

  // 31 August + 6 months is the last of February.
  EXPECT_EQ(KeptUntil(ended, On("2024-01-01"), 18, TestCodeBook()),
            On("2022-02-28"));
  EXPECT_EQ(KeptUntil(ended, On("2020-08-31"), 60, TestCodeBook()),
            On("2025-08-31"));
}

TEST(KeptUntil, WithoutAnExitIsTheRetentionAfterTheLastEvent) {
  const Participation ongoing =
      AParticipation().Entering(On("2020-03-02")).Build();

  EXPECT_EQ(KeptUntil(ongoing, On("2020-02-01"), 12, TestCodeBook()),
            On("2021-03-02"));
  EXPECT_EQ(KeptUntil(ongoing, On("2020-06-15"), 12, TestCodeBook()),
            On("2021-06-15"));
}

TEST(KeptUntil, OfAWrongRegistrationIsThreeMonths) {
  const Participation wrong =
      AParticipation()
          .Entering(On("2020-03-02"))
          .Exiting(ExitOn(On("2020-03-02"), "felregistrering"))
          .Build();

  EXPECT_EQ(KeptUntil(wrong, On("2020-11-30"), 60, TestCodeBook()),
            On("2021-02-28"));
}

TEST(RemainsOf, AreTheSexAndTheYearOfTheStartAndAWithdrawal) {
  const Participation ended = AParticipation()
                                  .As(ARegistration()
                                          .Of(ValidNumber(On("1985-05-05"), 13))
                                          .Entering(On("2020-03-02"))
                                          .Exiting(On("2020-08-31")))
                                  .Build();

  const Remains remains =
      RemainsOf(ended, On("2020-08-31"), 60, On("2025-08-31"), TestCodeBook());

  EXPECT_EQ(remains.count, (AnonymousRemainder{Sex::kMan, 2020}));
  EXPECT_EQ(remains.withdrawal,
            (Withdrawal{On("2025-08-31"), On("2025-08-31")}));
}

TEST(RemainsOf, HoldNoWithdrawalOnceTheRetentionHasPassed) {
  const Participation ended = AParticipation()
                                  .Entering(On("2020-03-02"))
                                  .Exiting(On("2020-08-31"))
                                  .Build();

  EXPECT_EQ(
      RemainsOf(ended, On("2020-08-31"), 60, On("2025-09-01"), TestCodeBook())
          .withdrawal,
      std::nullopt);
}

TEST(RemainsOf, HoldNoCountOfAWrongRegistration) {
  const Participation wrong =
      AParticipation()
          .Entering(On("2020-03-02"))
          .Exiting(ExitOn(On("2020-03-02"), "felregistrering"))
          .Build();

  EXPECT_EQ(
      RemainsOf(wrong, On("2020-03-02"), 60, On("2020-03-03"), TestCodeBook())
          .count,
      std::nullopt);
}

TEST(CheckNotWithdrawn, RefusesAConsentThatIsNotNewer) {
  const Withdrawal withdrawal{On("2020-06-01"), On("2025-06-01")};

  EXPECT_THAT(CheckNotWithdrawn(Consent{On("2020-06-01"), ""}, withdrawal),
              HasFault("consent.signed_date", "CONSENT_WITHDRAWN"));
  EXPECT_THAT(CheckNotWithdrawn(Consent{On("2020-06-02"), ""}, withdrawal),
              IsOk());
  EXPECT_THAT(CheckNotWithdrawn(Consent{On("2019-01-01"), ""}, std::nullopt),
              IsOk());
}

}  // namespace
}  // namespace stegvis::domain
