#include "client/cli/report_table.h"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "client/cli/report_csv.h"

namespace stegvis::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Golden(const std::string& name) {
  std::ifstream in(std::string(STEGVIS_SOURCE_DIR "/tests/golden/cli/") + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

v1::OutcomeReport GoldenReport() {
  v1::OutcomeReport report;
  const auto status = google::protobuf::util::JsonStringToMessage(
      Golden("report.json"), &report);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return report;
}

CodeLabels Labels() {
  v1::ListCodesResponse codes;
  const auto add = [&](const char* list, const char* code, const char* label) {
    v1::Code& entry = *codes.add_codes();
    entry.set_list(list);
    entry.set_code(code);
    entry.set_label(label);
  };
  add("SUPPORT_SOURCE", "sjukpenning", "Sjukpenning");
  add("SUPPORT_SOURCE", "forsorjningsstod", "Försörjningsstöd");
  add("SUPPORT_GROUP", "OHALSA", "Ersättning vid ohälsa");
  add("END_REASON", "felregistrering", "Felregistrering");
  return CodeLabels(codes);
}

// Changed on purpose? Write what is printed to tests/golden/cli/report.txt.
TEST(ReportTable, ReadsAsItAlwaysDid) {
  EXPECT_EQ(ReportTable(GoldenReport(), Labels()), Golden("report.txt"));
}

TEST(ReportTable, NamesUnreadableRecordsLoudly) {
  v1::OutcomeReport report = GoldenReport();
  report.mutable_participants()->set_unreadable(2);
  report.add_unreadable_records("forbund/1/insatser/2/participations/3");

  const std::string text = ReportTable(report, Labels());

  EXPECT_THAT(text, HasSubstr("!!! 2 POSTER GÅR INTE ATT ÖPPNA"));
  EXPECT_THAT(text, HasSubstr("!!! forbund/1/insatser/2/participations/3\n"));
}

TEST(ReportTable, CountsForbundWhenTheyAreMany) {
  v1::OutcomeReport report;
  for (int i = 0; i < 78; ++i) report.add_forbund("F");
  EXPECT_THAT(ReportTable(report, Labels()),
              StartsWith("Resultat för 78 förbund\n"));
}

TEST(ReportTable, ShowsDashesForWhatIsNotKnown) {
  const std::string text = ReportTable(v1::OutcomeReport(), Labels());
  EXPECT_THAT(text, HasSubstr("täckning okänd"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(ReportCsv, ReadsAsItAlwaysDid) {
  std::ostringstream out;
  WriteReportCsv(GoldenReport(), out);
  EXPECT_EQ(out.str(), Golden("report.csv"));
}

}  // namespace
}  // namespace stegvis::cli
