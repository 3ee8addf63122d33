#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "client/cli/code_labels.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/publication.h"
#include "client/cli/report_formats.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/outcome.grpc.pb.h"

namespace stegvis::cli {
namespace {

struct ReportOptions {
  int year = 0;
  std::string from;
  std::string to;
  std::vector<std::string> forbund;
  std::vector<std::string> where;
  std::vector<std::string> by;
  std::vector<std::string> excluded;
  std::string as_of;
  bool publish = false;
  ReportForm form;
};

absl::Status SetPeriod(const ReportOptions& options,
                       v1::GetOutcomeReportRequest& request) {
  const bool dates = !options.from.empty() || !options.to.empty();
  if ((options.year != 0) == dates ||
      (dates && (options.from.empty() || options.to.empty()))) {
    return WrongUsage("Ange antingen --year ÅR, eller både --from och --to.");
  }
  request.set_from(dates ? options.from : absl::StrCat(options.year, "-01-01"));
  request.set_to(dates ? options.to : absl::StrCat(options.year, "-12-31"));
  return absl::OkStatus();
}

absl::Status SetFilters(const ReportOptions& options,
                        v1::GetOutcomeReportRequest& request) {
  for (const std::string& condition : options.where) {
    const std::pair<std::string, std::string> halves =
        absl::StrSplit(condition, absl::MaxSplits('=', 1));
    if (halves.second.empty()) {
      return WrongUsage(absl::StrCat("--where ", Printable(condition),
                                     ": skriv DIMENSION=VÄRDE, till exempel "
                                     "SEX=women."));
    }
    v1::Filter& filter = *request.add_filters();
    filter.set_dimension(absl::AsciiStrToUpper(halves.first));
    filter.set_value(halves.second);
  }
  return absl::OkStatus();
}

absl::StatusOr<v1::GetOutcomeReportRequest> MakeRequest(
    const ReportOptions& options, Session& session) {
  v1::GetOutcomeReportRequest request;
  RETURN_IF_ERROR(SetPeriod(options, request));
  RETURN_IF_ERROR(SetFilters(options, request));
  // What is asked for twice is told once.
  absl::flat_hash_set<std::string> dimensions;
  for (const std::string& dimension : options.by) {
    const std::string name = absl::AsciiStrToUpper(dimension);
    if (dimensions.insert(name).second) request.add_breakdowns(name);
  }
  for (const std::string& code : options.excluded) {
    request.add_excluded_end_reasons(code);
  }
  request.set_as_of(options.as_of);
  for (const std::string& text : options.forbund) {
    ASSIGN_OR_RETURN(Directory * names, session.Names());
    ASSIGN_OR_RETURN(const v1::Forbund* forbund, names->FindForbund(text));
    request.add_forbund(forbund->name());
  }
  return request;
}

// A release is the same for everybody: nothing of it can be chosen.
absl::Status CheckStandard(const ReportOptions& options) {
  const std::pair<const char*, bool> chosen[] = {
      {"--from", !options.from.empty()},
      {"--to", !options.to.empty()},
      {"--where", !options.where.empty()},
      {"--exclude-reason", !options.excluded.empty()},
      {"--as-of", !options.as_of.empty()}};
  for (const auto& [option, given] : chosen) {
    if (!given) continue;
    return WrongUsage(absl::StrCat(
        option,
        " går inte med --publish: det som publiceras är hela året, "
        "lika för alla, så att inga urval kan jämföras. Utelämna ",
        option, "."));
  }
  if (options.year == 0) {
    return WrongUsage("Ange --year ÅR: det som publiceras är ett kalenderår.");
  }
  if (options.forbund.size() > 1) {
    return WrongUsage(
        "--publish gäller ett förbund i taget, eller utan --forbund hela "
        "landet. Kör en gång för varje.");
  }
  return absl::OkStatus();
}

absl::Status PublishReport(const ReportOptions& options, Session& session) {
  RETURN_IF_ERROR(CheckStandard(options));
  return Publish(
      {options.year, options.forbund.empty() ? "" : options.forbund.front(),
       options.by, options.form},
      session);
}

absl::Status Report(const ReportOptions& options, Session& session) {
  if (options.publish) return PublishReport(options, session);
  RETURN_IF_ERROR(CheckForm(options.form));
  ASSIGN_OR_RETURN(const v1::GetOutcomeReportRequest request,
                   MakeRequest(options, session));
  ASSIGN_OR_RETURN(
      const v1::OutcomeReport report,
      session.Call(&v1::OutcomeService::Stub::GetOutcomeReport, request));
  CodeLabels labels;
  if (NeedsLabels(options.form)) {
    ASSIGN_OR_RETURN(labels, LoadLabels(session));
  }
  return WriteReport(report, options.form, labels);
}

constexpr char kHelp[] =
    "Resultatrapporten: vad det blev av deltagarna.\n\n"
    "Uppdelningar och villkor: SEX (women, men), AGE_GROUP (20-24 …),\n"
    "EDUCATION, REFERRED_BY, FOCUS, TARGET_GROUP, END_REASON (koder),\n"
    "MONTHS_ON_SUPPORT (7-12 …), INSATS, FORBUND (namn), YEAR, KOMMUN.\n"
    "Villkor finns för SEX, AGE_GROUP, EDUCATION, REFERRED_BY, FOCUS,\n"
    "TARGET_GROUP, INSATS och KOMMUN. Samma dimension två gånger betyder\n"
    "eller, olika betyder och.\n\n"
    "CSV-formen har en rad för varje tal: block;dimension;value;forbund;key;\n"
    "measure;total;women;men;number. De heter som i JSON-formen. Ett antal\n"
    "står i total, women och men; en andel (0–1) i number; det okända är\n"
    "tomt, det skyddade två punkter (..). dimension och value är tomma för\n"
    "hela rapporten. Ett namn som börjar som en formel (=, +, - eller @) får "
    "en\n"
    "apostrof först.\n\n"
    "Med --publish görs det som får lämnas ut: ett år av ett förbund eller,\n"
    "utan --forbund, av hela landet. Små antal skyddas så att de inte går att\n"
    "räkna ut; det är alltid samma uppdelningar, och --by väljer vilka som\n"
    "visas. Det sparas, och står kvar tills varje underlag som ändrats har\n"
    "ändrats med minst 10. Förbundets administratör publicerar, och den\n"
    "nationella rollen hela landet. Bredvid landet visar ett förbund det som\n"
    "var känt när landet publicerades. Det som publiceras sist skyddar fler\n"
    "antal, så att allt som är ute förblir säkert; går det inte, publiceras\n"
    "det inte. Ju fler som är ute, desto längre tid tar det.\n\n"
    "xlsx är en arbetsbok och html en sida, båda med diagram; json-stat är\n"
    "JSON-stat 2.0, en samling tabeller för andra program.";

void AddOptions(CLI::App& app, ReportOptions& options) {
  app.add_option("--year", options.year, "Ett kalenderår")
      ->type_name("ÅR")
      ->check(CLI::Range(1900, 2199).description(""));
  app.add_option("--from", options.from, "Periodens första dag")
      ->type_name("DATUM");
  app.add_option("--to", options.to, "Periodens sista dag")->type_name("DATUM");
  app.add_option("--forbund", options.forbund,
                 "Namn eller organisationsnummer, kan upprepas.\n"
                 "Utan det: alla förbund du får se")
      ->type_name("NAMN")
      ->expected(1)
      ->take_all();
  app.add_option("--where", options.where, "Villkor, kan upprepas")
      ->type_name("DIM=VÄRDE")
      ->expected(1)
      ->take_all();
  app.add_option("--by", options.by, "Uppdelning, kan upprepas")
      ->type_name("DIM")
      ->expected(1)
      ->take_all();
  app.add_option("--exclude-reason", options.excluded,
                 "Avslutsanledning som inte räknas, kan upprepas")
      ->type_name("KOD")
      ->expected(1)
      ->take_all();
  app.add_option("--as-of", options.as_of,
                 "Så som det var känt en dag (dagens slut) eller tidpunkt")
      ->type_name("TID");
  app.add_flag("--publish", options.publish,
               "Publicera året: med skydd för små antal");
  AddReportForm(app, options.form);
}

}  // namespace

void AddReportCommand(CommandTable& table) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App& app = table.Command(
      table.App(), "report", kHelp,
      "stegvis report --year 2025 --by SEX --by AGE_GROUP",
      [options](Session& session) { return Report(*options, session); });
  AddOptions(app, *options);
  AddSealedReportCommands(table, app);
  AddPublicationCommands(table, app);
}

}  // namespace stegvis::cli
