// What a release of true reports costs: how many cells are withheld, and how
// long it takes to find them.
//
//   release_bench REPORT.json …     each the output of stegvis report --format
//                                   json with every --by of its level
//   release_bench --beside NATION.json FORBUND.json …
//                                   first the nation's, then each beside it and
//                                   those before
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/disclosure/protect.h"
#include "services/disclosure/release.h"
#include "services/handlers/report_from_proto.h"

namespace {

using namespace stegvis;  // NOLINT(google-build-using-namespace)

outcome::OutcomeReport ReportIn(const char* file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  v1::OutcomeReport message;
  if (!google::protobuf::util::JsonStringToMessage(text.str(), &message).ok()) {
    std::fprintf(stderr, "%s is no report\n", file);
    std::exit(1);
  }
  return *handlers::FromProto(message);
}

// Lets out the report of a file and returns it as it is then.
disclosure::EarlierRelease Measure(const char* file,
                                   const disclosure::Around* around) {
  const outcome::OutcomeReport report = ReportIn(file);
  const absl::Time begin = absl::Now();
  disclosure::ReleaseTable table(report, {}, nullptr, around);
  if (!table.FitsAround()) std::printf("%s: does not fit\n", file);
  const disclosure::Measures& measures = table.Measures();
  disclosure::ReleaseModel& model = table.Model();
  const disclosure::ReportCells& cells = table.Cells();
  for (const auto relation : model.Contradictions()) {
    std::string text;
    for (const auto& term : model.TermsOf(relation)) {
      text += (term.sign > 0 ? " +" : " -") +
              disclosure::NameOf(term.cell, cells, measures, model) + "=" +
              std::to_string(model.At(term.cell).value);
    }
    std::fprintf(stderr, "contradiction:%s\n", text.c_str());
  }
  size_t printable = 0, first = 0, protect = 0;
  for (disclosure::CellId cell = 0; cell < table.OwnCells(); ++cell) {
    const auto& it = model.At(cell);
    printable += it.shown != disclosure::Shown::kHidden;
    first += it.shown == disclosure::Shown::kWithheld;
    protect += disclosure::IsToProtect(it);
  }
  const disclosure::Protection protection = disclosure::MakeSafe(
      report.forbund.size() > 1 ? disclosure::Level::kNation
                                : disclosure::Level::kForbund,
      table);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  const std::vector<disclosure::CellId> disproved =
      disclosure::Disprove(model, protection);
  const size_t open = disproved.size();
  const std::vector<disclosure::CellId> further = disclosure::FurtherOf(table);
  std::printf(
      "%s: %zu cells (%zu to print), %zu relations, %zu withheld first, %zu "
      "to protect, %zu further (%.1f %% of printed), %zu witnesses, %zu "
      "unsafe, "
      "%zu open, %.2f s\n",
      file, model.Cells(), printable, model.Relations(), first, protect,
      further.size(),
      100.0 * static_cast<double>(further.size()) /
          static_cast<double>(printable),
      protection.witnesses.size(), protection.unsafe.size(), open, seconds);
  for (size_t i = 0; i < disproved.size() && i < 25; ++i) {
    std::printf(
        "  open: %s\n",
        disclosure::NameOf(disproved[i], cells, measures, model).c_str());
  }
  return {report, further};
}

void MeasureBeside(char** begin, char** end) {
  disclosure::Around around{Measure(*begin, nullptr), {}};
  for (char** file = begin + 1; file != end; ++file) {
    around.forbund.push_back(Measure(*file, &around));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 && std::string(argv[1]) == "--beside") {
    MeasureBeside(argv + 2, argv + argc);
    return 0;
  }
  for (int i = 1; i < argc; ++i) Measure(argv[i], nullptr);
  return 0;
}
