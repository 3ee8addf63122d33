// Releases of the nation and of förbund of one year, one after the other.
#include "services/disclosure/together.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "services/disclosure/release_table.h"
#include "services/disclosure/test_people.h"

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;
using outcome::World;
using ::testing::Contains;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

EarlierRelease AloneOf(Level level, OutcomeReport truth) {
  ReleaseTable table(std::move(truth));
  EXPECT_THAT(MakeSafe(level, table).unsafe, IsEmpty());
  return {table.Truth(), FurtherOf(table)};
}

// A world, and its releases as they are let out.
class TogetherTest : public ::testing::Test {
 protected:
  EarlierRelease Nation() const {
    return AloneOf(Level::kNation, NationOf(world_));
  }
  EarlierRelease Forbund(size_t number) const {
    return AloneOf(Level::kForbund, ReportOf(world_, number));
  }
  Together Put(size_t forbund, const ReleasesOut& out) const {
    return PutBeside(Level::kForbund, ReportOf(world_, forbund), out);
  }
  Together PutNation(const ReleasesOut& out) const {
    return PutBeside(Level::kNation, NationOf(world_), out);
  }

  const World world_ = ThreeForbund(4, 4, 4);
};

TEST_F(TogetherTest, OneForbundAfterAnotherBesideTheNation) {
  ReleasesOut out{Nation(), {}};

  const Together first = Put(kFirst, out);
  ASSERT_TRUE(first.fits);
  ASSERT_THAT(first.unsafe, IsEmpty());
  out.forbund.push_back({{ReportOf(world_, kFirst), first.further}});
  const Together second = Put(kSecond, out);

  EXPECT_TRUE(second.fits);
  EXPECT_THAT(second.unsafe, IsEmpty());
}

// The nation less all the others is the last one's: whatever that withholds can
// be worked out.
TEST_F(TogetherTest, TheLastForbundIsNotSafe) {
  const ReleasesOut out{Nation(), {{Forbund(kFirst)}, {Forbund(kSecond)}}};

  const Together last = Put(kThird, out);

  EXPECT_TRUE(last.fits);
  EXPECT_THAT(last.unsafe, Not(IsEmpty()));
}

TEST_F(TogetherTest, TheNationAfterOneForbund) {
  const Together nation = PutNation({std::nullopt, {{Forbund(kFirst)}}});

  EXPECT_TRUE(nation.fits);
  EXPECT_THAT(nation.unsafe, IsEmpty());
}

TEST_F(TogetherTest, TheNationAfterAllOfThemIsNotSafe) {
  const Together nation =
      PutNation({std::nullopt,
                 {{Forbund(kFirst)}, {Forbund(kSecond)}, {Forbund(kThird)}}});

  EXPECT_TRUE(nation.fits);
  EXPECT_THAT(nation.unsafe, Not(IsEmpty()));
}

// What a förbund withholds in its whole, the nation withholds in its row.
TEST_F(TogetherTest, TheNationTellsNoMoreOfAForbundThanThatDoes) {
  EarlierRelease forbund = Forbund(kFirst);
  ReleaseTable own(forbund.truth);
  const CellId started =
      own.Model().CellAt(own.Cells().whole.id, SlotOf(kStarted, Sex::kWomen));
  ASSERT_EQ(own.Model().At(started).shown, Shown::kPrinted);
  forbund.further.push_back(started);
  const ReleaseTable alone(NationOf(world_));
  CellId in_nation = kNoCell;
  for (size_t i = 0; i < alone.Cells().rows.size(); ++i) {
    if (alone.Truth().breakdowns[i].value == forbund.truth.forbund.front()) {
      in_nation = alone.Model().CellAt(alone.Cells().rows[i].id,
                                       SlotOf(kStarted, Sex::kWomen));
    }
  }
  ASSERT_NE(in_nation, kNoCell);
  ASSERT_THAT(Nation().further, Not(Contains(in_nation)));

  const Together nation = PutNation({std::nullopt, {{forbund}}});

  EXPECT_THAT(nation.further, Contains(in_nation));
}

TEST_F(TogetherTest, ReportsThatDoNotKnowTheSameDoNotFit) {
  const World fewer = ThreeForbund(13, 17, 200);
  const World more = ThreeForbund(2, 17, 19);
  const ReleasesOut out{AloneOf(Level::kNation, NationOf(fewer)), {}};

  EXPECT_FALSE(PutBeside(Level::kForbund, ReportOf(more, kFirst), out).fits);
}

TEST_F(TogetherTest, MarksOfNoCellDoNotFit) {
  EarlierRelease nation = Nation();
  nation.further.push_back(1'000'000);

  EXPECT_FALSE(Put(kFirst, {nation, {}}).fits);
}

TEST_F(TogetherTest, TellsHowFarAllTheWorkIsAndCanBeEnded) {
  const ReleasesOut out{Nation(), {{Forbund(kFirst)}}};
  std::vector<Progress> told;
  const OutcomeReport second = ReportOf(world_, kSecond);

  PutBeside(Level::kForbund, second, out, [&](Progress progress) {
    EXPECT_LE(progress.proved, progress.counts);
    if (!told.empty()) {
      EXPECT_GE(progress.counts, told.back().counts);
    }
    told.push_back(progress);
    return true;
  });
  const Together ended =
      PutBeside(Level::kForbund, second, out, [](Progress) { return false; });

  EXPECT_THAT(told, SizeIs(Ge(2)));
  EXPECT_GT(told.back().counts, told.front().counts);
  EXPECT_THAT(ended.unsafe, Not(IsEmpty()));
}

}  // namespace
}  // namespace stegvis::disclosure
