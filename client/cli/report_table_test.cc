#include "client/cli/report_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "client/cli/report_csv.h"
#include "client/cli/report_examples.h"

namespace stegvis::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// How often `part` stands in `text`.
int Times(const std::string& text, const std::string& part) {
  int times = 0;
  for (size_t at = text.find(part); at != std::string::npos;
       at = text.find(part, at + part.size())) {
    ++times;
  }
  return times;
}

TEST(ReportTable, ReadsAsItAlwaysDid) {
  ExpectGolden(ReportTable(GoldenReport(), ExampleLabels()), "report.txt");
}

TEST(ReportTable, NamesUnreadableRecordsLoudly) {
  v1::OutcomeReport report = GoldenReport();
  report.mutable_participants()->set_unreadable(2);
  report.add_unreadable_records("forbund/1/insatser/2/participations/3");

  const std::string text = ReportTable(report, ExampleLabels());

  EXPECT_THAT(text, HasSubstr("!!! 2 POSTER GÅR INTE ATT ÖPPNA"));
  EXPECT_THAT(text, HasSubstr("!!! forbund/1/insatser/2/participations/3\n"));
}

TEST(ReportTable, CountsForbundWhenTheyAreMany) {
  v1::OutcomeReport report;
  for (int i = 0; i < 78; ++i) report.add_forbund("F");
  EXPECT_THAT(ReportTable(report, ExampleLabels()),
              StartsWith("Resultat för 78 förbund\n"));
}

TEST(ReportTable, ShowsDashesForWhatIsNotKnown) {
  const std::string text = ReportTable(v1::OutcomeReport(), ExampleLabels());
  EXPECT_THAT(text, HasSubstr("täckning okänd"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(ReportTable, ShowsWhatIsWithheldInARelease) {
  ExpectGolden(ReportTable(GoldenRelease(), ExampleLabels()), "release.txt");
}

TEST(ReportTable, ShowsTheBaseAloneOfASmallReport) {
  v1::OutcomeReport report;
  report.set_published(true);
  report.mutable_participants()->mutable_base()->set_total(19);

  const std::string text = ReportTable(report, ExampleLabels());

  EXPECT_THAT(text, HasSubstr("Underlag (n)                     19"));
  EXPECT_THAT(text, HasSubstr("Avslutade                        ..  "));
  EXPECT_THAT(text, HasSubstr("mer än hur många det är"));
  EXPECT_THAT(text, Not(HasSubstr("Sysselsättning")));
  EXPECT_THAT(text, Not(HasSubstr("  0")));
}

TEST(ReportTable, SaysNoShareOfTooFew) {
  v1::OutcomeReport report = GoldenReport();
  report.mutable_participants()->mutable_base()->set_total(9);

  const std::string text = ReportTable(report, ExampleLabels());

  EXPECT_THAT(text, HasSubstr("138  för få för att säga    388  för få för att "
                              "säga          för få"));
  EXPECT_THAT(text, HasSubstr("andelen är av färre än 10"));
  EXPECT_EQ(
      Times(ReportTable(report, ExampleLabels(), 9), "  för få för att säga"),
      0);
}

TEST(ReportTable, SaysNoPercentOfTooFewBefore) {
  v1::OutcomeReport report = GoldenReport();
  v1::SupportRow& row = *report.mutable_support(0);
  row.mutable_before()->set_total(9);
  row.set_change_percent(-0.5);

  EXPECT_THAT(ReportTable(report, ExampleLabels()), Not(HasSubstr("−50,0 %")));
}

TEST(ReportCsv, ShowsWhatIsWithheldInARelease) {
  std::ostringstream out;
  WriteReportCsv(GoldenRelease(), out);
  ExpectGolden(out.str(), "release.csv");
}

TEST(ReportCsv, GivesSpreadsheetsNoFormulaToRun) {
  std::ostringstream out;
  WriteReportCsv(ReportOfInsats("=1+1"), out);
  EXPECT_THAT(out.str(), HasSubstr(";INSATS;'=1+1;"));
  EXPECT_THAT(out.str(), Not(HasSubstr(";=1+1")));
}

TEST(ReportCsv, ReadsAsItAlwaysDid) {
  std::ostringstream out;
  WriteReportCsv(GoldenReport(), out);
  ExpectGolden(out.str(), "report.csv");
}

}  // namespace
}  // namespace stegvis::cli
