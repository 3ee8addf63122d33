// What registering means beside what is stored.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "services/domain/participation.h"
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
using ::stegvis::testing::SupportedBy;
using ::stegvis::testing::TestId;
using ::stegvis::testing::Working;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Kind = RegisterDecision::Kind;

constexpr RevealKey kTest = RevealKey::For("test");
constexpr char kDiffers[] = "DIFFERS_FROM_RECORDED";

absl::StatusOr<RegisterDecision> Decide(const std::vector<Participation>& known,
                                        const ARegistration& said) {
  return DecideRegistration(known, said.Build(), TestId<ParticipationId>(9),
                            "eva", Around().Get());
}

// What is decided; nothing when it is refused.
std::optional<Kind> KindOf(const std::vector<Participation>& known,
                           const ARegistration& said) {
  const absl::StatusOr<RegisterDecision> decision = Decide(known, said);
  if (!decision.ok()) return std::nullopt;
  return decision->kind;
}

// Everything that may be empty, given.
ARegistration Full() {
  return ARegistration()
      .Called("Anna Prov")
      .ConsentKeptAt("Pärm 3")
      .LivingIn("0180")
      .MonthsOnSupport(18)
      .ReferredBy("kommun")
      .AnsweringAtEntry({{TestId<QuestionId>(1), "ja"}})
      .Exiting(On("2020-09-01"))
      .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01")));
}

// Nothing that may be empty.
ARegistration Bare() { return ARegistration().Educated("uppgift_saknas"); }

Participation Stored(const ARegistration& registration) {
  return AParticipation().As(registration).Build();
}

Participation Period(absl::string_view entry, absl::string_view exit) {
  return AParticipation().Entering(On(entry)).Exiting(On(exit)).Build();
}

Exit Wrong() {
  Exit exit = ExitOn(On("2020-09-01"), "felregistrering");
  exit.situation.reset();
  return exit;
}

TEST(DecideRegistration, RecordsWhatIsNew) {
  const absl::StatusOr<RegisterDecision> decision = Decide({}, Full());

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kNew);
  const Participation& made = decision->participation;
  EXPECT_EQ(made.id, TestId<ParticipationId>(9));
  EXPECT_EQ(made.insats, Around().insats.id);
  EXPECT_EQ(made.entry, Full().Build().entry);
  EXPECT_EQ(made.exit, Full().Build().exit);
  EXPECT_EQ(made.registered_by, "eva");
  EXPECT_EQ(made.changed_by, "eva");
}

TEST(DecideRegistration, SentTwiceIsRecordedOnce) {
  const absl::StatusOr<RegisterDecision> decision =
      Decide({Stored(Full())}, Full());

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUnchanged);
  EXPECT_EQ(decision->participation.id, TestId<ParticipationId>(1));
  EXPECT_EQ(decision->participation.changed_by, "sam");
}

TEST(DecideRegistration, AddsAnExitAndFollowUpsThatWereMissing) {
  const absl::StatusOr<RegisterDecision> decision = Decide(
      {AParticipation().Migrated().Build()},
      ARegistration()
          .Exiting(On("2020-09-01"))
          .FollowedUp(FollowUpMonths::kSix, FollowUpOn(On("2021-03-01"))));

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUpdated);
  EXPECT_EQ(decision->participation.id, TestId<ParticipationId>(1));
  EXPECT_EQ(decision->participation.exit, ExitOn(On("2020-09-01")));
  EXPECT_EQ(decision->participation.follow_ups[0],
            FollowUpOn(On("2021-03-01")));
  EXPECT_EQ(decision->participation.registered_by, "sam");
  EXPECT_EQ(decision->participation.changed_by, "eva");
  EXPECT_FALSE(decision->participation.migrated);
}

TEST(DecideRegistration, AddsTheSecondFollowUpBesideTheFirst) {
  const absl::StatusOr<RegisterDecision> decision = Decide(
      {Stored(Full())},
      Full().FollowedUp(FollowUpMonths::kTwelve, FollowUpOn(On("2021-09-01"))));

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUpdated);
  EXPECT_TRUE(decision->participation.follow_ups[0].has_value());
  EXPECT_TRUE(decision->participation.follow_ups[1].has_value());
}

TEST(DecideRegistration, FindsNoContradictionInAnEmptyField) {
  const absl::StatusOr<RegisterDecision> decision =
      Decide({Stored(Full())}, Bare());

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUnchanged);
}

TEST(DecideRegistration, AddsWhatWasEmpty) {
  const absl::StatusOr<RegisterDecision> decision =
      Decide({Stored(Bare())}, Full());

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUpdated);
  const Participation& made = decision->participation;
  EXPECT_EQ(made.display_name.Reveal(kTest), "Anna Prov");
  EXPECT_EQ(made.consent, Full().Build().consent);
  EXPECT_EQ(made.kommun, "0180");
  EXPECT_EQ(made.entry, Full().Build().entry);
}

TEST(DecideRegistration, TakesUnknownSupportAsEmptyOnEitherSide) {
  const ARegistration unknown =
      ARegistration().Before(SupportedBy("uppgift_saknas"));
  const ARegistration known = ARegistration();

  EXPECT_EQ(KindOf({Stored(known)}, unknown), Kind::kUnchanged);
  const absl::StatusOr<RegisterDecision> added =
      Decide({Stored(unknown)}, known);
  ASSERT_THAT(added, IsOk());
  EXPECT_EQ(added->kind, Kind::kUpdated);
  EXPECT_EQ(added->participation.entry.situation, SupportedBy("sjukpenning"));
}

TEST(DecideRegistration, TakesAnExtentAsAddedAndAnotherAsDifferent) {
  Situation half = SupportedBy("sjukpenning");
  half.supports[0].extent_percent = 50;
  Situation quarter = SupportedBy("sjukpenning");
  quarter.supports[0].extent_percent = 25;

  EXPECT_EQ(KindOf({Stored(ARegistration())}, ARegistration().Before(half)),
            Kind::kUpdated);
  EXPECT_EQ(KindOf({Stored(ARegistration().Before(half))}, ARegistration()),
            Kind::kUnchanged);
  EXPECT_THAT(Decide({Stored(ARegistration().Before(half))},
                     ARegistration().Before(quarter)),
              HasFault("entry.situation.supports", kDiffers));
}

TEST(DecideRegistration, TakesNoHoursAsAStatement) {
  EXPECT_THAT(
      Decide({Stored(ARegistration().Before(Working(20, "sjukpenning")))},
             ARegistration().Before(SupportedBy("sjukpenning"))),
      HasFault("entry.situation.work_hours", kDiffers));
}

TEST(DecideRegistration, NamesEveryFieldThatDiffers) {
  Situation before = Working(10, "forsorjningsstod");
  before.seeking = true;
  before.study = *HalfHours::FromHours(5);
  FollowUp follow_up = FollowUpOn(On("2021-03-02"));
  follow_up.situation = Working(30);

  const absl::StatusOr<RegisterDecision> decision = Decide(
      {Stored(Full())}, Full()
                            .Called("Eva Prov")
                            .Consenting(On("2020-03-03"))
                            .ConsentKeptAt("Pärm 4")
                            .LivingIn("1480")
                            .Before(before)
                            .Educated("grundskola")
                            .MonthsOnSupport(19)
                            .ReferredBy("region")
                            .AnsweringAtEntry({{TestId<QuestionId>(1), "nej"}})
                            .Exiting(ExitOn(On("2020-09-02"), "flytt"))
                            .FollowedUp(FollowUpMonths::kSix, follow_up));

  EXPECT_THAT(decision, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(
      FaultsOf(decision.status()),
      ElementsAre(
          Fault{"person.display_name", kDiffers},
          Fault{"consent.signed_date", kDiffers},
          Fault{"consent.reference", kDiffers}, Fault{"kommun", kDiffers},
          Fault{"entry.situation.supports", kDiffers},
          Fault{"entry.situation.work_hours", kDiffers},
          Fault{"entry.situation.study_hours", kDiffers},
          Fault{"entry.situation.seeking", kDiffers},
          Fault{"entry.education", kDiffers},
          Fault{"entry.months_on_support", kDiffers},
          Fault{"entry.referring_party", kDiffers},
          Fault{"entry.answers[0].value", kDiffers},
          Fault{"exit.date", kDiffers}, Fault{"exit.end_reason", kDiffers},
          Fault{"follow_ups[6].date", kDiffers},
          Fault{"follow_ups[6].situation.work_hours", kDiffers}));
}

TEST(DecideRegistration, TakesTheSameSourcesInAnotherOrderAsTheSame) {
  Situation one = SupportedBy("sjukpenning");
  one.supports.push_back({"forsorjningsstod", 50});
  Situation other = one;
  std::swap(other.supports[0], other.supports[1]);

  EXPECT_EQ(KindOf({Stored(ARegistration().Before(one))},
                   ARegistration().Before(other)),
            Kind::kUnchanged);
}

TEST(DecideRegistration, AddsASituationAfterThatTheReasonExcused) {
  Exit without = ExitOn(On("2020-09-01"), "avliden");
  without.situation.reset();
  const ARegistration with =
      ARegistration().Exiting(ExitOn(On("2020-09-01"), "avliden"));

  EXPECT_EQ(KindOf({Stored(with)}, ARegistration().Exiting(without)),
            Kind::kUnchanged);
  EXPECT_EQ(KindOf({Stored(ARegistration().Exiting(without))}, with),
            Kind::kUpdated);
}

TEST(DecideRegistration, AllowsOutAndInOnTheSameDay) {
  const std::vector<Participation> known = {Period("2020-03-02", "2020-09-01")};

  EXPECT_EQ(KindOf(known, ARegistration().Entering(On("2020-09-01"))),
            Kind::kNew);
  EXPECT_EQ(
      KindOf(
          known,
          ARegistration().Entering(On("2020-01-01")).Exiting(On("2020-03-02"))),
      Kind::kNew);
}

TEST(DecideRegistration, RefusesAnOverlapWithOngoingAndEnded) {
  const auto overlaps = HasReason("OVERLAPS");
  const std::vector<Participation> ended = {Period("2020-03-02", "2020-09-01")};
  const std::vector<Participation> ongoing = {AParticipation().Build()};

  EXPECT_THAT(Decide(ended, ARegistration().Entering(On("2020-08-31"))),
              overlaps);
  EXPECT_THAT(
      Decide(
          ended,
          ARegistration().Entering(On("2020-01-01")).Exiting(On("2020-03-03"))),
      overlaps);
  EXPECT_THAT(Decide(ended, ARegistration().Entering(On("2020-01-01"))),
              overlaps);
  EXPECT_THAT(Decide(ongoing, ARegistration().Entering(On("2021-01-01"))),
              overlaps);
  EXPECT_THAT(Decide(ongoing, ARegistration().Entering(On("2021-01-01"))),
              StatusIs(absl::StatusCode::kFailedPrecondition));
}

TEST(DecideRegistration, TakesADayBetweenButNotInsideOthers) {
  const auto one_day = [](absl::string_view day) {
    return ARegistration().Entering(On(day)).Exiting(On(day));
  };
  const std::vector<Participation> known = {Period("2020-03-02", "2020-09-01")};

  EXPECT_EQ(KindOf(known, one_day("2020-09-01")), Kind::kNew);
  EXPECT_THAT(Decide(known, one_day("2020-06-01")), HasReason("OVERLAPS"));
}

TEST(DecideRegistration, TakesTheSameEntryDateAsTheSameAlsoOfOneDay) {
  EXPECT_THAT(Decide({Period("2020-03-02", "2020-03-02")},
                     ARegistration().Exiting(On("2020-09-01"))),
              HasFault("exit.date", kDiffers));
}

TEST(DecideRegistration, SeesNoWrongRegistration) {
  const std::vector<Participation> wrong = {
      AParticipation().Exiting(Wrong()).Build()};

  const absl::StatusOr<RegisterDecision> again =
      Decide(wrong, ARegistration().Exiting(On("2020-10-01")));
  const absl::StatusOr<RegisterDecision> inside =
      Decide(wrong, ARegistration().Entering(On("2020-05-01")));

  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->kind, Kind::kNew);
  ASSERT_THAT(inside, IsOk());
  EXPECT_EQ(inside->kind, Kind::kNew);
}

TEST(DecideRegistration, RecordsAWrongRegistrationThatIsSentTwiceOnce) {
  const ARegistration wrong = ARegistration().Exiting(Wrong());

  const absl::StatusOr<RegisterDecision> decision =
      Decide({Stored(wrong)}, wrong);

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUnchanged);
}

TEST(DecideRegistration, DoesNotBringBackAWrongRegistrationWithItsFirstRow) {
  EXPECT_EQ(
      KindOf({AParticipation().Exiting(Wrong()).Build()}, ARegistration()),
      Kind::kUnchanged);
}

TEST(DecideRegistration, TakesNoContradictionFromHoursThatAreNotSaid) {
  Situation known = SupportedBy("sjukpenning");
  known.work = *HalfHours::FromHours(20);
  known.seeking = true;
  Situation silent = SupportedBy("sjukpenning");
  silent.silence = {.work = true, .study = true, .seeking = true};
  const std::vector<Participation> stored = {
      Stored(ARegistration().Before(known))};

  EXPECT_EQ(KindOf(stored, ARegistration().Before(silent)), Kind::kUnchanged);
  EXPECT_THAT(
      Decide(stored, ARegistration().Before(SupportedBy("sjukpenning"))),
      HasFault("entry.situation.work_hours", kDiffers));
}

TEST(DecideRegistration, LetsAWrongRegistrationOverlap) {
  EXPECT_EQ(KindOf({Period("2020-01-01", "2020-12-01")},
                   ARegistration().Exiting(Wrong())),
            Kind::kNew);
}

TEST(DecideRegistration, EndsAnOngoingOneAsWrong) {
  const absl::StatusOr<RegisterDecision> decision =
      Decide({AParticipation().Build()}, ARegistration().Exiting(Wrong()));

  ASSERT_THAT(decision, IsOk());
  EXPECT_EQ(decision->kind, Kind::kUpdated);
  EXPECT_EQ(decision->participation.exit, Wrong());
}

TEST(DecideRegistration, DropsWhatWasAcknowledgedOfWhatIsNowWrong) {
  const ARegistration old = ARegistration().Consenting(On("2018-01-01"));
  const Participation known =
      AParticipation().As(old).Acknowledging(FindingKind::kConsentOld).Build();

  const absl::StatusOr<RegisterDecision> decision =
      Decide({known}, ARegistration(old).Exiting(Wrong()));

  ASSERT_THAT(decision, IsOk());
  EXPECT_THAT(decision->participation.acknowledgements, IsEmpty());
}

}  // namespace
}  // namespace stegvis::domain
