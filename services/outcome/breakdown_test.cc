// Which rows a breakdown has, in which order, and who stands in them.
#include "services/outcome/breakdown.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/outcome/test_world.h"

namespace stegvis::outcome {
namespace {

using testing::AnInsats;
using testing::ARegistration;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::On;
using testing::TestId;

OutcomeReport By(const World& world, std::vector<Dimension> dimensions,
                 std::vector<ForbundId> forbund = {TestId<ForbundId>(1)}) {
  ReportRequest request = YearRequest(2020);
  request.forbund = std::move(forbund);
  request.breakdowns = std::move(dimensions);
  return world.Report(request);
}

std::vector<std::string> Values(const OutcomeReport& report) {
  std::vector<std::string> values;
  for (const BreakdownRow& row : report.breakdowns) values.push_back(row.value);
  return values;
}

ARegistration Ended(int number) {
  return ARegistration().Of(Woman(number)).Exiting(On("2020-06-15"));
}

TEST(DimensionNames, AreReadBack) {
  for (int i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    EXPECT_EQ(DimensionNamed(DimensionName(dimension)), dimension);
  }
  EXPECT_EQ(DimensionName(Dimension::kMonthsOnSupport), "MONTHS_ON_SUPPORT");
  EXPECT_EQ(DimensionNamed("sex"), std::nullopt);
}

TEST(Breakdown, IsAbsentUnlessAskedFor) {
  World world;
  world.Register(Ended(1));

  EXPECT_THAT(By(world, {}).breakdowns, IsEmpty());
}

TEST(Breakdown, ListsDimensionsInTheirOwnOrderAndOnce) {
  World world;
  world.Register(Ended(1));

  const OutcomeReport report = By(
      world, {Dimension::kEndReason, Dimension::kSex, Dimension::kEndReason});

  EXPECT_THAT(Values(report), ElementsAre("women", "enligt_plan"));
}

TEST(Breakdown, HasNoRowWhereThereIsNothing) {
  World world;
  // Entered later than the year.
  world.Register(ARegistration().Of(Woman(1)).Entering(On("2021-02-01")));

  EXPECT_THAT(
      By(world, {Dimension::kSex, Dimension::kAgeGroup, Dimension::kKommun})
          .breakdowns,
      IsEmpty());
}

TEST(Breakdown, BySexListsWomenBeforeMen) {
  World world;
  world.Register(ARegistration().Of(Man(1)));
  world.Register(ARegistration().Of(Woman(1)));

  const OutcomeReport report = By(world, {Dimension::kSex});

  EXPECT_THAT(Values(report), ElementsAre("women", "men"));
  EXPECT_EQ(report.breakdowns[1].block.participants.started,
            (PeopleCount{1, 0, 1}));
}

TEST(Breakdown, ByAgeGroupGoesByTheAgeAtEntry) {
  World world;
  // Twenty on the day of entry; twenty the day after.
  world.Register(Ended(1).Of(Woman(1, "2000-03-02")));
  world.Register(Ended(2).Of(Woman(2, "2000-03-03")));

  EXPECT_THAT(Values(By(world, {Dimension::kAgeGroup})),
              ElementsAre("16-19", "20-24"));
}

TEST(Breakdown, ByCodesIsInTheOrderOfTheListAndUnknownLast) {
  World world;
  world.Register(Ended(1).ReferredBy("").Educated("uppgift_saknas"));
  world.Register(Ended(2).ReferredBy("kommun").Educated("gymnasium"));
  world.Register(
      Ended(3).ReferredBy("arbetsformedlingen").Educated("grundskola"));

  EXPECT_THAT(
      Values(By(world, {Dimension::kEducation, Dimension::kReferredBy})),
      ElementsAre("grundskola", "gymnasium", "uppgift_saknas",
                  "arbetsformedlingen", "kommun", ""));
}

TEST(Breakdown, ByMonthsOnSupportKeepsTheUnknown) {
  World world;
  world.Register(Ended(1));
  world.Register(Ended(2).MonthsOnSupport(61));
  world.Register(Ended(3).MonthsOnSupport(0));
  world.Register(Ended(4).MonthsOnSupport(7));

  EXPECT_THAT(Values(By(world, {Dimension::kMonthsOnSupport})),
              ElementsAre("0", "7-12", "61+", "unknown"));
}

TEST(Breakdown, ByKommunIsInTheOrderOfTheCodesAndUnknownLast) {
  World world;
  world.Register(Ended(1).LivingIn("2584"));
  world.Register(Ended(2).LivingIn(""));
  world.Register(Ended(3).LivingIn("0114"));

  EXPECT_THAT(Values(By(world, {Dimension::kKommun})),
              ElementsAre("0114", "2584", ""));
}

TEST(Breakdown, ByTargetGroupHasARowForEachOfAnInsatsesGroups) {
  World world;
  world.AddInsats(AnInsats().For({"ovriga", "nyanlanda"}).Build());
  world.Register(Ended(1));

  const OutcomeReport report = By(world, {Dimension::kTargetGroup});

  EXPECT_THAT(Values(report), ElementsAre("nyanlanda", "ovriga"));
  EXPECT_EQ(report.breakdowns[0].block.participants.base.total, 1);
  EXPECT_EQ(report.breakdowns[1].block.participants.base.total, 1);
}

TEST(Breakdown, ByYearAndEndReasonHoldsWhatHasAnExitWhereverItIs) {
  World world;
  world.Register(Ended(1));
  world.Register(ARegistration().Of(Woman(2)).Exiting(
      testing::ExitOn(On("2022-01-01"), "flytt")));
  world.Register(ARegistration().Of(Woman(3)));

  const OutcomeReport report =
      By(world, {Dimension::kYear, Dimension::kEndReason});

  EXPECT_THAT(Values(report),
              ElementsAre("2020", "2022", "enligt_plan", "flytt"));
  const Participants& later = report.breakdowns[1].block.participants;
  EXPECT_EQ(later.started.total, 1);
  EXPECT_EQ(later.ongoing.total, 1);
  EXPECT_EQ(later.base.total, 0);
}

TEST(Breakdown, ByYearKnowsTheBordersOfEveryYear) {
  World world;
  int number = 1;
  for (int year = 2005; year <= 2024; ++year) {
    world.Register(ARegistration()
                       .Of(Woman(number++))
                       .Entering(On("2004-01-01"))
                       .Exiting(Day::FirstOfYear(year)));
    world.Register(ARegistration()
                       .Of(Woman(number++))
                       .Entering(On("2004-01-01"))
                       .Exiting(Day::LastOfYear(year)));
  }
  ReportRequest request = YearRequest(2005);
  request.to = On("2024-12-31");
  request.breakdowns = {Dimension::kYear};

  const OutcomeReport report = world.Report(request);

  ASSERT_EQ(report.breakdowns.size(), 20);
  for (const BreakdownRow& row : report.breakdowns) {
    EXPECT_EQ(row.block.participants.ended.total, 2) << row.value;
  }
}

TEST(Breakdown, ByEndReasonShowsTheExcludedWithoutABase) {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(
      testing::ExitOn(On("2020-06-15"), "flytt")));
  ReportRequest request = YearRequest(2020);
  request.breakdowns = {Dimension::kEndReason};
  request.excluded_end_reasons = {"flytt"};

  const OutcomeReport report = world.Report(request);

  ASSERT_THAT(Values(report), ElementsAre("flytt"));
  EXPECT_EQ(report.breakdowns[0].block.participants.ended.total, 1);
  EXPECT_EQ(report.breakdowns[0].block.participants.base.total, 0);
}

// `Prov` with the insatser Provinsatsen and Aktiv, `Alfa` with Bro.
World TwoForbund() {
  World world;
  world.AddInsats(
      AnInsats().WithId(TestId<InsatsId>(2)).Titled("Aktiv").Build());
  const size_t alfa = world.AddForbund("Alfa");
  world.AddInsats(AnInsats().WithId(TestId<InsatsId>(3)).Titled("Bro").Build(),
                  "2010-01-01", alfa);
  world.Register(Ended(1));
  world.Register(Ended(2), "2020-01-01", TestId<InsatsId>(2));
  world.Register(Ended(3), "2020-01-01", TestId<InsatsId>(3), alfa);
  return world;
}

TEST(Breakdown, ByInsatsIsInTheOrderOfForbundThenTitleAndNamesTheForbund) {
  const OutcomeReport report = By(TwoForbund(), {Dimension::kInsats},
                                  {TestId<ForbundId>(1), TestId<ForbundId>(2)});

  EXPECT_THAT(Values(report), ElementsAre("Aktiv", "Provinsatsen", "Bro"));
  EXPECT_EQ(report.breakdowns[0].forbund, "Prov");
  EXPECT_EQ(report.breakdowns[2].forbund, "Alfa");
}

TEST(Breakdown, ByInsatsNamesNoForbundInAReportOfOne) {
  EXPECT_EQ(By(TwoForbund(), {Dimension::kInsats}).breakdowns[0].forbund, "");
}

TEST(Breakdown, ByForbundIsInTheOrderOfTheRequestEachOnce) {
  EXPECT_THAT(Values(By(TwoForbund(), {Dimension::kForbund},
                        {TestId<ForbundId>(2), TestId<ForbundId>(1),
                         TestId<ForbundId>(2)})),
              ElementsAre("Alfa", "Prov"));
}

}  // namespace
}  // namespace stegvis::outcome
