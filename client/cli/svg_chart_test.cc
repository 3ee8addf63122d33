#include "client/cli/svg_chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/html_text.h"
#include "client/cli/svg_flow.h"

namespace stegvis::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const ChartText kText = {"bild", "Andelar", "Två staplar."};

Figure Known(double value) { return {Figure::State::kKnown, value}; }

TEST(Svg, SaysWhatItShowsToWhoDoesNotSeeIt) {
  const std::string svg = BarsSvg(kText, {}, Shape::kShare, 1);
  EXPECT_THAT(svg, HasSubstr("role=\"img\" aria-labelledby=\"bild-t bild-d\""));
  EXPECT_THAT(svg, HasSubstr("<title id=\"bild-t\">Andelar</title>"));
  EXPECT_THAT(svg, HasSubstr("<desc id=\"bild-d\">Två staplar.</desc>"));
}

TEST(Bars, AreAsLongAsTheirShareOfTheScale) {
  const std::string svg = BarsSvg(
      kText, {{"A", Known(0.25), Known(0.5), {}, {}}}, Shape::kShare, 1);
  // 76 per cent of the width is all of the scale.
  EXPECT_THAT(svg, HasSubstr("class=\"before\" x=\"0\" y=\"51\" "
                             "width=\"19.00%\""));
  EXPECT_THAT(svg, HasSubstr("class=\"after\" x=\"0\" y=\"68\" "
                             "width=\"38.00%\""));
  EXPECT_THAT(svg, HasSubstr(">50,0 %</text>"));
}

TEST(Bars, AreNotDrawnForWhatHasNoNumber) {
  const std::string svg = BarsSvg(
      kText,
      {{"A", {Figure::State::kWithheld}, {Figure::State::kTooFew}, {}, {}}},
      Shape::kShare, 1);
  EXPECT_THAT(svg, HasSubstr(">..</text>"));
  EXPECT_THAT(svg, HasSubstr(">för få för att säga</text>"));
  EXPECT_THAT(svg, Not(HasSubstr("%\" height=\"16\"")));
}

TEST(Intervals, ReachFromTheirLowToTheirHighEnd) {
  const std::string svg =
      IntervalsSvg(kText, {{"A", {}, Known(0.3), Known(0.25), Known(0.5)}}, 1);
  EXPECT_THAT(svg, HasSubstr("class=\"span\" x1=\"26.00%\""));
  EXPECT_THAT(svg, HasSubstr("x2=\"50.00%\""));
  EXPECT_THAT(svg, HasSubstr("class=\"after\" cx=\"30.80%\""));
}

TEST(Intervals, SayWhyThereIsNone) {
  const std::string svg =
      IntervalsSvg(kText, {{"A", {}, {Figure::State::kWithheld}, {}, {}}}, 1);
  EXPECT_THAT(svg, HasSubstr(">A: ..</text>"));
}

TEST(Lines, StopWhereThereIsNoShare) {
  const std::vector<ChartItem> years = {{"2013", {}, Known(0.3), {}, {}},
                                        {"2014", {}, {}, {}, {}},
                                        {"2015", {}, Known(0.4), {}, {}}};
  const std::string svg = LinesSvg(kText, years, 1);
  EXPECT_THAT(svg, Not(HasSubstr("after-line")));
  EXPECT_THAT(svg, HasSubstr(">2014</text>"));
}

TEST(Lines, JoinYearsThatFollowEachOther) {
  const std::string svg = LinesSvg(
      kText, {{"2013", {}, Known(0), {}, {}}, {"2014", {}, Known(1), {}, {}}},
      1);
  EXPECT_THAT(svg, HasSubstr("class=\"after-line\" x1=\"14.00%\" y1=\"250.0\" "
                             "x2=\"95.00%\" y2=\"50.0\""));
}

TEST(FullOf, RoundsSharesUpToAFifth) {
  EXPECT_DOUBLE_EQ(FullOf({{"A", {}, Known(0.41), {}, {}}}, Shape::kShare),
                   0.6);
  EXPECT_DOUBLE_EQ(FullOf({{"A", {}, Known(0.4), {}, {}}}, Shape::kShare), 0.4);
  EXPECT_DOUBLE_EQ(FullOf({}, Shape::kShare), 0.2);
  EXPECT_DOUBLE_EQ(FullOf({{"A", Known(41), {}, {}, {}}}, Shape::kCount), 41);
}

TEST(Flows, AreAsThickAsTheyAreMany) {
  const std::string svg =
      FlowsSvg(kText, {{"A", "X", 3, false}, {"A", "Y", 1, true}});
  // 380 pixels are all four: A begins at 8 and X takes 285 of it.
  EXPECT_THAT(svg, HasSubstr("class=\"band\" d=\"M2 8.0C50 8.0 50 8.0 98 "
                             "8.0V293.0"));
  EXPECT_THAT(svg, HasSubstr("class=\"band work\" d=\"M2 293.0"));
}

TEST(Flows, GatherTheSmallest) {
  std::vector<FlowBand> bands;
  for (int i = 0; i < 12; ++i) {
    bands.push_back({"Källa " + std::to_string(i), "X", 20.0 - i, false});
  }
  const std::string svg = FlowsSvg(kText, bands);
  EXPECT_THAT(svg, HasSubstr(">Källa 7</text>"));
  EXPECT_THAT(svg, Not(HasSubstr(">Källa 8</text>")));
  EXPECT_THAT(svg, HasSubstr(">Övriga</text>"));
}

TEST(Flows, AreNoPictureOfNothing) { EXPECT_EQ(FlowsSvg(kText, {}), ""); }

TEST(Escaped, LeavesNoMarkupAndNothingThatSteers) {
  EXPECT_EQ(Escaped("</script><b>&\"'"),
            "&lt;/script&gt;&lt;b&gt;&amp;&quot;&#39;");
  EXPECT_EQ(Escaped("a\x1b[1m\nb"), "a\uFFFD[1m b");
}

}  // namespace
}  // namespace stegvis::cli
