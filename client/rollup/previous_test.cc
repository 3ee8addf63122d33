#include "client/rollup/previous.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stegvis::rollup {
namespace {

using Source = v1::RollupSource;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void AddRow(const std::string& forbund, int registered,
            v1::OutcomeReport& report) {
  v1::BreakdownRow& row = *report.add_breakdowns();
  row.set_dimension("FORBUND");
  row.set_value(forbund);
  row.mutable_participants()->mutable_registered()->set_total(registered);
}

void AddSource(const std::string& number, const std::string& forbund,
               Source::State state, v1::OutcomeReport& report) {
  Source& source = *report.add_sources();
  source.set_organization_number(number);
  source.set_forbund(forbund);
  source.set_state(state);
}

v1::OutcomeReport LastYears() {
  v1::OutcomeReport report;
  AddRow("Norr", 30, report);
  AddRow("Söder", 60, report);
  AddRow("Väst", 10, report);
  return report;
}

TEST(CompareWithPrevious, SharesOutWhatTheMissingHad) {
  v1::OutcomeReport report;
  AddSource("222000-1230", "Norr", Source::STATE_SEALED, report);
  AddSource("222000-1248", "Söder", Source::STATE_MISSING, report);
  AddSource("222000-1255", "Väst", Source::STATE_PRELIMINARY, report);

  ASSERT_TRUE(CompareWithPrevious(LastYears(), report).ok());

  EXPECT_DOUBLE_EQ(report.previous_missing_share(), 0.6);
  EXPECT_THAT(report.previous_missing(), ElementsAre("Söder"));
}

TEST(CompareWithPrevious, MissesWhatNobodyTellsOf) {
  v1::OutcomeReport report;
  AddSource("222000-1230", "Norr", Source::STATE_SEALED, report);

  ASSERT_TRUE(CompareWithPrevious(LastYears(), report).ok());

  EXPECT_DOUBLE_EQ(report.previous_missing_share(), 0.7);
  EXPECT_THAT(report.previous_missing(), ElementsAre("Söder", "Väst"));
}

TEST(CompareWithPrevious, KnowsByItsNumberWhoHasTakenAnotherName) {
  v1::OutcomeReport previous = LastYears();
  AddSource("222000-1230", "Norr", Source::STATE_SEALED, previous);
  AddSource("222000-1248", "Söder", Source::STATE_SEALED, previous);
  AddSource("222000-1255", "Väst", Source::STATE_SEALED, previous);
  v1::OutcomeReport report;
  AddSource("222000-1230", "Nya Norr", Source::STATE_SEALED, report);
  AddSource("222000-1248", "Söder", Source::STATE_SEALED, report);
  AddSource("222000-1255", "", Source::STATE_MISSING, report);

  ASSERT_TRUE(CompareWithPrevious(previous, report).ok());

  EXPECT_THAT(report.previous_missing(), ElementsAre("Väst"));
  EXPECT_EQ(report.sources(2).forbund(), "Väst");
}

TEST(CompareWithPrevious, SaysZeroWhenAllAreThere) {
  v1::OutcomeReport previous;
  AddRow("Norr", 30, previous);
  v1::OutcomeReport report;
  AddSource("222000-1230", "Norr", Source::STATE_SEALED, report);

  ASSERT_TRUE(CompareWithPrevious(previous, report).ok());

  EXPECT_TRUE(report.has_previous_missing_share());
  EXPECT_EQ(report.previous_missing_share(), 0);
  EXPECT_THAT(report.previous_missing(), IsEmpty());
}

TEST(CompareWithPrevious, RefusesAReportThatDoesNotTell) {
  v1::OutcomeReport report;
  v1::OutcomeReport previous;
  EXPECT_FALSE(CompareWithPrevious(previous, report).ok());

  AddRow("Norr", 30, previous);
  // Withheld in a release.
  previous.mutable_breakdowns(0)
      ->mutable_participants()
      ->mutable_registered()
      ->clear_total();
  EXPECT_FALSE(CompareWithPrevious(previous, report).ok());
}

}  // namespace
}  // namespace stegvis::rollup
