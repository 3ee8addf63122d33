#include "client/cli/rollup_command.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/nodes_file.h"
#include "client/cli/report_formats.h"
#include "client/cli/rollup_publication.h"
#include "client/cli/rollup_words.h"
#include "client/cli/terminal.h"
#include "client/cli/utf8.h"
#include "client/rollup/ask.h"
#include "client/rollup/previous.h"
#include "client/rollup/rollup.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

struct RollupOptions {
  int year = 0;
  std::string nodes;
  std::vector<std::string> by;
  std::string previous;
  bool publish = false;
  std::string proof;
  int deadline = 20;
  ReportForm form;
};

absl::StatusOr<std::vector<std::string>> Breakdowns(
    const std::vector<std::string>& by) {
  std::vector<std::string> names;
  for (const std::string& text : by) {
    const std::string name = absl::AsciiStrToUpper(text);
    if (!outcome::DimensionNamed(name).has_value()) {
      return WrongUsage(
          absl::StrCat("--by ", Printable(text),
                       ": dimensionen finns inte. Se stegvis rollup --help."));
    }
    // What is asked for twice is told once.
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.push_back(name);
    }
  }
  return names;
}

absl::StatusOr<v1::OutcomeReport> ReadPrevious(const std::string& file) {
  ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  v1::OutcomeReport report;
  google::protobuf::util::JsonParseOptions options;
  options.ignore_unknown_fields = true;
  if (!google::protobuf::util::JsonStringToMessage(text, &report, options)
           .ok()) {
    return Complaint(absl::StrCat("--previous ", file,
                                  " är ingen rapport. Ange den fil som "
                                  "--format json skrev."));
  }
  return report;
}

std::vector<rollup::NodeAnswer> Ask(const std::vector<rollup::Node>& nodes,
                                    const rollup::Question& question) {
  Progress progress;
  return rollup::AskNodes(nodes, question, [&](size_t answered) {
    progress.Show(
        absl::StrCat(answered, " av ", nodes.size(), " noder har svarat"));
  });
}

absl::StatusOr<v1::OutcomeReport> MessageOf(const rollup::Gathered& gathered,
                                            const rollup::Question& question) {
  if (gathered.parts.empty()) {
    v1::OutcomeReport none;
    for (const v1::RollupSource& source : gathered.sources) {
      *none.add_sources() = source;
    }
    const std::vector<std::string> why = SourceWarnings(none);
    return Complaint(
        absl::StrCat("Ingen nod gav någon rapport. ", absl::StrJoin(why, " ")));
  }
  const absl::StatusOr<outcome::OutcomeReport> merged =
      rollup::Merge(gathered, question);
  if (!merged.ok()) {
    return Complaint(
        absl::StrCat("Rapporterna går inte att lägga ihop (",
                     Printable(std::string(merged.status().message())),
                     "). Kör igen, och rapportera om det kvarstår."));
  }
  return rollup::MessageOf(*merged, gathered.sources);
}

absl::Status Publish(const RollupOptions& options) {
  if (!options.previous.empty()) {
    return WrongUsage(
        "--previous går inte med --publish: det som publiceras är lika för "
        "alla. Utelämna --previous.");
  }
  return PublishRollup({options.year, options.nodes, options.by, options.proof,
                        absl::Seconds(options.deadline), options.form});
}

absl::Status RollUp(const RollupOptions& options, Session& session) {
  if (options.publish) return Publish(options);
  if (!options.proof.empty()) {
    return WrongUsage(
        "--proof är beviset för det som publiceras. Ange --publish också, "
        "eller utelämna --proof.");
  }
  RETURN_IF_ERROR(CheckForm(options.form));
  rollup::Question question{options.year, {}, absl::Seconds(options.deadline)};
  ASSIGN_OR_RETURN(question.breakdowns, Breakdowns(options.by));
  ASSIGN_OR_RETURN(const std::vector<rollup::Node> nodes,
                   ReadNodes(options.nodes));
  v1::OutcomeReport previous;
  if (!options.previous.empty()) {
    ASSIGN_OR_RETURN(previous, ReadPrevious(options.previous));
  }
  const rollup::Gathered gathered = rollup::Gather(
      nodes, Ask(nodes, question), question, KeysBeside(options.nodes));
  ASSIGN_OR_RETURN(v1::OutcomeReport report, MessageOf(gathered, question));
  if (!options.previous.empty() &&
      !rollup::CompareWithPrevious(previous, report).ok()) {
    return Complaint(absl::StrCat(
        "--previous ", options.previous,
        " säger inte hur många varje förbund hade. Gör den med --by FORBUND "
        "och --format json."));
  }
  RETURN_IF_ERROR(
      WriteReport(report, options.form, CodeLabels(gathered.codes)));
  if (rollup::AnyMissing(gathered.sources)) session.MarkPartly();
  return absl::OkStatus();
}

constexpr char kHelp[] =
    "Lägg ihop förbundens resultat från alla noder till ett nationellt.\n\n"
    "Nodlistan är TOML, med en [[node]] för varje nod: address, ca, cert och\n"
    "key som i en profil, och forbund = [\"NNNNNN-NNNN\"] med dem som saknas\n"
    "om noden inte svarar. Förbundens publika nycklar ligger bredvid den, i\n"
    "keys/ORGANISATIONSNUMMER.pem.\n\n"
    "Förbundets fastställda rapport tas om den finns och signaturen stämmer;\n"
    "annars tas de siffror som gäller nu, och förbundet står som preliminärt.\n"
    "Det som inte kommer nämns med skäl, och då är slutstatus 3.\n\n"
    "Uppdelningarna är de som rapporten har: se stegvis report --help. I\n"
    "JSON-formen står varje förbund i sources.\n\n"
    "Med --publish görs det som får lämnas ut av hela landet, som med\n"
    "stegvis report --publish; alla noder och förbund måste vara med. --by\n"
    "väljer av standardens uppdelningar, annat ger noderna. Den som är ute\n"
    "står kvar: för att ersätta den behövs beviset, som bara --proof sparar.";

void AddOptions(CLI::App& app, RollupOptions& options) {
  app.add_option("--year", options.year, "Kalenderåret")
      ->type_name("ÅR")
      ->required()
      ->check(CLI::Range(1900, 2199).description(""));
  app.add_option("--nodes", options.nodes, "Nodlistan")
      ->type_name("FIL")
      ->required();
  app.add_option("--by", options.by, "Uppdelning, kan upprepas")
      ->type_name("DIM")
      ->expected(1)
      ->take_all();
  app.add_option("--previous", options.previous,
                 "Förra årets rapport (--by FORBUND --format json): säger\n"
                 "hur stor del av de registrerade som inte är med nu")
      ->type_name("FIL");
  app.add_flag("--publish", options.publish,
               "Publicera året för hela landet, på alla noder");
  app.add_option("--proof", options.proof,
                 "Spara beviset, med sanna antal, bara för personalen. Utan\n"
                 "det sparas inga sanna antal")
      ->type_name("FIL");
  app.add_option("--deadline", options.deadline,
                 "Så länge får en nod dröja (annars 20)")
      ->type_name("SEKUNDER")
      ->check(CLI::Range(1, 3600).description(""));
  AddReportForm(app, options.form);
}

}  // namespace

void AddRollupCommand(CommandTable& table) {
  auto options = std::make_shared<RollupOptions>();
  CLI::App& app = table.Command(
      table.App(), "rollup", kHelp,
      "stegvis rollup --year 2025 --nodes noder.toml --by FORBUND",
      [options](Session& session) { return RollUp(*options, session); });
  AddOptions(app, *options);
}

}  // namespace stegvis::cli
