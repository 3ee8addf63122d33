// Small tables by hand, of which one can see what a reader may conclude, and
// reports of random people.
#include "services/disclosure/protect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "services/disclosure/programme.h"
#include "services/disclosure/release.h"
#include "services/disclosure/witness.h"
#include "services/outcome/make_report.h"
#include "services/outcome/random_world.h"
#include "services/outcome/test_world.h"

namespace stegvis::disclosure {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// A table of a whole and some rows, each with the same slots; the last slot of
// each block is the sum of the others.
class ATable {
 public:
  ATable& Row(const std::vector<int64_t>& values) {
    rows_.push_back(values);
    return *this;
  }

  // As by the first rule.
  ReleaseModel Model() const {
    ReleaseModel model;
    const size_t slots = rows_.front().size();
    std::vector<int64_t> sums(slots);
    for (const auto& row : rows_) {
      for (size_t i = 0; i < slots; ++i) sums[i] += row[i];
    }
    const BlockId whole = AddBlock(sums, model);
    std::vector<BlockId> rows;
    for (const auto& row : rows_) rows.push_back(AddBlock(row, model));
    model.SetGroup(model.AddGroup(whole, rows));
    for (Slot slot = 0; slot < slots; ++slot) {
      std::vector<Term> terms = {{model.CellAt(whole, slot), -1}};
      for (const BlockId row : rows) {
        terms.push_back({model.CellAt(row, slot), 1});
      }
      model.AddEqual(terms);
    }
    model.Finish();
    return model;
  }

 private:
  static BlockId AddBlock(const std::vector<int64_t>& values,
                          ReleaseModel& model) {
    const BlockId block = model.AddBlock(values.size());
    std::vector<Term> terms;
    for (Slot slot = 0; slot < values.size(); ++slot) {
      const bool last = slot + 1 == values.size();
      Cell cell{.value = values[slot], .block = block, .slot = slot};
      cell.shown = IsSmall(values[slot]) ? Shown::kWithheld : Shown::kPrinted;
      cell.least = values[slot] == 0 ? 0 : 1;
      terms.push_back(
          {model.AddCell(cell), static_cast<int8_t>(last ? -1 : 1)});
    }
    model.SetBlock(block);
    model.AddEqual(terms);
    return block;
  }

  std::vector<std::vector<int64_t>> rows_;
};

Protection ProtectionOf(ReleaseModel& model) {
  return Protect(model, kBetweenBlocks);
}

TEST(Protect, WithholdsNothingWhereNothingIsSmall) {
  ReleaseModel model = ATable().Row({10, 20, 30}).Row({8, 9, 17}).Model();

  const Protection protection = ProtectionOf(model);

  EXPECT_THAT(protection.further, IsEmpty());
  EXPECT_THAT(protection.proofs, IsEmpty());
}

TEST(Protect, WithholdsThreeMoreForOneOfTwoTimesTwo) {
  ReleaseModel model = ATable().Row({3, 20, 23}).Row({18, 19, 37}).Model();

  const Protection protection = ProtectionOf(model);

  EXPECT_THAT(protection.further, SizeIs(3));
  EXPECT_THAT(protection.unsafe, IsEmpty());
  EXPECT_THAT(Disprove(model, protection), IsEmpty());
}

TEST(Protect, TakesWhatIsWithheldAnyway) {
  ReleaseModel model =
      ATable().Row({3, 20, 23}).Row({18, 2, 20}).Row({30, 31, 61}).Model();

  const Protection protection = ProtectionOf(model);

  // Two rows and two columns would do for both, if each could fall by four.
  EXPECT_THAT(protection.further, SizeIs(::testing::Le(4)));
  EXPECT_THAT(Disprove(model, protection), IsEmpty());
}

TEST(Protect, SaysWhatNothingCanProtect) {
  ReleaseModel model = ATable().Row({3, 20, 23}).Row({18, 19, 37}).Model();
  for (CellId cell = 0; cell < model.Cells(); ++cell) model.Settle(cell);

  const Protection protection = ProtectionOf(model);

  EXPECT_THAT(protection.unsafe, ElementsAre(model.CellAt(1, 0)));
  EXPECT_THAT(Disprove(model, protection), ElementsAre(model.CellAt(1, 0)));
}

TEST(Protect, LeavesAloneWhatIsOut) {
  ReleaseModel model = ATable().Row({3, 20, 23}).Row({18, 19, 37}).Model();
  ReleaseModel settled = ATable().Row({3, 20, 23}).Row({18, 19, 37}).Model();
  settled.Settle(settled.CellAt(1, 1));

  const Protection free = ProtectionOf(model);
  const Protection bound = ProtectionOf(settled);

  EXPECT_THAT(bound.further, Not(::testing::Contains(settled.CellAt(1, 1))));
  EXPECT_THAT(Disprove(settled, bound), IsEmpty());
  EXPECT_THAT(Disprove(model, free), IsEmpty());
}

// Whether the cell may be kSpan more, or less, beside what is printed now.
bool MayBeOtherwise(CellId cell, ReleaseModel model) {
  for (CellId other = 0; other < model.Cells(); ++other) model.Settle(other);
  model.Guard(cell);
  return ProtectionOf(model).unsafe.empty();
}

// It is withheld without need, and anyone can work it out: to nobody's help.
TEST(Protect, GivesHeadroomToWhatIsToHaveIt) {
  for (const int64_t by : {kSpan, -kSpan}) {
    ReleaseModel without =
        ATable().Row({12, 30, 42}).Row({18, 19, 37}).Row({30, 31, 61}).Model();
    const CellId cell = without.CellAt(1, 0);
    without.Withhold(cell);
    ReleaseModel with = without;

    const Protection protection =
        Protect(with, kBetweenBlocks, {.headroom = {{cell, by}}});

    EXPECT_THAT(ProtectionOf(without).further, IsEmpty());
    EXPECT_FALSE(MayBeOtherwise(cell, without));
    EXPECT_THAT(protection.further, SizeIs(3));
    EXPECT_TRUE(MayBeOtherwise(cell, with));
    EXPECT_THAT(protection.proofs, IsEmpty());
  }
}

TEST(Protect, GoesWithoutHeadroomWhereThereCanBeNone) {
  ReleaseModel model =
      ATable().Row({3, 30, 33}).Row({18, 19, 37}).Row({30, 31, 61}).Model();
  const CellId other = model.CellAt(2, 0), small = model.CellAt(1, 0);
  model.Withhold(other);
  model.LimitTo(other, model.At(other).value);
  model.LimitTo(small, kSpan);

  const Protection protection = Protect(
      model, kBetweenBlocks, {.headroom = {{other, kSpan}, {small, kSpan}}});

  EXPECT_THAT(protection.unsafe, ElementsAre(small));
  EXPECT_THAT(protection.further, IsEmpty());
}

TEST(Protect, EndsWhenTooManyCountsAreUnsafe) {
  ReleaseModel model = ATable().Row({3, 2, 5}).Row({18, 19, 37}).Model();
  for (CellId cell = 0; cell < model.Cells(); ++cell) model.Settle(cell);

  const Protection one = Protect(model, kBetweenBlocks, {.most_unsafe = 1});

  EXPECT_THAT(ProtectionOf(model).unsafe, SizeIs(2));
  EXPECT_THAT(one.unsafe, SizeIs(1));
  EXPECT_THAT(Disprove(model, one), SizeIs(2));
}

// What once fitted moves too far now: as far as it can is enough.
TEST(Protect, MendsAKeptWitnessThatNoLongerFits) {
  ReleaseModel model =
      ATable().Row({3, 6, 9}).Row({18, 19, 37}).Row({30, 31, 61}).Model();
  const Protection found = ProtectionOf(model);
  ASSERT_THAT(found.witnesses, Not(IsEmpty()));

  for (const Witness& fits : found.witnesses) {
    Witness too_far = fits;
    for (Difference& difference : too_far) difference.by *= 30;
    ASSERT_NE(Check(model, too_far), Misfit::kNone);
    const Witness mended =
        Mend(model, too_far, {{too_far[0].cell, too_far[0].by}});
    EXPECT_EQ(Check(model, mended), Misfit::kNone);
    EXPECT_GE(SpanOf(model, too_far[0].cell, {&mended}).Width(),
              SpanOf(model, too_far[0].cell, {&fits}).Width());
  }
}

TEST(Protect, ProvesNothingByAKeptWitnessThatCannotBeMended) {
  ReleaseModel model = ATable().Row({3, 20, 23}).Row({18, 19, 37}).Model();
  for (CellId cell = 0; cell < model.Cells(); ++cell) model.Settle(cell);
  const CellId small = model.CellAt(1, 0);

  const Protection protection =
      Protect(model, kBetweenBlocks, {.kept = {{{small, 4}}}, .quick = true});

  EXPECT_THAT(Disprove(model, protection), ElementsAre(small));
}

class AWitness : public ::testing::Test {
 protected:
  AWitness()
      : model_(ATable().Row({3, 20, 23}).Row({18, 19, 37}).Model()),
        protection_(ProtectionOf(model_)) {}

  ReleaseModel model_;
  Protection protection_;
};

TEST_F(AWitness, FitsAsItWasFound) {
  for (const Witness& witness : protection_.witnesses) {
    EXPECT_EQ(Check(model_, witness), Misfit::kNone);
  }
}

TEST_F(AWitness, DoesNotFitWhenItChangesWhatIsPrinted) {
  Witness witness = protection_.witnesses[0];
  witness.push_back({model_.CellAt(0, 2), 4});

  EXPECT_EQ(Check(model_, witness), Misfit::kPrintedDiffers);
}

TEST_F(AWitness, DoesNotFitWhenASumDiffers) {
  Witness witness = protection_.witnesses[0];
  witness.pop_back();

  EXPECT_EQ(Check(model_, witness), Misfit::kSumDiffers);
}

TEST_F(AWitness, DoesNotFitWhenAWithheldCountWouldBeNone) {
  EXPECT_EQ(Check(model_, {{model_.CellAt(1, 0), -3}}), Misfit::kOutOfBounds);
}

TEST_F(AWitness, ProvesNothingWhenItIsTooNear) {
  Protection nearer = protection_;
  for (Witness& witness : nearer.witnesses) {
    for (Difference& difference : witness) {
      difference.by = difference.by > 0 ? 1 : -1;
    }
  }

  EXPECT_THAT(Disprove(model_, nearer), ElementsAre(model_.CellAt(1, 0)));
}

TEST_F(AWitness, OfAnotherCellProvesNothing) {
  Protection without = protection_;
  without.proofs.clear();

  EXPECT_THAT(Disprove(model_, without), ElementsAre(model_.CellAt(1, 0)));
}

// The standard release of a förbund of random people.
outcome::OutcomeReport RandomReport(unsigned seed, int participations) {
  std::mt19937 random(seed);
  const outcome::World world = outcome::RandomWorld(random, participations);
  outcome::ReportRequest request = outcome::YearRequest(2020);
  for (int i = 0; i < outcome::kDimensions; ++i) {
    const auto dimension = static_cast<outcome::Dimension>(i);
    if (dimension != outcome::Dimension::kKommun) {
      request.breakdowns.push_back(dimension);
    }
  }
  return world.Report(request);
}

struct Released : ReleaseTable {
  explicit Released(outcome::OutcomeReport from)
      : ReleaseTable(std::move(from)), model(Model()), cells(Cells()) {}

  ReleaseModel& model;
  const ReportCells& cells;
};

TEST(RelationsOfAReport, HoldForRandomPeople) {
  for (unsigned seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(seed);
    const Released released(RandomReport(seed, 200));

    EXPECT_THAT(released.model.Contradictions(), IsEmpty());
  }
}

TEST(RelationsOfAReport, LeaveNothingOpenAboutADueDayThatHasPassed) {
  Released released(RandomReport(1, 200));

  const BlockId whole = released.cells.whole.id;
  for (const Sex sex : kSexes) {
    EXPECT_EQ(released.model.CellAt(whole, SlotOf(kMonth6 + kDue, sex)),
              released.model.CellAt(whole, SlotOf(kMonth12 + kDue, sex)));
  }
}

TEST(RelationsOfAReport, SayHowLargeABaseIsThatStandsWithOthers) {
  Released released(RandomReport(1, 200));

  for (const BlockCells& row : released.cells.rows) {
    const Cell& base = released.model.At(
        released.model.CellAt(row.id, SlotOf(kBase, Sex::kBoth)));
    if (row.base_alone) {
      EXPECT_EQ(base.most, kLeastBase - 1);
    } else {
      EXPECT_EQ(base.least, kLeastBase);
    }
  }
}

TEST(RelationsOfAReport, SumThoseWithoutExitByYearAndByEndReason) {
  Released released(RandomReport(1, 200));
  const CellId without = released.model.CellAt(released.cells.without_exit.id,
                                               SlotOf(kOngoing, Sex::kWomen));

  // One for each of the two breakdowns, and who started is one of them.
  EXPECT_THAT(released.model.RelationsOf(without), SizeIs(::testing::Ge(3)));
}

TEST(RelationsOfAReport, TellAReportThatContradictsItself) {
  outcome::OutcomeReport report = RandomReport(1, 200);
  ++report.whole.occupation[4].before.total;
  const Released released(std::move(report));

  EXPECT_THAT(released.model.Contradictions(), Not(IsEmpty()));
}

TEST(Families, BindWhatTheDefinitionsBindInABlock) {
  const Released released(RandomReport(1, 1000));
  const Families families(released.model, released.cells.flow_block);
  const Measures& measures = released.Measures();
  ASSERT_THAT(released.cells.flows, Not(IsEmpty()));
  const size_t sick = *measures.Find("sjukpenning", /*is_group=*/false);
  const size_t group = *measures.Find("OHALSA", /*is_group=*/true);
  const auto cell = [&](Measure measure, Sex sex) {
    return released.model.CellAt(released.cells.whole.id, SlotOf(measure, sex));
  };

  const CellId women = cell(measures.Before(sick), Sex::kWomen);
  EXPECT_TRUE(families.AreKin(women, cell(measures.Before(sick), Sex::kMen)));
  EXPECT_TRUE(families.AreKin(women, cell(measures.Before(group), Sex::kBoth)));
  EXPECT_FALSE(families.AreKin(women, cell(measures.After(sick), Sex::kWomen)));
  EXPECT_FALSE(families.AreKin(women, cell(kBegan, Sex::kWomen)));
  EXPECT_TRUE(families.AreKin(women, released.cells.flows.front().total));
}

// A programme only proposes; and a larger one finds what a smaller one does.
TEST(SolveForMove, FindsMovesThatFitOnceTheirCellsAreWithheld) {
  Released released(RandomReport(5, 60));
  const Families families(released.model, released.cells.flow_block);
  int found = 0;
  for (CellId cell = 0; cell < released.model.Cells() && found < 20; ++cell) {
    if (!IsToProtect(released.model.At(cell))) continue;
    int64_t by_smaller = 0;
    for (const Scope& scope : {kScopes[0], kScopes[3]}) {
      const std::optional<Move> move =
          SolveForMove(released.model, families, scope, cell, kSpan);
      const int64_t by = move.has_value() ? move->by : 0;
      EXPECT_GE(by, by_smaller) << cell;
      by_smaller = by;
      if (!move.has_value()) continue;
      ++found;
      for (const CellId it : move->to_withhold) released.model.Withhold(it);
      EXPECT_EQ(Check(released.model, move->witness), Misfit::kNone) << cell;
      for (const CellId it : move->to_withhold) released.model.Print(it);
    }
  }
  EXPECT_GE(found, 20);
}

TEST(Protect, ProvesReleasesOfRandomPeople) {
  for (unsigned seed = 1; seed <= 2; ++seed) {
    SCOPED_TRACE(seed);
    Released released(RandomReport(seed, 60));

    const Protection protection =
        Protect(released.model, released.cells.flow_block);

    EXPECT_EQ(Disprove(released.model, protection), protection.unsafe);
    EXPECT_THAT(protection.proofs, Not(IsEmpty()));
  }
}

TEST(Protect, DoesTheSameTwice) {
  Released once(RandomReport(7, 40)), again(RandomReport(7, 40));

  const Protection first = Protect(once.model, once.cells.flow_block);
  const Protection second = Protect(again.model, again.cells.flow_block);

  EXPECT_EQ(first.further, second.further);
  EXPECT_EQ(first.witnesses.size(), second.witnesses.size());
}

TEST(Protect, PrintsEveryZero) {
  Released released(RandomReport(3, 40));

  Protect(released.model, released.cells.flow_block);

  for (CellId cell = 0; cell < released.model.Cells(); ++cell) {
    const Cell& it = released.model.At(cell);
    EXPECT_FALSE(it.value == 0 && it.shown == Shown::kWithheld) << cell;
  }
}

}  // namespace
}  // namespace stegvis::disclosure
