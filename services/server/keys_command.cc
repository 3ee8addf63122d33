#include "services/server/keys_command.h"

#include <unistd.h>

#include <cstdint>
#include <iostream>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "services/base/clock.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/offline/keys.h"
#include "services/offline/share_input.h"
#include "services/server/explain.h"
#include "services/server/process.h"

namespace stegvis::server {
namespace {

using offline::Drill;
using Work = KeysOptions::Work;

constexpr char kFileOfStdin[] = "stdin";

// What was done, or a finding that is no success.
struct Report {
  bool done = true;
  std::string line;  // Empty: nothing needs to be said.
};

absl::StatusOr<Report> Share(const KeysOptions& options) {
  HoldBackStopSignals();  // All shares or none.
  ASSIGN_OR_RETURN(const std::vector<seal::SecretText> pages,
                   offline::MakeSharePages(options.key_source, options.sharing,
                                           SwedishDay(SystemClock().Now())));
  if (options.folder.empty()) {
    RETURN_IF_ERROR(offline::PrintSharePages(pages, STDOUT_FILENO));
    return Report{};
  }
  RETURN_IF_ERROR(offline::WriteSharePages(pages, options.folder));
  return Report{
      true, absl::StrCat(pages.size(), " andelar ligger i ", options.folder,
                         ", och ", options.sharing.need,
                         " av dem behövs. Skriv ut dem, radera sedan filerna "
                         "och lägg pappren på olika låsta platser.")};
}

offline::ShareSource SharesOf(const KeysOptions& options) {
  if (!options.shares.empty()) {
    return [&options] { return offline::ReadShareFiles(options.shares); };
  }
  if (isatty(STDIN_FILENO) == 1) {
    return [] { return offline::AskForShares(STDIN_FILENO); };
  }
  return [] { return offline::ReadShares(STDIN_FILENO); };
}

absl::StatusOr<Report> Recover(const KeysOptions& options) {
  const offline::ShareSource shares = [&options] {
    auto read = SharesOf(options)();
    HoldBackStopSignals();  // Whoever types may stop; what is written is whole.
    return read;
  };
  ASSIGN_OR_RETURN(const uint32_t version,
                   offline::RecoverKeySource(options.key_source, shares));
  return Report{true, absl::StrCat("Nyckelkällan (version ", version,
                                   ") är återskapad: ", options.key_source)};
}

std::string LineOf(const Drill& drill) {
  switch (drill.outcome) {
    case Drill::Outcome::kWorks:
      return absl::StrCat("Andelarna fungerar: de ger nyckelkällan (version ",
                          drill.source_version, ").");
    case Drill::Outcome::kOlder:
      return absl::StrCat("Andelarna hör till en äldre nyckelkälla (version ",
                          drill.share_version, "; den som används har version ",
                          drill.source_version,
                          "). Gör nya med: stegvis keys share.");
    case Drill::Outcome::kNewer:
      return absl::StrCat("Andelarna hör till en nyare nyckelkälla (version ",
                          drill.share_version, "; filen har version ",
                          drill.source_version,
                          "). Kontrollera att filen är rätt.");
    case Drill::Outcome::kOther:
      return "Andelarna hör till en annan nyckelkälla. Kontrollera att filen "
             "är rätt, eller gör nya med: stegvis keys share.";
  }
  return std::string();
}

absl::StatusOr<Report> DoDrill(const KeysOptions& options) {
  ASSIGN_OR_RETURN(const Drill drill,
                   offline::DrillShares(options.key_source, SharesOf(options)));
  return Report{drill.outcome == Drill::Outcome::kWorks, LineOf(drill)};
}

absl::StatusOr<Report> Do(const KeysOptions& options) {
  switch (options.work) {
    case Work::kShare:
      return Share(options);
    case Work::kRecover:
      return Recover(options);
    case Work::kDrill:
      return DoDrill(options);
  }
  return errors::Bug("keys");
}

// `FILE:LINE: ` out of the field `file N.line N.group N`, as far as it goes.
std::string PlaceIn(const KeysOptions& options, const std::string& field) {
  std::string file = kFileOfStdin;
  std::string line;
  for (absl::string_view step : absl::StrSplit(field, '.')) {
    size_t number = 0;
    if (absl::ConsumePrefix(&step, "file ") &&
        absl::SimpleAtoi(step, &number) && number >= 1 &&
        number <= options.shares.size()) {
      file = options.shares[number - 1];
    } else if (absl::ConsumePrefix(&step, "line ")) {
      line = absl::StrCat(":", step);
    }
  }
  return absl::StrCat(file, line, ": ");
}

}  // namespace

std::string ExplainKeys(const KeysOptions& options, const absl::Status& error) {
  if (ReasonOf(error) == "KEY_SOURCE_MISSING") {
    return absl::StrCat(
        options.key_source,
        ": Nyckelkällan saknas. Kontrollera --key-source. Är den förlorad, "
        "återskapa den med: stegvis keys recover.");
  }
  const std::vector<Fault> faults = FaultsOf(error);
  const std::string place =
      faults.empty() ? std::string() : PlaceIn(options, faults.front().field);
  return absl::StrCat(place, Explain(error));
}

int WorkOnKeys(const KeysOptions& options) {
  const absl::StatusOr<Report> report = Do(options);
  if (!report.ok()) {
    std::cerr << "stegvisd: " << ExplainKeys(options, report.status())
              << std::endl;
    return 1;
  }
  if (!report->done) {
    std::cerr << "stegvisd: " << report->line << std::endl;
    return 1;
  }
  if (!report->line.empty()) std::cout << report->line << std::endl;
  return 0;
}

}  // namespace stegvis::server
