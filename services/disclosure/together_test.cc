// Releases of the nation and of förbund of one year, one after the other.
#include "services/disclosure/together.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/disclosure/faces.h"
#include "services/disclosure/keyed_table.h"
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

  std::string FirstName() const {
    return ReportOf(world_, kFirst).forbund.front();
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

// What anyone can work out by addition where the nation and some of its förbund
// are out: a count of the nation is the sum of theirs.
class Addition {
 public:
  explicit Addition(const ReleasesOut& out)
      : out_(out),
        all_(ReportsOf(out)),
        nation_(*out.nation, all_),
        whole_(out.nation->truth, all_) {
    for (const auto& releases : out.forbund) {
      forbund_.push_back(std::make_unique<Faces>(releases.back(), all_));
      truths_.push_back(
          std::make_unique<KeyedTable>(releases.back().truth, all_));
    }
  }

  // The names of the small counts whose values then span too little.
  std::vector<std::string> WorkedOut() const {
    std::vector<std::string> worked_out;
    for (const auto& [key, block] : whole_.blocks) {
      for (Slot slot = 0; slot < 3 * all_.Size(); ++slot) {
        const auto face = nation_.OfRow(key, slot);
        if (!face.has_value() || face->shown != Shown::kPrinted) continue;
        AddWorkedOutAt(key, slot, worked_out);
      }
    }
    return worked_out;
  }

 private:
  static std::vector<const OutcomeReport*> ReportsOf(const ReleasesOut& out) {
    std::vector<const OutcomeReport*> reports = {&out.nation->truth};
    for (const auto& releases : out.forbund) {
      reports.push_back(&releases.back().truth);
    }
    return reports;
  }

  void AddWorkedOutAt(const RowKey& key, Slot slot,
                      std::vector<std::string>& worked_out) const {
    // What is left for those that are withheld, each of which is somebody.
    int64_t left = whole_.ValueOf(whole_.CellAt(key, slot));
    std::vector<int64_t> withheld;
    for (size_t i = 0; i < truths_.size(); ++i) {
      const int64_t value = truths_[i]->ValueOf(truths_[i]->CellAt(key, slot));
      const auto face = forbund_[i]->OfRow(key, slot);
      const bool is_told = !face.has_value() || face->shown == Shown::kPrinted;
      left -= is_told ? value : 1;
      if (!is_told) withheld.push_back(value);
    }
    const bool is_alone = withheld.size() == 1 &&
                          out_.forbund.size() == whole_.report.forbund.size();
    for (const int64_t value : withheld) {
      if (!IsSmall(value) || (!is_alone && left >= kSpan)) continue;
      worked_out.push_back(absl::StrCat(std::get<1>(key), " ",
                                        all_.Name(slot / 3), " ", slot % 3,
                                        ": ", value, " of ", left));
    }
  }

  const ReleasesOut& out_;
  const Measures all_;
  const Faces nation_;
  const KeyedTable whole_;
  std::vector<std::unique_ptr<Faces>> forbund_;
  std::vector<std::unique_ptr<KeyedTable>> truths_;
};

std::vector<std::string> WorkedOutByAddition(const ReleasesOut& out) {
  return Addition(out).WorkedOut();
}

// It is quicker with what was found before, and as safe.
TEST_F(TogetherTest, WhatWasFoundProvesThoseThatAreOutAgain) {
  ReleasesOut out{Nation(), {}};
  const Together first = Put(kFirst, out);
  out.forbund.push_back({{ReportOf(world_, kFirst), first.further}});
  const auto found_of = [&](const Together& together) {
    return together.found.at(FirstName()).witnesses.size();
  };

  const Together without = Put(kSecond, out);
  Keep(first.found, out.kept);
  const Together with = Put(kSecond, out);

  EXPECT_GT(found_of(first), 0);
  EXPECT_GT(found_of(without), found_of(with));
  EXPECT_TRUE(with.IsSafe());
  out.forbund.push_back({{ReportOf(world_, kSecond), with.further}});
  EXPECT_THAT(WorkedOutByAddition(out), IsEmpty());
}

// What it withholds beside the others is enough by itself.
TEST_F(TogetherTest, IsProvedByItselfWithWhatWasFound) {
  const Together together = Put(kFirst, {Nation(), {}});
  ReleaseTable table(ReportOf(world_, kFirst));
  for (const CellId cell : together.further) table.Model().Withhold(cell);

  const Protection protection = Protect(table.Model(), table.Cells().flow_block,
                                        {.kept = together.own, .quick = true});

  EXPECT_THAT(protection.proofs, Not(IsEmpty()));
  EXPECT_THAT(Disprove(table.Model(), protection), IsEmpty());
}

// They are checked, not believed.
TEST_F(TogetherTest, KeptWitnessesOfSomethingElseAreOfNoUse) {
  ReleasesOut out{Nation(), {}};
  const Together first = Put(kFirst, out);
  out.forbund.push_back({{ReportOf(world_, kFirst), first.further}});
  const Together without = Put(kSecond, out);
  for (const std::string& name : {std::string(), FirstName()}) {
    KeptWitnesses& kept = out.kept[name];
    kept.origins = {{Origin::Kind::kOwn}};
    for (uint32_t number = 0; number < 10; ++number) {
      kept.witnesses.push_back({{0, number, kSpan}});
    }
  }

  const Together with = Put(kSecond, out);

  EXPECT_TRUE(with.IsSafe());
  EXPECT_EQ(with.further, without.further);
}

TEST_F(TogetherTest, AllForbundOneAfterAnotherBesideTheNation) {
  ReleasesOut out{Nation(), {}};
  for (const size_t forbund : {kFirst, kSecond, kThird}) {
    SCOPED_TRACE(forbund);

    const Together together = Put(forbund, out);

    EXPECT_TRUE(together.fits);
    EXPECT_THAT(together.unsafe, IsEmpty());
    out.forbund.push_back({{ReportOf(world_, forbund), together.further}});
    Keep(together.found, out.kept);
  }

  EXPECT_THAT(WorkedOutByAddition(out), IsEmpty());
}

// In whatever order they come, some of them may be refused.
TEST_F(TogetherTest, WhatIsLetOutTellsNothingByAddition) {
  size_t let_out = 0;
  for (const auto& [first, second, third] :
       {std::tuple{3, 5, 7}, {13, 17, 19}, {7, 6, 5}}) {
    const World world = ThreeForbund(first, second, third);
    const OutcomeReport nation = NationOf(world);
    // The nation comes after one of them.
    ReleasesOut out{std::nullopt,
                    {{AloneOf(Level::kForbund, ReportOf(world, kSecond))}}};
    const Together together = PutBeside(Level::kNation, nation, out);
    ASSERT_TRUE(together.IsSafe());
    out.nation = EarlierRelease{nation, together.further};
    for (const size_t place : {kThird, kFirst}) {
      SCOPED_TRACE(absl::StrCat(first, " ", place));
      const OutcomeReport truth = ReportOf(world, place);
      const Together forbund = PutBeside(Level::kForbund, truth, out);
      EXPECT_TRUE(forbund.fits);
      if (!forbund.IsSafe()) continue;
      out.forbund.push_back({{truth, forbund.further}});
      Keep(forbund.found, out.kept);
    }
    let_out += out.forbund.size();
    EXPECT_THAT(WorkedOutByAddition(out), IsEmpty());
  }
  EXPECT_GE(let_out, 5);
}

// Its earlier release is out, too, and does not move.
TEST_F(TogetherTest, OneThatWasReplacedIsNoPartner) {
  ReleasesOut out{Nation(), {}};
  for (const size_t forbund : {kFirst, kSecond}) {
    out.forbund.push_back(
        {{ReportOf(world_, forbund), Put(forbund, out).further}});
  }
  ASSERT_TRUE(Put(kThird, out).IsSafe());
  for (std::vector<EarlierRelease>& releases : out.forbund) {
    releases.push_back(releases.back());
  }

  EXPECT_FALSE(Put(kThird, out).IsSafe());
}

constexpr size_t kFourth = kThird + 1;

World WithSoManyInAFourth(int people) {
  World world = ThreeForbund(4, 4, 4);
  world.AddForbund("Fyra");
  Fill(kFourth, people, 4, world);
  return world;
}

// Of fewer than 20 a release prints the base alone.
TEST_F(TogetherTest, AForbundWithAFewIsPutBesideTheNation) {
  const World world = WithSoManyInAFourth(12);

  const Together few =
      PutBeside(Level::kForbund, ReportOf(world, kFourth),
                {AloneOf(Level::kNation, NationOf(world)), {}});

  EXPECT_TRUE(few.fits);
  EXPECT_THAT(few.unsafe, IsEmpty());
}

TEST_F(TogetherTest, TheNationIsPutBesideAForbundWithAFew) {
  const World world = WithSoManyInAFourth(4);

  const Together nation = PutBeside(
      Level::kNation, NationOf(world),
      {std::nullopt, {{AloneOf(Level::kForbund, ReportOf(world, kFourth))}}});

  EXPECT_TRUE(nation.fits);
  EXPECT_THAT(nation.unsafe, IsEmpty());
}

// What is let out by itself is not safe beside the others.
TEST_F(TogetherTest, ReleasesThatDoNotKnowEachOtherTellOfEachOther) {
  EXPECT_THAT(WorkedOutByAddition(
                  {Nation(),
                   {{Forbund(kFirst)}, {Forbund(kSecond)}, {Forbund(kThird)}}}),
              Not(IsEmpty()));
}

TEST_F(TogetherTest, TheNationAfterOneForbund) {
  const Together nation = PutNation({std::nullopt, {{Forbund(kFirst)}}});

  EXPECT_TRUE(nation.fits);
  EXPECT_THAT(nation.unsafe, IsEmpty());
}

TEST_F(TogetherTest, TheNationAfterAllOfThemWithholdsForThem) {
  ReleasesOut out{std::nullopt,
                  {{Forbund(kFirst)}, {Forbund(kSecond)}, {Forbund(kThird)}}};

  const Together nation = PutNation(out);

  EXPECT_TRUE(nation.fits);
  EXPECT_THAT(nation.unsafe, IsEmpty());
  out.nation = EarlierRelease{NationOf(world_), nation.further};
  EXPECT_THAT(WorkedOutByAddition(out), IsEmpty());
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
  int told_before_end = 0;
  const Together ended = PutBeside(Level::kForbund, second, out, [&](Progress) {
    ++told_before_end;
    return false;
  });

  EXPECT_THAT(told, SizeIs(Ge(2)));
  EXPECT_GT(told.back().counts, told.front().counts);
  EXPECT_THAT(ended.unsafe, Not(IsEmpty()));
  EXPECT_EQ(told_before_end, 1);
}

}  // namespace
}  // namespace stegvis::disclosure
