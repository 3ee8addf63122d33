#include "client/cli/report_figures.h"

#include <gtest/gtest.h>

#include "client/cli/report_examples.h"

namespace stegvis::cli {
namespace {

using State = Figure::State;

v1::PeopleCount People(int total) {
  v1::PeopleCount count;
  count.set_total(total);
  return count;
}

v1::PeopleCount Withheld() {
  v1::PeopleCount count;
  count.add_withheld("total");
  return count;
}

TEST(Figure, TellsUnknownFromWithheldFromZero) {
  EXPECT_EQ(TotalOf(v1::PeopleCount()).state, State::kUnknown);
  EXPECT_EQ(TotalOf(Withheld()).state, State::kWithheld);
  EXPECT_EQ(WomenOf(Withheld()).state, State::kUnknown);
  EXPECT_TRUE(TotalOf(People(0)).Known());
}

TEST(Figure, IsNotToldWhenItIsNamedAsWithheldButThere) {
  v1::PeopleCount count = People(3);
  count.add_withheld("total");
  EXPECT_EQ(TotalOf(count).state, State::kWithheld);
}

TEST(Figure, IsWrittenAsASignWhenThereIsNoNumber) {
  EXPECT_EQ(FigureText(Shape::kCount, {State::kUnknown}), "–");
  EXPECT_EQ(FigureText(Shape::kShare, {State::kWithheld}), "..");
  EXPECT_EQ(FigureText(Shape::kShare, {State::kTooFew}), "för få för att säga");
}

TEST(Figure, IsWrittenInItsShape) {
  const Figure share = {State::kKnown, 0.285};
  EXPECT_EQ(FigureText(Shape::kShare, share), "28,5 %");
  EXPECT_EQ(FigureText(Shape::kPoints, share), "+28,5");
  EXPECT_EQ(FigureText(Shape::kPercentChange, {State::kKnown, -0.16}),
            "−16,0 %");
  EXPECT_EQ(FigureText(Shape::kInterval, share, {State::kKnown, 0.336}),
            "28,5–33,6 %");
  EXPECT_EQ(FigureText(Shape::kCount, {State::kKnown, 24867}), "24 867");
  EXPECT_EQ(FigureText(Shape::kChange, {State::kKnown, -16}), "−16");
}

TEST(Derived, IsWithheldWhenACountInItIs) {
  const v1::PeopleCount known = People(4), withheld = Withheld();
  EXPECT_EQ(Derived(false, 0, {&known, &withheld}).state, State::kWithheld);
  EXPECT_EQ(Derived(false, 0, {&known}).state, State::kUnknown);
  EXPECT_EQ(Derived(true, 0.5, {&known}).value, 0.5);
}

TEST(ShareOf, DividesWhatIsKnown) {
  EXPECT_EQ(ShareOf(People(1), People(4)).value, 0.25);
  EXPECT_EQ(ShareOf(People(0), People(0)).state, State::kUnknown);
  EXPECT_EQ(ShareOf(Withheld(), People(4)).state, State::kWithheld);
  EXPECT_EQ(ShareOf(People(4), Withheld()).state, State::kWithheld);
}

TEST(UnlessTooFew, SaysAShareOfTheLeastBase) {
  const Figure share = {State::kKnown, 0.5};
  EXPECT_EQ(UnlessTooFew(share, People(9), 10).state, State::kTooFew);
  EXPECT_TRUE(UnlessTooFew(share, People(10), 10).Known());
  EXPECT_EQ(UnlessTooFew({State::kWithheld}, People(1), 10).state,
            State::kWithheld);
}

TEST(WithWithheldNamed, FillsABlockThatHoldsItsBaseAlone) {
  const v1::OutcomeReport given = GoldenRelease();
  ASSERT_TRUE(IsBaseAlone(given.breakdowns(1)));

  const v1::OutcomeReport report = WithWithheldNamed(given);
  const v1::BreakdownRow& row = report.breakdowns(1);

  EXPECT_EQ(TotalOf(row.participants().base()).value, 7);
  EXPECT_EQ(TotalOf(row.participants().ended()).state, State::kWithheld);
  // By age nobody knows who was registered without a person.
  EXPECT_FALSE(row.participants().has_registered());
  ASSERT_EQ(row.occupation_size(), report.occupation_size());
  EXPECT_EQ(TotalOf(row.occupation(0).after()).state, State::kWithheld);
  EXPECT_EQ(MenOf(row.support(0).change()).state, State::kWithheld);
  EXPECT_EQ(TotalOf(row.follow_up(0).due()).state, State::kWithheld);
}

TEST(WithWithheldNamed, LeavesAReportOfTrueCountsAsItIs) {
  const v1::OutcomeReport given = GoldenReport();
  EXPECT_EQ(WithWithheldNamed(given).SerializeAsString(),
            given.SerializeAsString());
}

}  // namespace
}  // namespace stegvis::cli
