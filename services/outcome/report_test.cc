// The definitions of domain.md section 5, sentence by sentence, on examples
// counted by hand. Breakdowns, filters and versions have tests of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/outcome/make_report.h"
#include "services/outcome/test_world.h"

namespace stegvis::outcome {
namespace {

using testing::ARegistration;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::On;
using testing::SupportedBy;
using testing::TestId;
using testing::Working;

PeopleCount Women(int64_t n) { return {n, n, 0}; }
PeopleCount Men(int64_t n) { return {n, 0, n}; }

// In the base of 2020, with `before` and `after`.
ARegistration Ended(int number, const domain::Situation& before,
                    const domain::Situation& after) {
  domain::Exit exit = testing::ExitOn(On("2020-06-15"));
  exit.situation = after;
  return ARegistration().Of(Woman(number)).Before(before).Exiting(exit);
}

domain::Situation Studying(double hours) {
  domain::Situation situation = SupportedBy("studiestod");
  situation.study = *domain::HalfHours::FromHours(hours);
  return situation;
}

domain::Situation Seeking(domain::Situation situation) {
  situation.seeking = true;
  return situation;
}

domain::Situation Two(const std::string& first, const std::string& second) {
  domain::Situation situation = SupportedBy(first);
  situation.supports.push_back({second, 50});
  return situation;
}

Participants ParticipantsOf(const World& world) {
  return world.Report(YearRequest(2020)).whole.participants;
}

Block WholeOf(const World& world) {
  return world.Report(YearRequest(2020)).whole;
}

TEST(Started, IsWhoEnteredInThePeriodItsFirstAndLastDayIncluded) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Entering(On("2019-12-31")));
  world.Register(ARegistration().Of(Woman(2)).Entering(On("2020-01-01")));
  world.Register(ARegistration().Of(Man(3)).Entering(On("2020-12-31")));
  world.Register(ARegistration().Of(Man(4)).Entering(On("2021-01-01")));

  EXPECT_EQ(ParticipantsOf(world).started, (PeopleCount{2, 1, 1}));
}

TEST(Ongoing, IsWhoEnteredByTheEndAndLeftNotOrLater) {
  const auto from_2019 = [](int number) {
    return ARegistration().Of(Woman(number)).Entering(On("2019-05-01"));
  };
  World world;
  world.Register(from_2019(1));
  world.Register(from_2019(2).Exiting(On("2021-01-01")));
  world.Register(from_2019(3).Exiting(On("2020-12-31")));
  world.Register(ARegistration().Of(Woman(4)).Entering(On("2020-12-31")));
  world.Register(ARegistration().Of(Woman(5)).Entering(On("2021-01-01")));

  EXPECT_EQ(ParticipantsOf(world).ongoing, Women(3));
}

TEST(Ended, IsWhoLeftInThePeriodItsFirstAndLastDayIncluded) {
  World world;
  int number = 1;
  for (const char* day :
       {"2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01"}) {
    world.Register(ARegistration()
                       .Of(Woman(number++))
                       .Entering(On("2019-05-01"))
                       .Exiting(On(day)));
  }

  EXPECT_EQ(ParticipantsOf(world).ended, Women(2));
}

TEST(WrongRegistration, IsNeitherStartedNorOngoingNorEnded) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(
      testing::ExitOn(On("2020-06-15"), "felregistrering")));
  world.Register(ARegistration().Of(Woman(2)).Exiting(
      testing::ExitOn(On("2021-06-15"), "felregistrering")));

  const Participants participants = ParticipantsOf(world);

  EXPECT_EQ(participants.started, PeopleCount{});
  EXPECT_EQ(participants.ongoing, PeopleCount{});
  EXPECT_EQ(participants.ended, PeopleCount{});
}

TEST(Base, IsTheEndedLessTheEndReasonsRequestedWhichTheReportRepeats) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-06-15")));
  world.Register(ARegistration().Of(Man(2)).Exiting(
      testing::ExitOn(On("2020-06-15"), "flytt")));
  ReportRequest request = YearRequest(2020);
  request.excluded_end_reasons = {"flytt", "felregistrering", "flytt"};

  const OutcomeReport report = world.Report(request);

  EXPECT_EQ(report.whole.participants.ended, (PeopleCount{2, 1, 1}));
  EXPECT_EQ(report.whole.participants.base, Women(1));
  EXPECT_THAT(report.excluded_end_reasons,
              ElementsAre("felregistrering", "flytt"));
}

TEST(Occupation, ComparesEntryWithExitOfTheSameBase) {
  World world;
  world.Register(Ended(1, SupportedBy("sjukpenning"), Working(20)));
  world.Register(Ended(2, Working(10), Working(10)));
  world.Register(Ended(3, SupportedBy("sjukpenning"), Studying(0.5)));
  world.Register(Ended(4, Working(40), SupportedBy("sjukpenning")));
  // Ongoing: not in the base.
  world.Register(ARegistration().Of(Woman(5)).Before(Working(20)));

  const OccupationRow row = Occupation(WholeOf(world), "ARBETE_ELLER_STUDIER");

  EXPECT_EQ(row.before, Women(2));
  EXPECT_EQ(row.after, Women(3));
  EXPECT_DOUBLE_EQ(*row.share_before, 0.5);
  EXPECT_DOUBLE_EQ(*row.share_after, 0.75);
  // Wilson, 3 of 4.
  EXPECT_NEAR(*row.share_after_low, 0.3006, 0.0001);
  EXPECT_NEAR(*row.share_after_high, 0.9544, 0.0001);
}

TEST(Occupation, CountsWhoWorksAndStudiesOnceAndInBothRowsBelow) {
  domain::Situation both = Working(10);
  both.study = *domain::HalfHours::FromHours(5);
  World world;
  world.Register(Ended(1, SupportedBy("sjukpenning"), both));

  const Block whole = WholeOf(world);

  EXPECT_EQ(Occupation(whole, "ARBETE_ELLER_STUDIER").after, Women(1));
  EXPECT_EQ(Occupation(whole, "ARBETE").after, Women(1));
  EXPECT_EQ(Occupation(whole, "STUDIER").after, Women(1));
}

TEST(Occupation, IsSeekingOnlyForWhoNeitherWorksNorStudies) {
  World world;
  world.Register(Ended(1, Seeking(Working(5)), Seeking(Studying(5))));
  world.Register(Ended(2, Seeking(SupportedBy("a_kassa")),
                       Seeking(SupportedBy("a_kassa"))));
  world.Register(Ended(3, SupportedBy("a_kassa"), SupportedBy("a_kassa")));

  const Block whole = WholeOf(world);

  EXPECT_EQ(Occupation(whole, "ARBETE_ELLER_STUDIER").before, Women(1));
  EXPECT_EQ(Occupation(whole, "ARBETSSOKANDE").before, Women(1));
  EXPECT_EQ(Occupation(whole, "OVRIG").before, Women(1));
  EXPECT_EQ(Occupation(whole, "ARBETSSOKANDE").after, Women(1));
}

TEST(Occupation, HasNoSharesWithoutBase) {
  const OccupationRow row = Occupation(WholeOf(World()), "OVRIG");

  EXPECT_EQ(row.after, PeopleCount{});
  EXPECT_FALSE(row.share_before.has_value());
  EXPECT_FALSE(row.share_after.has_value());
  EXPECT_FALSE(row.share_after_low.has_value());
  EXPECT_FALSE(row.share_after_high.has_value());
}

TEST(BeganOrIncreased, BeganIsWhoDidNeitherBefore) {
  World world;
  world.Register(Ended(1, SupportedBy("sjukpenning"), Working(0.5)));
  world.Register(Ended(2, SupportedBy("sjukpenning"), Studying(40)));
  world.Register(Ended(3, Studying(1), Working(40)));
  world.Register(
      Ended(4, SupportedBy("sjukpenning"), SupportedBy("sjukpenning")));

  const BeganOrIncreased of = WholeOf(world).began_or_increased;

  EXPECT_EQ(of.work_or_study_after, Women(3));
  EXPECT_EQ(of.began, Women(2));
}

TEST(BeganOrIncreased, IncreasedIsWhoseHoursOfBothTogetherGrew) {
  domain::Situation ten_and_ten = Working(10);
  ten_and_ten.study = *domain::HalfHours::FromHours(10);
  World world;
  world.Register(Ended(1, Working(20), Working(20.5)));
  world.Register(Ended(2, Working(20), ten_and_ten));
  world.Register(Ended(3, Working(20), Studying(19.5)));
  world.Register(Ended(4, ten_and_ten, Working(40)));
  world.Register(Ended(5, Working(20), SupportedBy("sjukpenning")));

  EXPECT_EQ(WholeOf(world).began_or_increased.increased, Women(2));
}

TEST(Death, WithoutSituationAfterIsUnknownAndOther) {
  domain::Exit death = testing::ExitOn(On("2020-06-15"), "avliden");
  death.situation.reset();
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(death));

  const OutcomeReport report = world.Report(YearRequest(2020));

  EXPECT_EQ(Source(report.whole, "uppgift_saknas").after, Women(1));
  EXPECT_EQ(Occupation(report.whole, "OVRIG").after, Women(1));
  ASSERT_EQ(report.flows.size(), 1);
  EXPECT_EQ(report.flows[0].to, "uppgift_saknas");
}

TEST(Support, GivesChangeInNumberPerCentAndPercentagePoints) {
  World world;
  for (int i = 1; i <= 4; ++i) {
    world.Register(Ended(i, SupportedBy("forsorjningsstod"),
                         SupportedBy(i == 1 ? "a_kassa" : "forsorjningsstod")));
  }
  world.Register(Ended(5, SupportedBy("a_kassa"), SupportedBy("a_kassa")));

  const SupportRow row = Source(WholeOf(world), "forsorjningsstod");

  EXPECT_EQ(row.group, "EKONOMISKT_BISTAND");
  EXPECT_EQ(row.before, Women(4));
  EXPECT_EQ(row.after, Women(3));
  EXPECT_EQ(row.change, Women(-1));
  EXPECT_DOUBLE_EQ(*row.change_percent, -0.25);
  EXPECT_DOUBLE_EQ(*row.change_percentage_points, -0.2);
}

TEST(Support, HasNoPerCentWhenThereWasNobodyBefore) {
  World world;
  world.Register(Ended(1, SupportedBy("sjukpenning"), SupportedBy("a_kassa")));

  const SupportRow row = Source(WholeOf(world), "a_kassa");

  EXPECT_FALSE(row.change_percent.has_value());
  EXPECT_DOUBLE_EQ(*row.change_percentage_points, 1);
}

TEST(Support, CountsWhoHasTwoSourcesInBothRowsButOnceInAGroup) {
  World world;
  world.Register(Ended(1, Two("sjukpenning", "sjukersattning"),
                       Two("sjukpenning", "forsorjningsstod")));

  const Block whole = WholeOf(world);

  EXPECT_EQ(Source(whole, "sjukpenning").before, Women(1));
  EXPECT_EQ(Source(whole, "sjukersattning").before, Women(1));
  EXPECT_EQ(Group(whole, "OHALSA").before, Women(1));
  EXPECT_EQ(Group(whole, "ANY_PUBLIC").before, Women(1));
  EXPECT_EQ(Group(whole, "OHALSA").after, Women(1));
  EXPECT_EQ(Group(whole, "EKONOMISKT_BISTAND").after, Women(1));
  EXPECT_EQ(Group(whole, "ANY_PUBLIC").after, Women(1));
}

TEST(Support, IsPublicForFourGroupsAndNotForNoneOrUnknown) {
  World world;
  world.Register(
      Ended(1, SupportedBy("ingen_offentlig"), SupportedBy("uppgift_saknas")));

  const Block whole = WholeOf(world);

  std::vector<std::string> keys;
  for (const SupportRow& row : whole.support_groups) {
    keys.push_back(row.key);
    EXPECT_EQ(row.before, PeopleCount{});
    EXPECT_EQ(row.after, PeopleCount{});
  }
  EXPECT_THAT(keys, ElementsAre("OHALSA", "ARBETSMARKNAD", "EKONOMISKT_BISTAND",
                                "OVRIG", "ANY_PUBLIC"));
}

TEST(Support, KeepsEverySourceInForceEvenWithNobody) {
  EXPECT_EQ(
      WholeOf(World()).support.size(),
      testing::TestCodeBook().Codes(domain::CodeList::kSupportSource).size());
}

std::vector<std::string> FlowTexts(const World& world) {
  std::vector<std::string> texts;
  for (const FlowRow& row : world.Report(YearRequest(2020)).flows) {
    texts.push_back(row.from + ">" + row.to + " " + TextOf(row.count));
  }
  return texts;
}

TEST(Flows, MakeFourOfTwoSourcesBeforeAndTwoAfter) {
  World world;
  world.Register(Ended(1, Two("sjukpenning", "forsorjningsstod"),
                       Two("sjukpenning", "a_kassa")));

  EXPECT_THAT(FlowTexts(world),
              ElementsAre("sjukpenning>sjukpenning 1 (1w 0m)",
                          "sjukpenning>a_kassa 1 (1w 0m)",
                          "forsorjningsstod>sjukpenning 1 (1w 0m)",
                          "forsorjningsstod>a_kassa 1 (1w 0m)"));
}

TEST(Flows, GoToWorkAndToStudyBesidesTheSource) {
  domain::Situation both = Working(10, "studiestod");
  both.study = *domain::HalfHours::FromHours(10);
  World world;
  world.Register(Ended(1, SupportedBy("sjukpenning"), both));

  EXPECT_THAT(FlowTexts(world), ElementsAre("sjukpenning>studiestod 1 (1w 0m)",
                                            "sjukpenning>WORK 1 (1w 0m)",
                                            "sjukpenning>STUDY 1 (1w 0m)"));
}

TEST(Flows, LeaveOutPairsWithNobody) {
  EXPECT_THAT(FlowTexts(World()), IsEmpty());
}

OutcomeReport AsOf(const World& world, absl::string_view day) {
  ReportRequest request = YearRequest(2020);
  request.as_of = EndOfSwedishDay(On(day));
  return world.Report(request);
}

TEST(FollowUp, IsDueOnTheLastOfFebruaryAfterTheLastOfAugust) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-08-31")));
  world.Register(ARegistration().Of(Man(2)).Exiting(On("2020-08-28")));

  const auto due = [&](absl::string_view day) {
    return AsOf(world, day).whole.follow_up[0].due;
  };

  EXPECT_EQ(due("2021-02-27"), PeopleCount{});
  EXPECT_EQ(due("2021-02-28"), (PeopleCount{2, 1, 1}));
}

TEST(FollowUp, IsDueTwelveMonthsAfterTheLeapDayOnItsEve) {
  World world;
  world.Register(ARegistration()
                     .Of(Woman(1))
                     .Entering(On("2020-01-15"))
                     .Exiting(On("2020-02-29")));

  EXPECT_EQ(AsOf(world, "2021-02-27").whole.follow_up[1].due, PeopleCount{});
  EXPECT_EQ(AsOf(world, "2021-02-28").whole.follow_up[1].due, Women(1));
}

TEST(FollowUp, IsDueByTheSwedishDayOfTheMoment) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-06-15")));
  ReportRequest request = YearRequest(2020);

  // Half past eleven in the evening and half past midnight in Sweden.
  request.as_of = absl::FromUnixSeconds(1607985000);
  EXPECT_EQ(world.Report(request).whole.follow_up[0].due, PeopleCount{});
  request.as_of += absl::Hours(1);
  EXPECT_EQ(world.Report(request).whole.follow_up[0].due, Women(1));
}

TEST(FollowUp, GivesTheClassesOfThoseWhoAnsweredAmongTheDue) {
  const auto answering = [](int number, const domain::Situation& situation) {
    return ARegistration()
        .Of(Woman(number))
        .Exiting(On("2020-06-15"))
        .FollowedUp(domain::FollowUpMonths::kSix,
                    {On("2020-12-15"), situation});
  };
  World world;
  world.Register(answering(1, Seeking(Working(20))));
  world.Register(answering(2, Seeking(SupportedBy("a_kassa"))));
  world.Register(answering(3, SupportedBy("sjukpenning")));
  world.Register(ARegistration().Of(Woman(4)).Exiting(On("2020-06-15")));

  const FollowUpRow row = WholeOf(world).follow_up[0];

  EXPECT_EQ(row.months, 6);
  EXPECT_EQ(row.due, Women(4));
  EXPECT_EQ(row.answered, Women(3));
  EXPECT_EQ(row.work_or_study, Women(1));
  EXPECT_EQ(row.seeking, Women(1));
  EXPECT_EQ(row.other, Women(1));
}

TEST(FollowUp, DoesNotCountWhoAnsweredBeforeItWasDue) {
  World world;
  world.Register(ARegistration()
                     .Of(Woman(1))
                     .Exiting(On("2020-06-15"))
                     .FollowedUp(domain::FollowUpMonths::kSix,
                                 {On("2020-12-01"), Working(20)}));

  EXPECT_EQ(AsOf(world, "2020-12-14").whole.follow_up[0].answered,
            PeopleCount{});
  EXPECT_EQ(AsOf(world, "2020-12-15").whole.follow_up[0].answered, Women(1));
}

TEST(FollowUp, IsNeverDueAfterDeath) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(
      testing::ExitOn(On("2020-06-15"), "avliden")));

  EXPECT_EQ(WholeOf(world).follow_up[0].due, PeopleCount{});
  EXPECT_EQ(WholeOf(world).follow_up[1].due, PeopleCount{});
}

TEST(Individuals, AreCountedOnceHoweverOftenTheyEnded) {
  World world;
  for (const char* day : {"2020-04-01", "2020-05-01", "2020-06-01"}) {
    world.Register(ARegistration().Of(Man(1)).Exiting(On(day)));
  }
  world.Register(ARegistration().Of(Man(2)).Exiting(On("2020-06-01")));

  EXPECT_EQ(ParticipantsOf(world).base, Men(4));
  EXPECT_EQ(ParticipantsOf(world).individuals, Men(2));
}

TEST(Individuals, AreCountedOnceInEachForbund) {
  World world;
  const size_t other = world.AddForbund("Norr");
  world.AddInsats(testing::AnInsats().WithId(TestId<InsatsId>(2)).Build(),
                  "2010-01-01", other);
  const ARegistration same =
      ARegistration().Of(Woman(1)).Exiting(On("2020-06-01"));
  world.Register(same);
  world.Register(same, "2020-01-01", TestId<InsatsId>(2), other);
  ReportRequest request = YearRequest(2020);
  request.forbund.push_back(TestId<ForbundId>(2));

  const OutcomeReport report = world.Report(request);

  EXPECT_THAT(report.forbund, ElementsAre("Prov", "Norr"));
  EXPECT_EQ(report.whole.participants.individuals, Women(2));
}

TEST(Report, ListsOfAllForbundOnlyThoseItConcerns) {
  World world;
  const size_t empty = world.AddForbund("Norr");
  const size_t with_people = world.AddForbund("Mitt");
  world.AddInsats(testing::AnInsats().WithId(TestId<InsatsId>(2)).Build(),
                  "2010-01-01", with_people);
  world.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-06-01")),
                 "2020-01-01", TestId<InsatsId>(2), with_people);
  world.MutableForbund()[empty].end = On("2019-12-31");
  world.MutableForbund()[with_people].end = On("2019-12-31");
  ReportRequest request = YearRequest(2020);
  request.forbund.push_back(TestId<ForbundId>(2));
  request.forbund.push_back(TestId<ForbundId>(3));

  EXPECT_THAT(world.Report(request).forbund,
              ElementsAre("Prov", "Norr", "Mitt"));
  request.forbund_named = false;
  EXPECT_THAT(world.Report(request).forbund, ElementsAre("Prov", "Mitt"));
}

TEST(Individuals, AreOnlyThoseInTheBase) {
  World world;
  world.Register(ARegistration().Of(Woman(1)));

  EXPECT_EQ(ParticipantsOf(world).individuals, PeopleCount{});
}

}  // namespace
}  // namespace stegvis::outcome
