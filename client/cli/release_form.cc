#include "client/cli/release_form.h"

#include <algorithm>
#include <iostream>
#include <optional>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

using disclosure::Level;
using outcome::Dimension;

// Why no release of the level is broken down so.
std::string NotInRelease(const std::string& by, Dimension dimension,
                         const std::string& command) {
  if (dimension == Dimension::kInsats) {
    return absl::StrCat(
        "--by ", by,
        ": det som publiceras för hela landet visar inga "
        "enskilda insatser. Publicera ett förbund i stället: ",
        command == "report" ? "ange --forbund." : "stegvis report --publish.");
  }
  return absl::StrCat("--by ", by,
                      ": det som publiceras delas inte upp på kommun, för "
                      "grupperna blir för små. Utelämna den.");
}

void KeepBreakdowns(const std::vector<std::string>& by, const ReportForm& form,
                    v1::OutcomeReport& report) {
  const bool all = by.empty() && form.format != "table";
  if (all) return;
  if (by.empty() && !report.breakdowns().empty()) {
    std::cerr << "Tabellen visar bara helheten. Uppdelningarna visas med --by, "
                 "och står alla i de andra\nformerna (--format).\n";
  }
  auto& rows = *report.mutable_breakdowns();
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [&](const v1::BreakdownRow& row) {
                              return !absl::c_linear_search(by,
                                                            row.dimension());
                            }),
             rows.end());
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ReleaseBreakdowns(
    const std::vector<std::string>& by, Level level,
    const std::string& command) {
  const std::vector<Dimension> standard = disclosure::StandardBreakdowns(level);
  std::vector<std::string> names;
  for (const std::string& text : by) {
    const std::string name = absl::AsciiStrToUpper(text);
    const std::optional<Dimension> dimension = outcome::DimensionNamed(name);
    if (!dimension.has_value()) {
      return WrongUsage(absl::StrCat("--by ", Printable(text),
                                     ": dimensionen finns inte. Se stegvis ",
                                     command, " --help."));
    }
    if (!absl::c_linear_search(standard, *dimension)) {
      return WrongUsage(NotInRelease(name, *dimension, command));
    }
    names.push_back(name);
  }
  return names;
}

absl::Status WriteRelease(v1::Release release,
                          const std::vector<std::string>& by,
                          const ReportForm& form, const CodeLabels& labels) {
  v1::OutcomeReport& report = *release.mutable_report();
  KeepBreakdowns(by, form, report);
  return WriteReport(report, form, labels);
}

}  // namespace stegvis::cli
