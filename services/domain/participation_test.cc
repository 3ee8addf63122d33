// Ending, following up and correcting a participation.
#include "services/domain/participation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::AParticipation;
using ::stegvis::testing::ARegistration;
using ::stegvis::testing::Around;
using ::stegvis::testing::ExitOn;
using ::stegvis::testing::FollowUpOn;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::TestCodeBook;
using ::stegvis::testing::TestId;
using ::stegvis::testing::ValidNumber;
using ::stegvis::testing::ValidSamordningsnummer;
using ::stegvis::testing::Working;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr absl::StatusCode kForbidden = absl::StatusCode::kFailedPrecondition;

Exit WithoutSituation(absl::string_view end_reason) {
  Exit exit = ExitOn(On("2020-09-01"), end_reason);
  exit.situation.reset();
  return exit;
}

Participation Other(absl::string_view entry, absl::string_view exit) {
  return AParticipation()
      .WithId(TestId<ParticipationId>(2))
      .Entering(On(entry))
      .Exiting(On(exit))
      .Build();
}

absl::StatusOr<Participation> EndOn(absl::string_view day,
                                    const AParticipation& current = {}) {
  return End(current.Build(), ExitOn(On(day)), /*others=*/{}, "eva",
             Around().Get());
}

TEST(End, OnTheEntryDayIsAllowed) { EXPECT_THAT(EndOn("2020-03-02"), IsOk()); }

TEST(End, RecordsTheExitAndWhoMadeTheVersion) {
  const absl::StatusOr<Participation> ended =
      EndOn("2020-09-01", AParticipation().Migrated());

  ASSERT_THAT(ended, IsOk());
  EXPECT_EQ(ended->exit, ExitOn(On("2020-09-01")));
  EXPECT_EQ(ended->registered_by, "sam");
  EXPECT_EQ(ended->changed_by, "eva");
  EXPECT_FALSE(ended->migrated);
}

TEST(End, IsRefusedTwice) {
  const absl::StatusOr<Participation> ended =
      EndOn("2020-09-01", AParticipation().Exiting(On("2020-08-01")));

  EXPECT_THAT(ended, StatusIs(kForbidden));
  EXPECT_THAT(ended, HasReason("ALREADY_ENDED"));
}

TEST(End, OfAWrongRegistrationIsRefused) {
  EXPECT_THAT(EndOn("2020-09-01", AParticipation().Exiting(
                                      WithoutSituation("felregistrering"))),
              HasReason("ALREADY_ENDED"));
}

TEST(End, NamesFaultsFromTheExitOn) {
  EXPECT_THAT(EndOn("2020-03-01"), HasFault("date", "ENDS_BEFORE_START"));
  EXPECT_THAT(EndOn("2026-11-21"), HasFault("date", "DATE_IN_FUTURE"));
  EXPECT_THAT(End(AParticipation().Build(), WithoutSituation("flytt"), {},
                  "eva", Around().Get()),
              HasFault("situation", "MISSING"));
}

TEST(End, ByAWithdrawnConsentIsRefused) {
  EXPECT_THAT(End(AParticipation().Build(),
                  ExitOn(On("2020-09-01"), "atertaget_samtycke"), {}, "eva",
                  Around().Get()),
              HasFault("end_reason", "NOT_ALLOWED"));
}

TEST(End, AsAWrongRegistrationDropsWhatWasAcknowledged) {
  const Participation given =
      AParticipation()
          .As(ARegistration().Of(ValidNumber(On("1940-01-01"), 238)))
          .Acknowledging(FindingKind::kAgeOutside16To65)
          .Build();

  const absl::StatusOr<Participation> ended = End(
      given, WithoutSituation("felregistrering"), {}, "eva", Around().Get());

  ASSERT_THAT(ended, IsOk());
  EXPECT_THAT(ended->acknowledgements, IsEmpty());
  EXPECT_TRUE(IsRegisteredWrongly(*ended, TestCodeBook()));
}

absl::StatusOr<Participation> FollowUpSix(const AParticipation& current,
                                          absl::string_view day) {
  return RecordFollowUp(current.Build(), FollowUpMonths::kSix,
                        FollowUpOn(On(day)), "eva", Around().Get());
}

TEST(RecordFollowUp, StandsInItsPlace) {
  const absl::StatusOr<Participation> followed =
      FollowUpSix(AParticipation().Exiting(On("2020-09-01")), "2021-03-01");

  ASSERT_THAT(followed, IsOk());
  EXPECT_EQ(followed->follow_ups[0], FollowUpOn(On("2021-03-01")));
  EXPECT_EQ(followed->follow_ups[1], std::nullopt);
  EXPECT_EQ(followed->changed_by, "eva");
}

TEST(RecordFollowUp, IsRefusedWhileOngoing) {
  EXPECT_THAT(FollowUpSix(AParticipation(), "2021-03-01"),
              HasReason("NOT_ENDED"));
}

TEST(RecordFollowUp, IsRefusedAfterDeath) {
  EXPECT_THAT(FollowUpSix(AParticipation().Exiting(WithoutSituation("avliden")),
                          "2021-03-01"),
              HasReason("DECEASED"));
}

TEST(RecordFollowUp, IsRefusedOfAWrongRegistration) {
  EXPECT_THAT(
      FollowUpSix(AParticipation().Exiting(WithoutSituation("felregistrering")),
                  "2021-03-01"),
      HasReason("REGISTERED_WRONGLY"));
}

TEST(RecordFollowUp, IsRefusedTwice) {
  const AParticipation given = AParticipation().As(
      ARegistration()
          .Exiting(On("2020-09-01"))
          .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01"))));

  EXPECT_THAT(FollowUpSix(given, "2021-03-02"),
              HasReason("ALREADY_FOLLOWED_UP"));
}

TEST(RecordFollowUp, NamesFaultsFromTheFollowUpOn) {
  const AParticipation given = AParticipation().Exiting(On("2020-09-01"));

  EXPECT_THAT(FollowUpSix(given, "2020-09-01"),
              HasFault("date", "FOLLOW_UP_BEFORE_EXIT"));
  EXPECT_THAT(FollowUpSix(given, "2026-11-21"),
              HasFault("date", "DATE_IN_FUTURE"));
}

TEST(FollowUpMonths, AreSixOrTwelve) {
  EXPECT_EQ(*FollowUpMonthsFrom(6), FollowUpMonths::kSix);
  EXPECT_EQ(*FollowUpMonthsFrom(12), FollowUpMonths::kTwelve);
  EXPECT_THAT(FollowUpMonthsFrom(0), HasFault("", "OUT_OF_RANGE"));
  EXPECT_THAT(FollowUpMonthsFrom(7), HasFault("", "OUT_OF_RANGE"));
}

TEST(DueDay, IsTheSameDayOrTheLastOfTheMonth) {
  const Participation given =
      AParticipation().Exiting(On("2020-08-31")).Build();

  EXPECT_EQ(DueDay(given, FollowUpMonths::kSix, TestCodeBook()),
            On("2021-02-28"));
  EXPECT_EQ(DueDay(given, FollowUpMonths::kTwelve, TestCodeBook()),
            On("2021-08-31"));
}

TEST(DueDay, NeverComesForOngoingDeadAndWrong) {
  const auto due = [](const AParticipation& given) {
    return DueDay(given.Build(), FollowUpMonths::kSix, TestCodeBook());
  };

  EXPECT_EQ(due(AParticipation()), std::nullopt);
  EXPECT_EQ(due(AParticipation().Exiting(WithoutSituation("avliden"))),
            std::nullopt);
  EXPECT_EQ(due(AParticipation().Exiting(WithoutSituation("felregistrering"))),
            std::nullopt);
}

TEST(Correct, ReplacesTheNamedMomentsAlone) {
  const Participation given = AParticipation().Migrated().Build();
  const ARegistration corrected =
      ARegistration().LivingIn("1480").Entering(On("2020-04-01"));

  const absl::StatusOr<Participation> version =
      Correct(given, corrected.Build(), {.kommun = true}, "skrivfel", {}, "eva",
              Around().Get());

  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->kommun, "1480");
  EXPECT_EQ(version->entry, given.entry);
  EXPECT_EQ(version->correction_reason, "skrivfel");
  EXPECT_EQ(version->changed_by, "eva");
  EXPECT_EQ(version->registered_by, "sam");
  EXPECT_FALSE(version->migrated);
}

TEST(Correct, TurnsASamordningsnummerIntoAPersonnummer) {
  const PersonNumber number = ValidNumber(On("1985-05-05"), 240);
  const Participation given =
      AParticipation()
          .As(ARegistration().Of(ValidSamordningsnummer(On("1985-05-05"), 238)))
          .Build();

  const absl::StatusOr<Participation> version =
      Correct(given, ARegistration().Of(number).Build(), {.person = true},
              "nytt_personnummer", {}, "eva", Around().Get());

  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->number, number);
  EXPECT_EQ(version->entry, given.entry);
}

absl::StatusOr<Participation> Corrected(
    const AParticipation& current, const ARegistration& corrected,
    const CorrectionMask& mask, const std::vector<Participation>& others = {}) {
  return Correct(current.Build(), corrected.Build(), mask, "skrivfel", others,
                 "eva", Around().Get());
}

TEST(Correct, NeedsAReasonOfTheList) {
  for (const std::string reason : {"", "darfor"}) {
    const absl::StatusOr<Participation> version =
        Correct(AParticipation().Build(), ARegistration().Build(),
                {.kommun = true}, reason, {}, "eva", Around().Get());
    EXPECT_THAT(version, HasFault("reason", "CODE_UNKNOWN"));
  }
}

TEST(Correct, OpensAParticipationByAnAbsentExit) {
  const absl::StatusOr<Participation> version =
      Corrected(AParticipation().Exiting(On("2020-09-01")), ARegistration(),
                {.exit = true});

  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->exit, std::nullopt);
}

TEST(Correct, DoesNotOpenWhatWasFollowedUp) {
  const AParticipation given = AParticipation().As(
      ARegistration()
          .Exiting(On("2020-09-01"))
          .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01"))));

  EXPECT_THAT(Corrected(given, ARegistration(), {.exit = true}),
              HasFault("follow_ups", "NOT_ALLOWED"));
  EXPECT_THAT(
      Corrected(given, ARegistration(), {.exit = true, .follow_ups = true}),
      IsOk());
}

TEST(Correct, ChecksTheWholeAndNotOnlyWhatIsReplaced) {
  EXPECT_THAT(
      Corrected(AParticipation().Exiting(On("2020-09-01")),
                ARegistration().Entering(On("2020-09-02")), {.entry = true}),
      HasFault("exit.date", "ENDS_BEFORE_START"));
}

TEST(Correct, RefusesAProtectedIdentityAndAMissingConsent) {
  EXPECT_THAT(Corrected(AParticipation(), ARegistration().Protected(),
                        {.person = true}),
              HasFault("person.protected_identity", "PROTECTED_IDENTITY"));
  EXPECT_THAT(Corrected(AParticipation(), ARegistration().WithoutConsent(),
                        {.consent = true}),
              HasFault("consent", "CONSENT_MISSING"));
}

TEST(Correct, MakesAnAbsentEducationUnknown) {
  const absl::StatusOr<Participation> version = Corrected(
      AParticipation(), ARegistration().Educated(""), {.entry = true});

  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(version->entry.education, "uppgift_saknas");
}

TEST(Correct, RefusesToOverlapWhatElseThePersonDid) {
  const std::vector<Participation> others = {Other("2020-10-01", "2020-12-01")};
  const auto ending = [&](absl::string_view day) {
    return Corrected(AParticipation().Exiting(On("2020-09-01")),
                     ARegistration().Exiting(On(day)), {.exit = true}, others);
  };

  EXPECT_THAT(ending("2020-10-01"), IsOk());
  EXPECT_THAT(ending("2020-10-02"), HasReason("OVERLAPS"));
  EXPECT_THAT(ending("2020-10-02"), StatusIs(kForbidden));
}

TEST(Correct, RefusesAnEntryDateThatAnotherParticipationHas) {
  EXPECT_THAT(Corrected(AParticipation().Exiting(On("2020-10-01")),
                        ARegistration().Entering(On("2020-10-01")),
                        {.entry = true}, {Other("2020-10-01", "2020-12-01")}),
              HasReason("OVERLAPS"));
}

TEST(Correct, IgnoresItselfAmongTheOthers) {
  EXPECT_THAT(Corrected(AParticipation(), ARegistration().LivingIn("0180"),
                        {.kommun = true}, {AParticipation().Build()}),
              IsOk());
}

TEST(Correct, RevivesAWrongRegistrationOnlyWhereItFits) {
  const AParticipation given =
      AParticipation().Exiting(WithoutSituation("felregistrering"));

  EXPECT_THAT(Corrected(given, ARegistration(), {.exit = true}), IsOk());
  EXPECT_THAT(Corrected(given, ARegistration(), {.exit = true},
                        {Other("2020-03-02", "2020-05-01")}),
              HasReason("OVERLAPS"));
}

TEST(Correct, DropsWhatWasAcknowledgedAndIsNoLongerSo) {
  const AParticipation given =
      AParticipation()
          .As(ARegistration()
                  .Of(ValidNumber(On("1940-01-01"), 238))
                  .Consenting(On("2018-01-01")))
          .Acknowledging(FindingKind::kAgeOutside16To65)
          .Acknowledging(FindingKind::kConsentOld);

  const absl::StatusOr<Participation> version = Corrected(
      given, ARegistration().Consenting(On("2020-01-01")), {.consent = true});

  ASSERT_THAT(version, IsOk());
  ASSERT_EQ(version->acknowledgements.size(), 1u);
  EXPECT_EQ(version->acknowledgements[0].kind, FindingKind::kAgeOutside16To65);
}

TEST(AsRegistration, IsWhatOneWouldRegister) {
  const Participation given =
      AParticipation().Exiting(On("2020-09-01")).Build();
  const Registration said = AsRegistration(given);

  EXPECT_EQ(said.number, given.number);
  EXPECT_EQ(said.consent, given.consent);
  EXPECT_EQ(said.entry, given.entry);
  EXPECT_EQ(said.exit, given.exit);
  EXPECT_FALSE(said.protected_identity);
}

}  // namespace
}  // namespace stegvis::domain
