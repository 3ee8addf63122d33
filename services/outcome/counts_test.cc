// Counts of people without a person: anonymous, volume and structural, what is
// registered, and coverage.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/outcome/make_report.h"
#include "services/outcome/test_world.h"

namespace stegvis::outcome {
namespace {

using domain::Count;
using domain::CountKind;
using testing::AnInsats;
using testing::ARegistration;
using testing::On;
using testing::TestId;

const InsatsId kPersonal = TestId<InsatsId>(1);
const InsatsId kVolume = TestId<InsatsId>(2);
const InsatsId kStructural = TestId<InsatsId>(3);

// `Prov` with an insats of each kind.
World ThreeInsatser() {
  World world;
  world.AddInsats(AnInsats()
                      .WithId(kVolume)
                      .Titled("Grupp")
                      .Focused("forberedande")
                      .ByVolume()
                      .Build());
  world.AddInsats(
      AnInsats().WithId(kStructural).Titled("Dialog").Structural().Build());
  return world;
}

Count BySex(InsatsId insats, int year, int64_t women, int64_t men) {
  const CountKind kind =
      insats == kPersonal ? CountKind::kAnonymous : CountKind::kVolume;
  return {insats, kind, year, women + men, women, men};
}

Count TotalOnly(InsatsId insats, int year, int64_t total) {
  return {insats, CountKind::kVolume, year, total, {}, {}};
}

PeopleCount SexUnknown(int64_t total) {
  return {total, std::nullopt, std::nullopt};
}

Participants Of(const World& world, const ReportRequest& request) {
  return world.Report(request).whole.participants;
}

Participants Filtered(const World& world, Dimension dimension,
                      const std::string& value) {
  ReportRequest request = YearRequest(2020);
  request.filters.push_back({dimension, value});
  return Of(world, request);
}

TEST(Counts, AreKeptApartByKindAndOrientation) {
  World world = ThreeInsatser();
  world.AddCount(BySex(kPersonal, 2020, 1, 2));
  world.AddCount(BySex(kVolume, 2020, 10, 20));
  world.AddCount(BySex(kStructural, 2020, 100, 200));

  const Participants of = Of(world, YearRequest(2020));

  EXPECT_EQ(of.anonymous, (PeopleCount{3, 1, 2}));
  EXPECT_EQ(of.volume, (PeopleCount{30, 10, 20}));
  EXPECT_EQ(of.structural_volume, (PeopleCount{300, 100, 200}));
}

TEST(Counts, AreOfTheYearsThatLieWhollyInThePeriod) {
  World world = ThreeInsatser();
  for (int year = 2018; year <= 2021; ++year) {
    world.AddCount(BySex(kPersonal, year, 1, 0), "2022-01-01");
  }
  ReportRequest request = YearRequest(2020);
  request.from = On("2018-01-02");

  EXPECT_EQ(Of(world, request).anonymous->total, 2);  // 2019, 2020
  request.to = On("2020-12-30");
  EXPECT_EQ(Of(world, request).anonymous->total, 1);  // 2019
  request.from = On("2019-03-01");
  EXPECT_EQ(Of(world, request).anonymous, PeopleCount{});
}

TEST(Counts, WithATotalAloneAddToTheTotalAlone) {
  World world = ThreeInsatser();
  world.AddCount(BySex(kVolume, 2019, 3, 4));
  world.AddCount(TotalOnly(kVolume, 2020, 10));
  ReportRequest request = YearRequest(2020);
  request.from = On("2019-01-01");

  EXPECT_EQ(Of(world, request).volume, (PeopleCount{17, 3, 4}));
}

TEST(Counts, HaveNoWomenAndMenWhereNoSexIsKnown) {
  World world = ThreeInsatser();
  world.AddCount(TotalOnly(kVolume, 2020, 10));

  const Participants of = Of(world, YearRequest(2020));

  EXPECT_EQ(of.volume, SexUnknown(10));
  EXPECT_EQ(of.registered, SexUnknown(10));
  EXPECT_EQ(of.anonymous, PeopleCount{});
}

TEST(Counts, AreTheNewestKnownAtTheMoment) {
  World world = ThreeInsatser();
  world.AddCount(BySex(kPersonal, 2020, 1, 1), "2021-01-10");
  world.AddCount(BySex(kPersonal, 2020, 5, 5), "2021-02-10");
  ReportRequest request = YearRequest(2020);

  request.as_of = NoonOf("2021-01-09");
  EXPECT_EQ(Of(world, request).anonymous->total, 0);
  request.as_of = NoonOf("2021-01-10");
  EXPECT_EQ(Of(world, request).anonymous->total, 2);
  request.as_of = NoonOf("2021-02-10");
  EXPECT_EQ(Of(world, request).anonymous->total, 10);
}

TEST(Registered, IsStartedAndAnonymousAndVolumeButNotStructural) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)));
  world.AddCount(BySex(kPersonal, 2020, 1, 1));
  world.AddCount(TotalOnly(kVolume, 2020, 5));
  world.AddCount(BySex(kStructural, 2020, 100, 200));

  EXPECT_EQ(Of(world, YearRequest(2020)).registered, (PeopleCount{8, 2, 1}));
}

TEST(Coverage, IsStartedOfRegistered) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)));
  world.AddCount(BySex(kPersonal, 2020, 1, 0));
  world.AddCount(TotalOnly(kVolume, 2020, 2));

  EXPECT_DOUBLE_EQ(*Of(world, YearRequest(2020)).coverage, 0.25);
}

TEST(Coverage, IsAbsentUnlessThePeriodIsWholeYears) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)));
  ReportRequest request = YearRequest(2020);
  request.from = On("2019-01-01");
  EXPECT_TRUE(Of(world, request).coverage.has_value());

  request.from = On("2019-01-02");
  EXPECT_FALSE(Of(world, request).coverage.has_value());
}

TEST(Coverage, IsAbsentWhenNobodyIsRegistered) {
  EXPECT_FALSE(Of(World(), YearRequest(2020)).coverage.has_value());
}

TEST(Coverage, IsAbsentUnderAnyFilterOnPersonsButNotOnInsatser) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)).LivingIn("0180"));

  EXPECT_FALSE(Filtered(world, Dimension::kSex, "women").coverage.has_value());
  EXPECT_FALSE(
      Filtered(world, Dimension::kAgeGroup, "30-39").coverage.has_value());
  EXPECT_FALSE(
      Filtered(world, Dimension::kEducation, "gymnasium").coverage.has_value());
  EXPECT_FALSE(
      Filtered(world, Dimension::kReferredBy, "").coverage.has_value());
  EXPECT_FALSE(
      Filtered(world, Dimension::kKommun, "0180").coverage.has_value());
  EXPECT_TRUE(
      Filtered(world, Dimension::kInsats, "Provinsatsen").coverage.has_value());
}

TEST(Counts, AreThatSexAloneUnderAFilterOnSex) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)));
  world.AddCount(BySex(kPersonal, 2020, 3, 4));
  world.AddCount(TotalOnly(kVolume, 2020, 9));

  const Participants of = Filtered(world, Dimension::kSex, "women");

  EXPECT_EQ(of.anonymous, (PeopleCount{3, 3, 0}));
  EXPECT_EQ(of.volume, PeopleCount{});
  EXPECT_EQ(of.registered, (PeopleCount{4, 4, 0}));
}

TEST(Counts, AreAbsentUnderAFilterOnWhatTheyDoNotTell) {
  World world = ThreeInsatser();
  world.AddCount(BySex(kPersonal, 2020, 3, 4));
  const std::vector<Filter> filters = {{Dimension::kAgeGroup, "30-39"},
                                       {Dimension::kEducation, "gymnasium"},
                                       {Dimension::kReferredBy, "kommun"},
                                       {Dimension::kKommun, "0180"}};
  for (const Filter& filter : filters) {
    const Participants of = Filtered(world, filter.dimension, filter.value);

    EXPECT_FALSE(of.anonymous.has_value());
    EXPECT_FALSE(of.volume.has_value());
    EXPECT_FALSE(of.structural_volume.has_value());
    EXPECT_FALSE(of.registered.has_value());
  }
}

TEST(Counts, FollowFiltersThroughTheirInsats) {
  World world = ThreeInsatser();
  world.AddCount(BySex(kPersonal, 2020, 1, 0));
  world.AddCount(BySex(kVolume, 2020, 10, 0));
  world.AddCount(BySex(kStructural, 2020, 100, 0));

  EXPECT_EQ(Filtered(world, Dimension::kInsats, "Grupp").registered->total, 10);
  EXPECT_EQ(Filtered(world, Dimension::kFocus, "forberedande").volume->total,
            10);
  EXPECT_EQ(Filtered(world, Dimension::kFocus, "forberedande").anonymous->total,
            0);
  EXPECT_EQ(
      Filtered(world, Dimension::kFocus, "dialog").structural_volume->total,
      100);
  EXPECT_EQ(Filtered(world, Dimension::kTargetGroup, "langtidssjukskrivna")
                .registered->total,
            11);
}

OutcomeReport BrokenDown(const World& world) {
  ReportRequest request = YearRequest(2020);
  for (int i = 0; i < kDimensions; ++i) {
    request.breakdowns.push_back(static_cast<Dimension>(i));
  }
  return world.Report(request);
}

TEST(Counts, StandOnlyInRowsBySexInsatsFocusTargetGroupAndForbund) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-06-15")));
  world.AddCount(BySex(kPersonal, 2020, 1, 0));

  for (const BreakdownRow& row : BrokenDown(world).breakdowns) {
    const bool stand = row.dimension == Dimension::kSex ||
                       row.dimension == Dimension::kInsats ||
                       row.dimension == Dimension::kFocus ||
                       row.dimension == Dimension::kTargetGroup ||
                       row.dimension == Dimension::kForbund;
    const Participants& of = row.block.participants;
    SCOPED_TRACE(DimensionName(row.dimension));
    EXPECT_EQ(of.anonymous.has_value(), stand);
    EXPECT_EQ(of.registered.has_value(), stand);
    EXPECT_EQ(of.coverage.has_value(), stand);
    const OccupationRow& work = row.block.occupation.front();
    EXPECT_EQ(work.share_after_if_others_failed.has_value(), stand);
    EXPECT_EQ(work.share_after_if_others_succeeded.has_value(), stand);
    if (stand) {
      EXPECT_DOUBLE_EQ(*of.coverage, 0.5);
      // One who works of one, and one more of whom nobody knows.
      EXPECT_DOUBLE_EQ(*work.share_after_if_others_failed, 0.5);
      EXPECT_DOUBLE_EQ(*work.share_after_if_others_succeeded, 1);
    }
  }
}

TEST(Counts, MakeRowsWithNobodyElseInThem) {
  World world = ThreeInsatser();
  world.AddCount(BySex(kStructural, 2020, 0, 7));
  world.AddCount(BySex(kVolume, 2020, 0, 0));

  const OutcomeReport report = BrokenDown(world);

  EXPECT_NE(FindRow(report, Dimension::kInsats, "Dialog"), nullptr);
  EXPECT_NE(FindRow(report, Dimension::kFocus, "dialog"), nullptr);
  EXPECT_NE(FindRow(report, Dimension::kSex, "men"), nullptr);
  EXPECT_EQ(FindRow(report, Dimension::kSex, "women"), nullptr);
  EXPECT_EQ(FindRow(report, Dimension::kInsats, "Grupp"), nullptr);
}

TEST(Coverage, StandsBySexOnlyWhereEveryVolumeCountHasASex) {
  World world = ThreeInsatser();
  world.Register(ARegistration().Of(Woman(1)));
  world.AddCount(BySex(kVolume, 2020, 3, 0));
  EXPECT_DOUBLE_EQ(*FindRow(BrokenDown(world), Dimension::kSex, "women")
                        ->participants.coverage,
                   0.25);

  world.AddCount(TotalOnly(kVolume, 2020, 4));

  const OutcomeReport report = BrokenDown(world);
  EXPECT_FALSE(FindRow(report, Dimension::kSex, "women")
                   ->participants.coverage.has_value());
  EXPECT_TRUE(report.whole.participants.coverage.has_value());
}

}  // namespace
}  // namespace stegvis::outcome
