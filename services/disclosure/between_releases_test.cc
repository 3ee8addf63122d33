// Two releases of one year: what their difference says of those who came
// between must not be told either.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "services/disclosure/protect.h"
#include "services/disclosure/release.h"
#include "services/disclosure/test_people.h"
#include "services/outcome/random_world.h"
#include "services/outcome/test_world.h"

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// The standard release of a förbund of random people. With the same seed a
// larger one holds the people of a smaller one.
OutcomeReport RandomReport(unsigned seed, int participations) {
  std::mt19937 random(seed);
  const outcome::World world = outcome::RandomWorld(random, participations);
  outcome::ReportRequest request = outcome::YearRequest(2020);
  request.breakdowns = StandardBreakdowns(Level::kForbund);
  return world.Report(request);
}

// Their report, when the first so many have been followed up.
OutcomeReport AReport(int followed_up) {
  outcome::World world;
  for (int number = 1; number <= 160; ++number) {
    testing::ARegistration registration = OneOfMany(number);
    if (number <= followed_up) {
      registration.FollowedUp(
          domain::FollowUpMonths::kTwelve,
          {testing::On("2021-06-01"), SituationWith("forsorjningsstod", 0)});
    }
    world.Register(registration, "2021-07-01");
  }
  outcome::ReportRequest request = outcome::YearRequest(2020);
  request.breakdowns = StandardBreakdowns(Level::kForbund);
  return world.Report(request);
}

// A release that is out, and the cells it was let out with.
struct Out {
  explicit Out(const OutcomeReport& truth) : table(truth) {
    protection = Protect(table.Model(), table.Cells().flow_block);
  }

  EarlierRelease Release() const {
    EarlierRelease release{table.Truth(), {}};
    for (CellId cell = 0; cell < table.OwnCells(); ++cell) {
      if (IsFurther(table.Model().At(cell))) release.further.push_back(cell);
    }
    return release;
  }

  ReleaseTable table;
  Protection protection;
};

// How many counts of two tables are printed in both and differ by 1 to 4.
int SmallDifferencesShown(const ReleaseTable& a, const ReleaseTable& b) {
  int shown = 0;
  for (Slot slot = 0; slot < 3 * a.Measures().Size(); ++slot) {
    const CellId of_a = a.Model().CellAt(a.Cells().whole.id, slot);
    const CellId of_b = b.Model().CellAt(b.Cells().whole.id, slot);
    if (of_a == kNoCell || of_b == kNoCell) continue;
    const Cell& x = a.Model().At(of_a);
    const Cell& y = b.Model().At(of_b);
    shown += x.shown == Shown::kPrinted && y.shown == Shown::kPrinted &&
             IsSmall(y.value - x.value);
  }
  return shown;
}

TEST(BetweenReleases, RelationsHoldForPeopleWhoCameBetween) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    const ReleaseTable table(
        RandomReport(seed, 200),
        {{RandomReport(seed, 80), {}}, {RandomReport(seed, 140), {}}});

    EXPECT_THAT(table.Model().Contradictions(), IsEmpty());
  }
}

TEST(BetweenReleases, ARowThatIsTheSameIsTheSameCells) {
  const OutcomeReport report = RandomReport(1, 200);

  const ReleaseTable table(report, {{report, {}}});

  EXPECT_EQ(table.Model().Cells(), ReleaseTable(report).Model().Cells());
}

TEST(BetweenReleases, WhatIsOutKeepsItsMarks) {
  const Out earlier(AReport(100));
  const EarlierRelease release = earlier.Release();
  ASSERT_THAT(release.further, Not(IsEmpty()));

  const ReleaseTable table(earlier.table.Truth(), {release});

  for (CellId cell = 0; cell < table.OwnCells(); ++cell) {
    ASSERT_EQ(table.Model().At(cell).shown,
              earlier.table.Model().At(cell).shown)
        << cell;
  }
}

TEST(BetweenReleases, AMarkOfNoCellIsTold) {
  const OutcomeReport report = AReport(0);

  EXPECT_FALSE(ReleaseTable(report, {{report, {1'000'000}}}).MarksFit());
  EXPECT_TRUE(ReleaseTable(report, {{report, {1}}}).MarksFit());
}

TEST(BetweenReleases, TellNothingOfThoseFollowedUpBetween) {
  const Out earlier(AReport(100));
  const OutcomeReport truth = AReport(103);
  const Out alone(truth);
  // Alone it would tell of three people.
  ASSERT_GT(SmallDifferencesShown(earlier.table, alone.table), 0);

  ReleaseTable table(truth, {earlier.Release()});
  const Protection protection =
      Protect(table.Model(), table.Cells().flow_block);

  EXPECT_EQ(SmallDifferencesShown(earlier.table, table), 0);
  EXPECT_THAT(protection.unsafe, IsEmpty());
  EXPECT_THAT(Disprove(table.Model(), protection), IsEmpty());
}

}  // namespace
}  // namespace stegvis::disclosure
