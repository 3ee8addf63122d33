#include "client/cli/report_examples.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace stegvis::cli {
namespace {

std::string PathOf(const std::string& name) {
  return STEGVIS_SOURCE_DIR "/tests/golden/cli/" + name;
}

v1::OutcomeReport Read(const std::string& name) {
  v1::OutcomeReport report;
  const auto status =
      google::protobuf::util::JsonStringToMessage(Golden(name), &report);
  EXPECT_TRUE(status.ok()) << status.ToString();
  return report;
}

}  // namespace

std::string Golden(const std::string& name) {
  std::ifstream in(PathOf(name));
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void ExpectGolden(const std::string& text, const std::string& name) {
  if (std::getenv("STEGVIS_WRITE_GOLDEN") != nullptr) {
    std::ofstream(PathOf(name)) << text;
  }
  EXPECT_EQ(text, Golden(name));
}

v1::OutcomeReport GoldenReport() { return Read("report.json"); }

v1::OutcomeReport GoldenRelease() { return Read("release.json"); }

v1::OutcomeReport ReportOfInsats(const std::string& name) {
  v1::OutcomeReport report = GoldenReport();
  for (v1::BreakdownRow& row : *report.mutable_breakdowns()) {
    if (row.dimension() == "INSATS") row.set_value(name);
  }
  return report;
}

CodeLabels ExampleLabels() {
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

}  // namespace stegvis::cli
