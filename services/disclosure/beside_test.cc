// A förbund's release beside the nation's: what the two say together of the
// people whom no förbund's release counts.
#include "services/disclosure/beside.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "services/disclosure/keyed_table.h"
#include "services/disclosure/protect.h"
#include "services/disclosure/release.h"
#include "services/disclosure/row_rules.h"
#include "services/disclosure/test_people.h"
#include "services/outcome/random_world.h"
#include "services/outcome/test_world.h"

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;
using outcome::World;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Ge;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

// Releases of the nation, which withholds nothing further, and of these
// förbund.
Around AroundForbund(const World& world, const std::vector<size_t>& out) {
  Around around{.nation = EarlierRelease{NationOf(world), {}}};
  for (const size_t forbund : out) {
    around.forbund.push_back({ReportOf(world, forbund), {}});
  }
  return around;
}

// The nation's release as it is let out.
Around AroundForbund(const World& world) {
  ReleaseTable nation(NationOf(world));
  LeaveToForbund(nation);
  MakeSafe(Level::kNation, nation);
  return {.nation = EarlierRelease{nation.Truth(), FurtherOf(nation)}};
}

World RandomPeople(unsigned seed, int participations) {
  std::mt19937 random(seed);
  return outcome::RandomWorld(random, participations);
}

TEST(Beside, IsPeopleWhateverIsOut) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const World world = RandomPeople(seed, 300);
    for (const std::vector<size_t>& out :
         std::vector<std::vector<size_t>>{{}, {kSecond}, {kSecond, kThird}}) {
      const Around around = AroundForbund(world, out);
      const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

      EXPECT_TRUE(table.FitsAround());
      EXPECT_THAT(table.Model().Contradictions(), IsEmpty());
    }
  }
}

TEST(Beside, IsPeopleBesideTheNationsOwnReport) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const World world = RandomPeople(seed, 300);
    const Around around{.nation = std::nullopt,
                        .forbund = {{ReportOf(world, kFirst), {}},
                                    {ReportOf(world, kThird), {}}}};
    const ReleaseTable table(NationOf(world), {}, nullptr, &around);

    EXPECT_TRUE(table.FitsAround());
    EXPECT_THAT(table.Model().Contradictions(), IsEmpty());
  }
}

TEST(Beside, IsPeopleWithPartners) {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    const World world = RandomPeople(seed, 300);
    Around around = AroundForbund(world, {kSecond});
    around.partners = {{{ReportOf(world, kThird), {}}}};
    const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);
    around.nation.reset();
    const ReleaseTable nation(NationOf(world), {}, nullptr, &around);

    for (const ReleaseTable* it : {&table, &nation}) {
      EXPECT_TRUE(it->FitsAround());
      EXPECT_THAT(it->Model().Contradictions(), IsEmpty());
    }
  }
}

// In 2022 all who left in 2020 are due for both follow-ups: in the nation's
// rows of others, too, that is one number.
TEST(Beside, IsAsTheDaySaysInTheRowsOfOthers) {
  const World world = ThreeForbund(13, 17, 19);
  const Around around = AroundForbund(world, {});
  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);
  const ReleaseModel& model = table.Model();
  ASSERT_TRUE(WhoIsDue(around.nation->truth).all_12);

  size_t rows = 0;
  for (const ReleaseModel::Group& group : model.Groups()) {
    if (group.children.back() != table.Cells().whole.id) continue;
    for (size_t i = 0; i + 1 < group.children.size(); ++i, ++rows) {
      for (const Sex sex : kSexes) {
        const auto due = [&](Measure first) {
          return model.CellAt(group.children[i], SlotOf(first + kDue, sex));
        };
        EXPECT_EQ(due(kMonth12), due(kMonth6));
      }
    }
  }
  EXPECT_EQ(rows, 2);
}

TEST(Beside, MarksOfNoCellOfAPartnerDoNotFit) {
  const World world = RandomPeople(1, 300);
  Around around = AroundForbund(world, {});
  around.partners = {{{ReportOf(world, kThird), {1'000'000}}}};

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  EXPECT_FALSE(table.FitsAround());
}

// Its own counts are proved in its own table, and what it prints is out.
TEST(Beside, OfAPartnerOnlyWhatItWithholdsMoves) {
  const World world = RandomPeople(2, 300);
  Around around = AroundForbund(world, {kSecond});
  const ReleaseTable without(ReportOf(world, kFirst), {}, nullptr, &around);
  around.partners = {{{ReportOf(world, kThird), {}}}};

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  ASSERT_GT(table.Model().Cells(), without.Model().Cells());
  EXPECT_THAT(table.OfNew(), IsEmpty());
  for (CellId cell = table.CellsOfReleases(); cell < table.Model().Cells();
       ++cell) {
    const Cell& it = table.Model().At(cell);
    ASSERT_FALSE(IsToProtect(it));
    ASSERT_TRUE(it.shown != Shown::kPrinted || it.settled || it.value == 0 ||
                table.Model().IsConstant(cell));
  }
}

// As it is not out yet. By their names they are found in its own table.
TEST(Beside, OfANewPartnerAnythingPrintedMayBeWithheld) {
  const World world = ThreeForbund(13, 150, 230);
  Around around = AroundForbund(world, {kSecond});
  around.partners = {{{ReportOf(world, kThird), {}}, /*is_new=*/true}};

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  ASSERT_THAT(table.OfNew(), SizeIs(Ge(100)));
  std::set<std::string> names;
  for (const auto& [cell, name] : table.OfNew()) {
    const Cell& it = table.Model().At(cell);
    ASSERT_EQ(it.shown, Shown::kPrinted);
    ASSERT_GT(it.value, kSmall);
    ASSERT_NE(name, "of others");
    names.insert(name);
  }
  EXPECT_THAT(names, SizeIs(table.OfNew().size()));
  EXPECT_THAT(names, Contains(StartsWith("flows/")));
}

// Though a partner withholds it.
TEST(Beside, WhatTheNationHasPrintedOfAForbundStaysPrinted) {
  const World world = ThreeForbund(13, 150, 230);
  const ReleaseTable third(ReportOf(world, kThird));
  const CellId started =
      third.Model().CellAt(third.Cells().whole.id, SlotOf(kStarted, Sex::kMen));
  ASSERT_EQ(third.Model().At(started).shown, Shown::kPrinted);
  const Around around{.nation = std::nullopt,
                      .partners = {{{third.Truth(), {started}}}}};
  const LetOut as_it_is;

  const ReleaseTable nation(NationOf(world), {}, &as_it_is, &around);

  for (size_t i = 0; i < nation.Cells().rows.size(); ++i) {
    if (nation.Truth().breakdowns[i].value != "Tredje") continue;
    const CellId cell = nation.Model().CellAt(nation.Cells().rows[i].id,
                                              SlotOf(kStarted, Sex::kMen));
    EXPECT_EQ(nation.Model().At(cell).shown, Shown::kPrinted);
    return;
  }
  FAIL() << "The nation has no row of the third.";
}

// A report without rows by year of exit is of people who have not left.
TEST(Beside, WhereNobodyHasLeftAllAreWithoutExit) {
  const World world = ThreeForbund(13, 150, 230);
  Around around = AroundForbund(world, {kThird});
  std::erase_if(around.forbund.front().truth.breakdowns,
                [](const outcome::BreakdownRow& row) {
                  return row.dimension == outcome::Dimension::kYear;
                });

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  // The nation's have all left.
  EXPECT_FALSE(table.FitsAround());
}

TEST(Beside, ANewNationMayWithholdWhatItPrints) {
  const World world = RandomPeople(2, 300);
  Around around = AroundForbund(world, {kSecond});
  around.nation_is_new = true;

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  ASSERT_THAT(table.OfNew(), SizeIs(Ge(100)));
  for (const auto& [cell, name] : table.OfNew()) {
    ASSERT_EQ(table.Model().At(cell).shown, Shown::kPrinted);
    ASSERT_FALSE(IsToProtect(table.Model().At(cell)));
  }
  EXPECT_THAT(table.Model().Contradictions(), IsEmpty());
}

TEST(Beside, ProvesOnlyWhatIsAskedFor) {
  const World world = RandomPeople(2, 300);
  Around around = AroundForbund(world, {kSecond});
  const ReleaseTable all(ReportOf(world, kFirst), {}, nullptr, &around);
  std::vector<CellId> small;
  for (CellId cell = 0; cell < all.CellsOfReleases(); ++cell) {
    if (IsToProtect(all.Model().At(cell))) small.push_back(cell);
  }
  ASSERT_THAT(small, SizeIs(Ge(3)));
  around.only = {small.front(), small.back()};

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  std::vector<CellId> asked_for;
  for (CellId cell = 0; cell < table.Model().Cells(); ++cell) {
    if (IsToProtect(table.Model().At(cell))) asked_for.push_back(cell);
  }
  EXPECT_THAT(asked_for, ElementsAre(small.front(), small.back()));
}

TEST(Beside, IsNotPeopleWhenTheNationKnewLess) {
  const World world = RandomPeople(1, 300);
  const Around around{.nation =
                          EarlierRelease{NationOf(RandomPeople(1, 100)), {}}};

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  EXPECT_FALSE(table.FitsAround() && table.Model().Contradictions().empty());
}

// The cells of the nation's and of others come after the release's own.
TEST(Beside, LeavesTheCellsOfTheReleaseWhereTheyAre) {
  const World world = RandomPeople(2, 300);
  const Around around = AroundForbund(world, {kSecond});
  const ReleaseTable alone(ReportOf(world, kFirst));
  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  ASSERT_EQ(table.CellsOfReleases(), alone.Model().Cells());
  for (CellId cell = 0; cell < alone.Model().Cells(); ++cell) {
    if (alone.Model().At(cell).made_up) continue;
    ASSERT_EQ(table.Model().At(cell).value, alone.Model().At(cell).value);
    ASSERT_EQ(table.Model().At(cell).slot, alone.Model().At(cell).slot);
  }
}

TEST(Beside, CellsOfOthersHaveNoNameInTheReport) {
  const World world = RandomPeople(2, 300);
  const Around around = AroundForbund(world, {kSecond});
  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  for (CellId cell = table.CellsOfReleases(); cell < table.Model().Cells();
       ++cell) {
    ASSERT_EQ(NameOf(cell, table.Cells(), table.Measures(), table.Model()),
              "of others");
  }
}

TEST(Beside, OfFewIsNotTold) {
  // 12 in the first, and 2 in the others, whom anyone could find by taking the
  // first from the nation.
  const World world = ThreeForbund(13, 150, 230);
  const Around around = AroundForbund(world);
  const ReleaseTable alone(ReportOf(world, kFirst));
  ASSERT_EQ(alone.Model().At(SjukpenningBefore(alone)).shown, Shown::kPrinted);
  ASSERT_EQ(alone.Model().At(SjukpenningBefore(alone)).value, 12);

  ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);
  Protect(table.Model(), table.Cells().flow_block);

  const Cell& cell = table.Model().At(SjukpenningBefore(table));
  EXPECT_EQ(cell.shown, Shown::kWithheld);
  EXPECT_TRUE(IsToProtect(cell));
}

// Each time that others come, and see more.
TEST(Beside, OfFewIsGuardedAgainWhenItIsOut) {
  const World world = ThreeForbund(13, 150, 230);
  const Around around = AroundForbund(world);
  const ReleaseTable alone(ReportOf(world, kFirst));
  const CellId few = SjukpenningBefore(alone);
  const LetOut withheld{.further = {few}}, printed;

  for (const LetOut* let_out : {&withheld, &printed}) {
    const ReleaseTable table(ReportOf(world, kFirst), {}, let_out, &around);

    EXPECT_TRUE(table.Model().At(few).settled);
    EXPECT_EQ(IsToProtect(table.Model().At(few)), let_out == &withheld);
  }
}

size_t GuardsIn(const ReleaseModel& model) {
  size_t guards = 0;
  for (CellId cell = 0; cell < model.Cells(); ++cell) {
    guards += model.At(cell).guards ? 1 : 0;
  }
  return guards;
}

// What the nation has out stays as it is, whatever of it others withhold.
TEST(Beside, ANationThatIsOutGuardsNothingAgain) {
  const World world = ThreeForbund(13, 150, 230);
  const Around around{.nation = std::nullopt,
                      .forbund = {{ReportOf(world, kFirst), {}}}};
  const LetOut as_it_is;

  const ReleaseTable is_new(NationOf(world), {}, nullptr, &around);
  const ReleaseTable is_out(NationOf(world), {}, &as_it_is, &around);

  EXPECT_GT(GuardsIn(is_new.Model()), 0);
  EXPECT_EQ(GuardsIn(is_out.Model()), 0);
}

TEST(Beside, OfManyNeedsNoGuard) {
  const World world = ThreeForbund(13, 10, 12);
  const Around around = AroundForbund(world);

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  EXPECT_EQ(table.Model().At(SjukpenningBefore(table)).shown, Shown::kPrinted);
}

// The cell of the same row, or of the whole.
CellId SameIn(const ReleaseTable& other, const ReleaseTable& table,
              const Cell& cell) {
  if (cell.block == table.Cells().whole.id) {
    return other.Model().CellAt(other.Cells().whole.id, cell.slot);
  }
  for (size_t i = 0; i < table.Cells().rows.size(); ++i) {
    if (table.Cells().rows[i].id != cell.block) continue;
    for (size_t j = 0; j < other.Cells().rows.size(); ++j) {
      if (KeyOf(other.Truth().breakdowns[j]) ==
          KeyOf(table.Truth().breakdowns[i])) {
        return other.Model().CellAt(other.Cells().rows[j].id, cell.slot);
      }
    }
  }
  return kNoCell;
}

int64_t ValueIn(const ReleaseTable& other, CellId cell) {
  return cell == kNoCell ? 0 : other.Model().At(cell).value;
}

// What a witness makes of the first förbund, taken from what the nation prints,
// leaves nobody less than nothing: added up here without the rest's relations.
TEST(Beside, HasNoCountBelowNothingInAnySecondTable) {
  const World world = ThreeForbund(13, 17, 19);
  Around around = AroundForbund(world);
  around.forbund.push_back({ReportOf(world, kThird), {}});
  ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);
  const ReleaseTable nation(NationOf(world));
  const ReleaseTable third(ReportOf(world, kThird));

  const Protection protection =
      Protect(table.Model(), table.Cells().flow_block);

  std::vector<int64_t> rest;
  for (const Witness& witness : protection.witnesses) {
    for (const auto& [id, by] : witness) {
      const Cell& cell = table.Model().At(id);
      const CellId in_nation = SameIn(nation, table, cell);
      if (in_nation == kNoCell ||
          nation.Model().At(in_nation).shown != Shown::kPrinted) {
        continue;
      }
      rest.push_back(ValueIn(nation, in_nation) -
                     ValueIn(third, SameIn(third, table, cell)) - cell.value -
                     by);
    }
  }
  ASSERT_THAT(rest, SizeIs(Ge(100)));
  EXPECT_THAT(rest, Each(Ge(0)));
}

// Whether one more step breaks a relation that the steps before it did not.
bool BreaksMore(const ReleaseModel& model, Difference last) {
  const Difference before{last.cell, last.by - (last.by > 0 ? 1 : -1)};
  return RelationsBrokenBy(model, {last}).size() >
         RelationsBrokenBy(model, {before}).size();
}

// Nor does it leave people of whom none is an individual.
TEST(Beside, WhoIsInTheRestIsAnIndividual) {
  const World world = ThreeForbund(13, 150, 230);
  const Around around = AroundForbund(world, {kThird});
  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);
  const ReleaseTable second(ReportOf(world, kSecond));

  size_t rows = 0;
  for (const BlockCells& row : table.Cells().rows) {
    const CellId own =
        table.Model().CellAt(row.id, SlotOf(kIndividuals, Sex::kBoth));
    const Cell& cell = table.Model().At(own);
    const int64_t rest = ValueIn(second, SameIn(second, table, cell));
    if (cell.block != row.id || rest == 0) continue;
    ++rows;
    EXPECT_TRUE(BreaksMore(table.Model(), {own, rest}));
  }
  EXPECT_GE(rows, 5);
}

// The nation's row is there because somebody of a förbund that is not out is.
TEST(Beside, SomebodyIsInARowOfTheNation) {
  World world = ThreeForbund(13, 150, 230);
  for (int number = 1; number <= 3; ++number) {
    world.Register(testing::ARegistration()
                       .Of(outcome::Woman(number, "1986-06-06"))
                       .Before(SituationWith("forsorjningsstod", 0))
                       .Educated("uppgift_saknas")
                       .Entering(testing::On("2019-03-01")),
                   "2021-07-01", testing::TestId<InsatsId>(kSecond + 1),
                   kSecond);
  }
  const Around around = AroundForbund(world, {});
  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);
  outcome::OutcomeReport truth = around.nation->truth;
  std::erase_if(truth.breakdowns, [](const outcome::BreakdownRow& row) {
    return row.dimension == outcome::Dimension::kForbund;
  });
  const KeyedTable nation(truth, table.Measures());
  const CellId ongoing =
      nation.CellAt({outcome::Dimension::kEducation, "uppgift_saknas", ""},
                    SlotOf(kOngoing, Sex::kBoth));
  ASSERT_EQ(nation.ValueOf(ongoing), 3);

  const std::vector<Witness> nobody =
      table.Origins().Find({{{Origin::Kind::kNation}}, {{{0, ongoing, -3}}}});

  ASSERT_THAT(nobody.front(), SizeIs(1));
  EXPECT_TRUE(BreaksMore(table.Model(), nobody.front().front()));
}

TEST(Beside, WhatTheNationPrintsOfAForbundIsOut) {
  const World world = ThreeForbund(13, 10, 12);
  const Around around = AroundForbund(world);

  const ReleaseTable table(ReportOf(world, kFirst), {}, nullptr, &around);

  const CellId base =
      table.Model().CellAt(table.Cells().whole.id, SlotOf(kBase, Sex::kBoth));
  EXPECT_TRUE(table.Model().At(base).settled);
  EXPECT_FALSE(table.Model().At(SjukpenningBefore(table)).settled);
}

TEST(Beside, RowsOfThoseWhoAreOutStay) {
  const World world = ThreeForbund(13, 10, 12);
  const Around around{.nation = std::nullopt,
                      .forbund = {{ReportOf(world, kSecond), {}}}};

  const ReleaseTable table(NationOf(world), {}, nullptr, &around);

  for (size_t i = 0; i < table.Cells().rows.size(); ++i) {
    const outcome::BreakdownRow& row = table.Truth().breakdowns[i];
    if (row.dimension != outcome::Dimension::kForbund) continue;
    const Cell& base = table.Model().At(table.Model().CellAt(
        table.Cells().rows[i].id, SlotOf(kBase, Sex::kBoth)));
    EXPECT_EQ(base.of_others, row.value == "Andra");
    EXPECT_EQ(base.least == base.most, row.value == "Andra");
  }
}

}  // namespace
}  // namespace stegvis::disclosure
