// What can be wrong with a registration whatever is stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/base/limits.h"
#include "services/domain/participation.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::AForbund;
using ::stegvis::testing::AnInsats;
using ::stegvis::testing::ARegistration;
using ::stegvis::testing::Around;
using ::stegvis::testing::ExitOn;
using ::stegvis::testing::FollowUpOn;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::SupportedBy;
using ::stegvis::testing::TestCodeBook;
using ::stegvis::testing::TestId;
using ::stegvis::testing::ValidNumber;
using ::stegvis::testing::ValidSamordningsnummer;
using ::stegvis::testing::Working;
using ::testing::ElementsAre;

absl::Status Check(const ARegistration& registration,
                   const Around& around = {}) {
  return CheckRegistration(registration.Build(), around.Get());
}

Exit WithoutSituation(absl::string_view end_reason) {
  Exit exit = ExitOn(On("2020-09-01"), end_reason);
  exit.situation.reset();
  return exit;
}

Question AQuestion() {
  return {.id = TestId<QuestionId>(1),
          .text = "Har du barn hemma?",
          .answer_type = AnswerType::kYesNo,
          .choices = {},
          .start = On("2020-01-01"),
          .end = std::nullopt,
          .position = 1,
          .asked_entry = true,
          .asked_exit = false};
}

TEST(CheckRegistration, TakesAWholeParticipation) {
  EXPECT_THAT(
      Check(ARegistration()
                .Called("Anna Prov")
                .ConsentKeptAt("Pärm 3")
                .LivingIn("0180")
                .MonthsOnSupport(18)
                .ReferredBy("forsakringskassan")
                .Exiting(On("2020-09-01"))
                .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01")))
                .FollowedUp(FollowUpMonths::kTwelve,
                            FollowUpOn(On("2021-09-01")))),
      IsOk());
}

TEST(CheckRegistration, TakesASamordningsnummer) {
  EXPECT_THAT(
      Check(ARegistration().Of(ValidSamordningsnummer(On("1985-05-05"), 238))),
      IsOk());
}

TEST(CheckRegistration, RefusesAnInsatsByVolumeBeforeAnythingElse) {
  Around around;
  around.insats = AnInsats().ByVolume().Build();
  const absl::Status status =
      Check(ARegistration().Protected().WithoutConsent(), around);

  EXPECT_THAT(status, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(status, HasReason("METHOD_IS_VOLUME"));
}

TEST(CheckRegistration, RefusesAProtectedIdentityAndSaysNothingElse) {
  const absl::Status status = Check(
      ARegistration().Protected().WithoutConsent().Entering(On("2030-01-01")));

  EXPECT_THAT(FaultsOf(status), ElementsAre(Fault{"person.protected_identity",
                                                  "PROTECTED_IDENTITY"}));
}

TEST(CheckRegistration, RefusesAMissingConsentAndSaysNothingElse) {
  const absl::Status status =
      Check(ARegistration().WithoutConsent().Entering(On("2030-01-01")));

  EXPECT_THAT(FaultsOf(status),
              ElementsAre(Fault{"consent", "CONSENT_MISSING"}));
}

TEST(CheckRegistration, TakesAConsentSignedAfterTheEntryUntilToday) {
  const Around around;

  EXPECT_THAT(Check(ARegistration().Consenting(around.today), around), IsOk());
  EXPECT_THAT(
      Check(ARegistration().Consenting(around.today.PlusDays(1)), around),
      HasFault("consent.signed_date", "DATE_IN_FUTURE"));
}

TEST(CheckRegistration, TakesAnEntryUntilToday) {
  const Around around;

  EXPECT_THAT(Check(ARegistration().Entering(around.today), around), IsOk());
  EXPECT_THAT(Check(ARegistration().Entering(around.today.PlusDays(1)), around),
              HasFault("entry.date", "DATE_IN_FUTURE"));
}

TEST(CheckRegistration, TakesAnEntryFromFirstToLastDayOfTheInsats) {
  Around around;
  around.insats =
      AnInsats().From(On("2020-01-01")).Until(On("2020-12-31")).Build();
  const auto entering = [&](absl::string_view day) {
    return Check(ARegistration().Entering(On(day)), around);
  };
  const auto outside = HasFault("entry.date", "OUTSIDE_INSATS");

  EXPECT_THAT(entering("2019-12-31"), outside);
  EXPECT_THAT(entering("2020-01-01"), IsOk());
  EXPECT_THAT(entering("2020-12-31"), IsOk());
  EXPECT_THAT(entering("2021-01-01"), outside);
}

TEST(CheckRegistration, TakesAnEntryFromFirstToLastDayOfTheForbund) {
  Around around;
  around.forbund =
      AForbund().From(On("2020-01-01")).Until(On("2020-12-31")).Build();
  const auto entering = [&](absl::string_view day) {
    return Check(ARegistration().Entering(On(day)), around);
  };
  const auto outside = HasFault("entry.date", "OUTSIDE_FORBUND");

  EXPECT_THAT(entering("2019-12-31"), outside);
  EXPECT_THAT(entering("2020-01-01"), IsOk());
  EXPECT_THAT(entering("2020-12-31"), IsOk());
  EXPECT_THAT(entering("2021-01-01"), outside);
}

TEST(CheckRegistration, TakesNobodyBeforeTheBirth) {
  const PersonNumber number = ValidNumber(On("2020-03-02"), 238);
  const ARegistration given = ARegistration().Of(number);

  EXPECT_THAT(Check(ARegistration(given).Entering(On("2020-03-02"))), IsOk());
  EXPECT_THAT(Check(ARegistration(given).Entering(On("2020-03-01"))),
              HasFault("entry.date", "BORN_AFTER_ENTRY"));
}

TEST(CheckRegistration, TakesAnExitOnTheEntryDay) {
  EXPECT_THAT(Check(ARegistration().Exiting(On("2020-03-02"))), IsOk());
  EXPECT_THAT(Check(ARegistration().Exiting(On("2020-03-01"))),
              HasFault("exit.date", "ENDS_BEFORE_START"));
}

TEST(CheckRegistration, TakesAnExitUntilTodayAlsoAfterTheInsatsEnded) {
  Around around;
  around.insats = AnInsats().Until(On("2020-12-31")).Build();

  EXPECT_THAT(Check(ARegistration().Exiting(around.today), around), IsOk());
  EXPECT_THAT(Check(ARegistration().Exiting(around.today.PlusDays(1)), around),
              HasFault("exit.date", "DATE_IN_FUTURE"));
}

TEST(CheckRegistration, NeedsASituationAfterUnlessTheReasonExcuses) {
  EXPECT_THAT(Check(ARegistration().Exiting(WithoutSituation("enligt_plan"))),
              HasFault("exit.situation", "MISSING"));
  for (const std::string reason : {"avliden", "felregistrering"}) {
    EXPECT_THAT(Check(ARegistration().Exiting(WithoutSituation(reason))),
                IsOk());
  }
}

TEST(CheckRegistration, NeedsAKnownEndReason) {
  EXPECT_THAT(Check(ARegistration().Exiting(ExitOn(On("2020-09-01"), ""))),
              HasFault("exit.end_reason", "MISSING"));
  EXPECT_THAT(Check(ARegistration().Exiting(ExitOn(On("2020-09-01"), "slut"))),
              HasFault("exit.end_reason", "CODE_UNKNOWN"));
}

TEST(CheckRegistration, SendsAWithdrawnConsentToTheWithdrawal) {
  EXPECT_THAT(Check(ARegistration().Exiting(
                  ExitOn(On("2020-09-01"), "atertaget_samtycke"))),
              HasFault("exit.end_reason", "NOT_ALLOWED"));
}

TEST(CheckRegistration, TakesAFollowUpFromTheDayAfterTheExitUntilToday) {
  const Around around;
  const auto followed = [&](Day day) {
    return Check(ARegistration()
                     .Exiting(On("2020-09-01"))
                     .FollowedUp(FollowUpMonths::kSix, FollowUpOn(day)),
                 around);
  };

  EXPECT_THAT(followed(On("2020-09-01")),
              HasFault("follow_ups[6].date", "FOLLOW_UP_BEFORE_EXIT"));
  EXPECT_THAT(followed(On("2020-09-02")), IsOk());
  EXPECT_THAT(followed(around.today), IsOk());
  EXPECT_THAT(followed(around.today.PlusDays(1)),
              HasFault("follow_ups[6].date", "DATE_IN_FUTURE"));
}

TEST(CheckRegistration, NamesAFollowUpByItsMonths) {
  FollowUp nothing = FollowUpOn(On("2021-09-01"));
  nothing.situation.supports.clear();

  EXPECT_THAT(Check(ARegistration()
                        .Exiting(On("2020-09-01"))
                        .FollowedUp(FollowUpMonths::kTwelve, nothing)),
              HasFault("follow_ups[12].situation.supports", "MISSING"));
}

TEST(CheckRegistration, TakesNoFollowUpWithoutExitOrAfterDeath) {
  const FollowUp follow_up = FollowUpOn(On("2021-03-01"));
  const auto not_allowed = HasFault("follow_ups", "NOT_ALLOWED");

  EXPECT_THAT(
      Check(ARegistration().FollowedUp(FollowUpMonths::kSix, follow_up)),
      not_allowed);
  EXPECT_THAT(Check(ARegistration()
                        .Exiting(WithoutSituation("avliden"))
                        .FollowedUp(FollowUpMonths::kSix, follow_up)),
              not_allowed);
}

TEST(CheckRegistration, ChecksCodesOnTheDayTheyAreAbout) {
  std::vector<Code> codes;
  for (int i = 0; i < kCodeLists; ++i) {
    for (Code code : TestCodeBook().Codes(static_cast<CodeList>(i))) {
      if (code.code == "sjukpenning") code.valid_to = On("2020-03-01");
      if (code.code == "enligt_plan") code.valid_from = On("2020-09-02");
      codes.push_back(code);
    }
  }
  const absl::StatusOr<CodeBook> book = CodeBook::Create(2, codes);
  ASSERT_THAT(book, IsOk());
  const Around around;
  const Surroundings given{around.forbund, around.insats, around.questions,
                           *book, around.today};

  const absl::Status status = CheckRegistration(
      ARegistration().Exiting(On("2020-09-01")).Build(), given);

  EXPECT_THAT(status, HasFault("entry.situation.supports[0].source",
                               "CODE_NOT_IN_FORCE"));
  EXPECT_THAT(status, HasFault("exit.end_reason", "CODE_NOT_IN_FORCE"));
}

TEST(CheckRegistration, ChecksAnswersWhereTheyWereGiven) {
  Around around;
  around.questions = {AQuestion()};
  const std::vector<Answer> answers = {{TestId<QuestionId>(1), "ja"}};
  Exit exit = ExitOn(On("2020-09-01"));
  exit.answers = answers;

  const absl::Status status =
      Check(ARegistration().AnsweringAtEntry(answers).Exiting(exit), around);

  EXPECT_THAT(FaultsOf(status), ElementsAre(Fault{"exit.answers[0].question",
                                                  "QUESTION_NOT_ASKED"}));
}

TEST(CheckRegistration, NamesEveryFaultAtOnce) {
  Situation mixed = SupportedBy("ingen_offentlig");
  mixed.supports.push_back({"sjukpenning", 101});
  const std::string too_long(limits::kMaxTitleBytes + 1, 'x');

  const absl::Status status = Check(ARegistration()
                                        .Called(too_long)
                                        .ConsentKeptAt(too_long)
                                        .LivingIn("9999")
                                        .Before(mixed)
                                        .Educated("doktor")
                                        .MonthsOnSupport(1201)
                                        .ReferredBy("grannen"));

  EXPECT_THAT(status, HasFault("person.display_name", "TOO_LONG"));
  EXPECT_THAT(status, HasFault("consent.reference", "TOO_LONG"));
  EXPECT_THAT(status, HasFault("kommun", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("entry.situation.supports", "SOURCES_EXCLUDE"));
  EXPECT_THAT(status, HasFault("entry.situation.supports[1].extent_percent",
                               "EXTENT_OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("entry.education", "CODE_UNKNOWN"));
  EXPECT_THAT(status, HasFault("entry.months_on_support", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("entry.referring_party", "CODE_UNKNOWN"));
}

TEST(CheckRegistration, LetsNothingOfAMigratedRowLieAfterItsMoment) {
  Around then;
  then.today = On("2020-02-28");
  const absl::Status status =
      Check(ARegistration()
                .Exiting(On("2020-09-01"))
                .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01"))),
            then);

  EXPECT_THAT(FaultsOf(status),
              ElementsAre(Fault{"consent.signed_date", "DATE_IN_FUTURE"},
                          Fault{"entry.date", "DATE_IN_FUTURE"},
                          Fault{"exit.date", "DATE_IN_FUTURE"},
                          Fault{"follow_ups[6].date", "DATE_IN_FUTURE"}));
}

TEST(FillUnknown, FillsTheEducation) {
  Registration registration = ARegistration().Educated("").Build();

  EXPECT_FALSE(FillUnknown(registration, TestCodeBook(), /*migrating=*/false));
  EXPECT_EQ(registration.entry.education, "uppgift_saknas");
}

TEST(FillUnknown, FillsTheSupportBeforeOnlyWhenMigrating) {
  Situation nothing = Working(10);
  nothing.supports.clear();
  Registration registration = ARegistration().Before(nothing).Build();

  EXPECT_FALSE(FillUnknown(registration, TestCodeBook(), /*migrating=*/false));
  EXPECT_TRUE(registration.entry.situation.supports.empty());
  EXPECT_TRUE(FillUnknown(registration, TestCodeBook(), /*migrating=*/true));
  EXPECT_EQ(registration.entry.situation, Working(10, "uppgift_saknas"));
}

TEST(FillUnknown, LeavesWhatIsThere) {
  Registration registration = ARegistration().Build();

  EXPECT_FALSE(FillUnknown(registration, TestCodeBook(), /*migrating=*/true));
  EXPECT_EQ(registration.entry, ARegistration().Build().entry);
}

}  // namespace
}  // namespace stegvis::domain
