// What a release of true reports costs: how many cells are withheld, and how
// long it takes to find them.
//
//   release_bench REPORT.json …     each the output of stegvis report --format
//                                   json with every --by of its level
//   release_bench --beside [--write FOLDER] REPORT.json …
//                                   each beside those before it that were let
//                                   out; what is let out, as a file of the
//                                   same name in the folder. What is there
//                                   already is out: a run goes on where it
//                                   was ended
#include <google/protobuf/util/json_util.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "services/disclosure/protect.h"
#include "services/disclosure/release.h"
#include "services/disclosure/together.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/kept_witnesses.h"
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

disclosure::Level LevelOf(const outcome::OutcomeReport& report) {
  return report.forbund.size() > 1 ? disclosure::Level::kNation
                                   : disclosure::Level::kForbund;
}

// Lets out the report of a file by itself and returns it as it is then.
disclosure::EarlierRelease Measure(const char* file) {
  const outcome::OutcomeReport report = ReportIn(file);
  const absl::Time begin = absl::Now();
  disclosure::ReleaseTable table(report);
  disclosure::ReleaseModel& model = table.Model();
  for (const auto relation : model.Contradictions()) {
    std::string text;
    for (const auto& term : model.TermsOf(relation)) {
      text += (term.sign > 0 ? " +" : " -") + table.NameOf(term.cell) + "=" +
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
  const disclosure::Protection protection =
      disclosure::MakeSafe(LevelOf(report), table);
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
    std::printf("  open: %s\n", table.NameOf(disproved[i]).c_str());
  }
  return {report, further};
}

// The same beside the others, safe in its own table, too, as the server has it.
disclosure::EarlierRelease OwnOf(const outcome::OutcomeReport& report,
                                 const disclosure::Together& together) {
  disclosure::ReleaseTable table(report);
  for (const auto cell : together.further) table.Model().Withhold(cell);
  const disclosure::Protection protection =
      disclosure::MakeSafe(LevelOf(report), table, {.kept = together.own});
  disclosure::EarlierRelease release{report, disclosure::FurtherOf(table)};
  std::printf("  by itself %zu further, %zu open\n", release.further.size(),
              disclosure::Disprove(table.Model(), protection).size());
  return release;
}

// What is kept of a release beside what it prints.
std::filesystem::path KeptBeside(const std::filesystem::path& file) {
  return file.string() + ".kept";
}

// The release of `report` that a run before this one let out, if any.
std::optional<disclosure::EarlierRelease> LetOutBefore(
    const outcome::OutcomeReport& report, const std::filesystem::path& file,
    disclosure::WitnessesByRelease& kept) {
  std::ifstream in(KeptBeside(file), std::ios::binary);
  disclosure::EarlierRelease release{report, {}};
  size_t further = 0;
  if (!(in >> further)) return std::nullopt;
  release.further.resize(further);
  for (disclosure::CellId& cell : release.further) in >> cell;
  in.ignore();
  v1::WitnessesBeside message;
  if (!message.ParseFromIstream(&in) ||
      !handlers::AddFrom(message, kept).ok()) {
    std::fprintf(stderr, "%s is damaged\n", KeptBeside(file).c_str());
    std::exit(1);
  }
  return release;
}

void WriteKept(const disclosure::EarlierRelease& release,
               const disclosure::WitnessesByRelease& found,
               const std::filesystem::path& file) {
  std::ofstream out(KeptBeside(file), std::ios::binary);
  out << release.further.size();
  for (const disclosure::CellId cell : release.further) out << ' ' << cell;
  out << '\n';
  handlers::ToProto(found).SerializeToOstream(&out);
}

void Write(const disclosure::EarlierRelease& release,
           const std::filesystem::path& file) {
  disclosure::ReleaseTable table(release.truth);
  for (const auto cell : release.further) table.Model().Withhold(cell);
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(
      handlers::ToProto(disclosure::ReportOf(table)), &json, options);
  std::ofstream(file) << json;
}

// A release, and what was found beside others.
struct Made {
  disclosure::EarlierRelease release;
  disclosure::WitnessesByRelease found = {};
};

// The same beside the others, if it is safe there.
std::optional<Made> MeasureBeside(const char* file,
                                  const disclosure::ReleasesOut& out) {
  const outcome::OutcomeReport report = ReportIn(file);
  const absl::Time begin = absl::Now();
  disclosure::Together together =
      disclosure::PutBeside(LevelOf(report), report, out);
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begin);
  const size_t others = out.forbund.size() + (out.nation.has_value() ? 1 : 0);
  std::printf("%s: beside %zu, %s, %zu further, %zu unsafe, %.2f s\n", file,
              others, together.fits ? "fits" : "does not fit",
              together.further.size(), together.unsafe.size(), seconds);
  for (size_t i = 0; i < together.unsafe.size() && i < 25; ++i) {
    std::printf("  open in %s: %s\n",
                together.unsafe_in.empty() ? "the nation's"
                                           : together.unsafe_in.c_str(),
                together.unsafe[i].c_str());
  }
  std::fflush(stdout);
  if (!together.IsSafe()) return std::nullopt;
  disclosure::EarlierRelease release = OwnOf(report, together);
  return Made{std::move(release), std::move(together.found)};
}

// Those that are let out one after the other.
class MeasureAllBeside {
 public:
  explicit MeasureAllBeside(std::filesystem::path folder)
      : folder_(std::move(folder)) {}

  void Add(const char* file) {
    const outcome::OutcomeReport report = ReportIn(file);
    const bool is_nation = LevelOf(report) == disclosure::Level::kNation;
    const auto written = folder_ / std::filesystem::path(file).filename();
    std::optional<disclosure::EarlierRelease> release =
        LetOutBefore(report, written, out_.kept);
    if (!release.has_value()) {
      std::optional<Made> made = Make(file, is_nation);
      if (!made.has_value()) return;
      Keep(made->found, out_.kept);
      if (!folder_.empty()) {
        Write(made->release, written);
        WriteKept(made->release, made->found, written);
      }
      release = std::move(made->release);
    }
    if (is_nation) {
      out_.nation = std::move(release);
    } else {
      out_.forbund.push_back({*std::move(release)});
    }
  }

 private:
  std::optional<Made> Make(const char* file, bool is_nation) {
    const bool is_alone =
        is_nation ? out_.forbund.empty() : !out_.nation.has_value();
    if (is_alone) return Made{Measure(file)};
    return MeasureBeside(file, out_);
  }

  const std::filesystem::path folder_;
  disclosure::ReleasesOut out_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc > 2 && std::string(argv[1]) == "--beside") {
    const bool writes = argc > 4 && std::string(argv[2]) == "--write";
    MeasureAllBeside all(writes ? argv[3] : "");
    for (int i = writes ? 4 : 2; i < argc; ++i) all.Add(argv[i]);
    return 0;
  }
  for (int i = 1; i < argc; ++i) Measure(argv[i]);
  return 0;
}
