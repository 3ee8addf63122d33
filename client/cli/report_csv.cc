#include "client/cli/report_csv.h"

#include <cstdio>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "client/cli/csv_writer.h"
#include "client/cli/report_figures.h"
#include "client/cli/report_notes.h"
#include "client/cli/report_walk.h"
#include "client/cli/rollup_words.h"

namespace stegvis::cli {
namespace {

// As many digits as tell every double from its neighbours.
std::string CellText(const Figure& figure) {
  if (figure.state == Figure::State::kWithheld) return kWithheldSign;
  return figure.Known() ? absl::StrFormat("%.17g", figure.value) : "";
}

// A name that a spreadsheet would run as a formula begins with an apostrophe.
std::string Harmless(const std::string& name) {
  constexpr absl::string_view kStarts = "=+-@\t\r";
  const bool runs = !name.empty() && absl::StrContains(kStarts, name[0]);
  return runs ? absl::StrCat("'", name) : name;
}

// Writes the rows of one block: the whole report or a row of a breakdown.
class BlockWriter : public FigureSink {
 public:
  BlockWriter(std::string dimension, const std::string& value,
              const std::string& forbund, std::ostream& out)
      : dimension_(std::move(dimension)),
        value_(Harmless(value)),
        forbund_(Harmless(forbund)),
        out_(out) {}

  void Count(absl::string_view block, absl::string_view key,
             absl::string_view measure, const v1::PeopleCount& count) override {
    Row(block, key, measure, CellText(TotalOf(count)), CellText(WomenOf(count)),
        CellText(MenOf(count)), "");
  }

  void Number(absl::string_view block, absl::string_view key,
              absl::string_view measure, const Figure& figure) override {
    Row(block, key, measure, "", "", "", CellText(figure));
  }

 private:
  void Row(absl::string_view block, absl::string_view key,
           absl::string_view measure, std::string total, std::string women,
           std::string men, std::string number) {
    WriteCsvRow({std::string(block), dimension_, value_, forbund_,
                 std::string(key), std::string(measure), std::move(total),
                 std::move(women), std::move(men), std::move(number)},
                out_);
  }

  const std::string dimension_, value_, forbund_;
  std::ostream& out_;
};

void WriteFlows(const v1::OutcomeReport& report, BlockWriter& out) {
  for (const v1::Flow& flow : report.flows()) {
    out.Count("flows", absl::StrCat(flow.from(), ">", flow.to()), "count",
              flow.count());
  }
}

void WriteSources(const v1::OutcomeReport& report, std::ostream& out) {
  for (const v1::RollupSource& source : report.sources()) {
    WriteCsvRow({"source", "", absl::StrJoin(source.addresses(), " "),
                 Harmless(source.forbund()), source.organization_number(),
                 SourceStateName(source), "", "", "", ""},
                out);
  }
}

}  // namespace

void WriteReportCsv(const v1::OutcomeReport& given, std::ostream& out) {
  const v1::OutcomeReport report = WithWithheldNamed(given);
  WriteCsvRow({"block", "dimension", "value", "forbund", "key", "measure",
               "total", "women", "men", "number"},
              out);
  WriteSources(report, out);
  BlockWriter whole("", "", "", out);
  WalkBlock(report, whole);
  WriteFlows(report, whole);
  for (const v1::BreakdownRow& row : report.breakdowns()) {
    BlockWriter writer(row.dimension(), row.value(), row.forbund(), out);
    WalkBlock(row, writer);
  }
  if (report.published()) {
    WriteCsvRow(
        {"note", "", "", "", kWithheldSign, kWithheldMeaning, "", "", "", ""},
        out);
  }
}

}  // namespace stegvis::cli
