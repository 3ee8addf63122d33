#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/number_format.h"
#include "client/cli/paging.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "services/base/day.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/audit.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::AuditProblem;
using v1::AuditService;

constexpr char kInstallation[] = "forbund/-";

struct AuditOptions {
  std::string forbund, participation, user, from, to;
  std::string file, head, format;
};

// The logs asked for: that of a förbund, or all that the caller may see, the
// installation's last.
absl::StatusOr<std::vector<std::string>> LogsOf(const std::string& forbund,
                                                Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  if (!forbund.empty()) {
    ASSIGN_OR_RETURN(const v1::Forbund* found, names->FindForbund(forbund));
    return std::vector<std::string>{found->name()};
  }
  std::vector<std::string> logs;
  for (const v1::Forbund& each : names->AllForbund()) {
    logs.push_back(each.name());
  }
  logs.push_back(kInstallation);
  return logs;
}

// Calls `visit` for each log. Of several, those that the caller may not see are
// left out; it is an error when there is no other.
template <typename Visit>
absl::Status ForEachLog(const std::vector<std::string>& logs,
                        const Visit& visit) {
  absl::Status refused = absl::OkStatus();
  size_t seen = 0;
  for (const std::string& log : logs) {
    absl::Status status = visit(log);
    if (absl::IsPermissionDenied(status)) {
      refused = std::move(status);
      continue;
    }
    RETURN_IF_ERROR(status);
    ++seen;
  }
  return seen > 0 ? absl::OkStatus() : refused;
}

std::string LogTitle(const std::string& scope, Session& session) {
  if (scope == kInstallation) return "installationen";
  const absl::StatusOr<Directory*> names = session.Names();
  return names.ok() ? Printable((*names)->ForbundTitle(scope)) : scope;
}

// The moment when the Swedish day `text` begins, or the one after it.
absl::StatusOr<google::protobuf::Timestamp> DayBegins(const std::string& text,
                                                      int days_later) {
  const absl::StatusOr<Day> day = Day::Parse(text);
  if (!day.ok()) {
    return WrongUsage("Dagen finns inte. Skriv den som 2020-05-31.");
  }
  const absl::Time begin =
      EndOfSwedishDay(day->PlusDays(days_later - 1)) + absl::Microseconds(1);
  google::protobuf::Timestamp moment;
  moment.set_seconds(absl::ToUnixSeconds(begin));
  return moment;
}

absl::StatusOr<v1::ListAuditEntriesRequest> ListRequest(
    const AuditOptions& options) {
  v1::ListAuditEntriesRequest request;
  request.set_participation(options.participation);
  request.set_user(options.user);
  if (!options.from.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_start_time(), DayBegins(options.from, 0));
  }
  if (!options.to.empty()) {
    ASSIGN_OR_RETURN(*request.mutable_end_time(), DayBegins(options.to, 1));
  }
  return request;
}

std::vector<std::string> EntryRow(const v1::AuditEntry& entry,
                                  Session& session) {
  if (entry.unreadable()) {
    return {LogTitle(entry.scope(), session),
            absl::StrCat(entry.sequence()),
            SwedishTime(entry.record_time()),
            "",
            "går inte att öppna",
            "",
            ""};
  }
  return {LogTitle(entry.scope(), session),
          absl::StrCat(entry.sequence()),
          SwedishTime(entry.record_time()),
          Printable(entry.user()),
          absl::StrCat(entry.method(), entry.refused() ? " NEKAD" : ""),
          entry.resource(),
          entry.reason()};
}

absl::Status ListEntries(const AuditOptions& options, Session& session) {
  ASSIGN_OR_RETURN(v1::ListAuditEntriesRequest request, ListRequest(options));
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  std::vector<std::string> logs;
  if (options.participation.empty()) {
    ASSIGN_OR_RETURN(logs, LogsOf(options.forbund, session));
  } else {
    // A participation's entries lie in the log of its förbund.
    const size_t end = options.participation.find("/insatser/");
    logs = {options.participation.substr(0, end)};
  }
  v1::ListAuditEntriesResponse all;
  RETURN_IF_ERROR(ForEachLog(logs, [&](const std::string& log) {
    request.set_parent(log);
    return ForEachPage(
        *connection, &AuditService::Stub::ListAuditEntries, request,
        [&](const v1::ListAuditEntriesResponse& page) { all.MergeFrom(page); });
  }));
  all.clear_next_page_token();
  if (options.format == "json") {
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  TextTable table(
      {{"logg"}, {"nr"}, {"när"}, {"vem"}, {"vad"}, {"om"}, {"skäl"}});
  for (const v1::AuditEntry& entry : all.entries()) {
    table.AddRow(EntryRow(entry, session));
  }
  std::cout << table.Text() << FormatNumber(all.entries_size())
            << (all.entries_size() == 1 ? " post\n" : " poster\n");
  return absl::OkStatus();
}

absl::Status KeepHeads(const AuditOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const std::vector<std::string> logs,
                   LogsOf(options.forbund, session));
  v1::AuditHeads heads;
  RETURN_IF_ERROR(ForEachLog(logs, [&](const std::string& log) -> absl::Status {
    v1::GetAuditHeadRequest request;
    request.set_scope(log);
    ASSIGN_OR_RETURN(const v1::AuditHead head,
                     session.Call(&AuditService::Stub::GetAuditHead, request));
    *heads.add_heads() = head;
    return absl::OkStatus();
  }));
  if (options.file.empty()) {
    std::cout << JsonText(heads);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(WriteFile(options.file, JsonText(heads)));
  std::cout << FormatNumber(heads.heads_size())
            << (heads.heads_size() == 1 ? " logg" : " loggar")
            << " står nu i filen. Förvara den någon annanstans än "
               "servern: med den visar stegvis audit verify --head att inget "
               "har ändrats.\n";
  return absl::OkStatus();
}

absl::StatusOr<v1::AuditHeads> ReadHeads(const std::string& file) {
  v1::AuditHeads heads;
  if (file.empty()) return heads;
  ASSIGN_OR_RETURN(const std::string text, ReadFile(file));
  google::protobuf::util::JsonParseOptions options;
  if (!google::protobuf::util::JsonStringToMessage(text, &heads, options)
           .ok()) {
    return Complaint(absl::StrCat(
        Printable(file),
        ": Filen är ingen fil från stegvis audit head. Välj en annan."));
  }
  return heads;
}

std::string Range(const AuditProblem& problem) {
  if (problem.first_sequence() == problem.last_sequence()) {
    return absl::StrCat("post ", problem.first_sequence());
  }
  return absl::StrCat("post ", problem.first_sequence(), "–",
                      problem.last_sequence());
}

std::string ProblemText(const AuditProblem& problem) {
  switch (problem.kind()) {
    case AuditProblem::KIND_MISSING:
      return absl::StrCat(Range(problem), " saknas");
    case AuditProblem::KIND_CHANGED:
      return absl::StrCat(Range(problem), " har ändrats");
    case AuditProblem::KIND_UNREADABLE:
      return absl::StrCat(Range(problem), " går inte att öppna");
    case AuditProblem::KIND_HEAD_NOT_SIGNED:
      return absl::StrCat("logghuvudet vid ", Range(problem),
                          " är inte undertecknat med loggens nyckel");
    case AuditProblem::KIND_HEAD_DIFFERS:
      return absl::StrCat("något i ", Range(problem), " har ändrats");
    default:  // From the wire: a newer server may know more kinds.
      return absl::StrCat(Range(problem), " är inte som den var");
  }
}

// Prints what was found in a log; whether it is whole.
bool Tell(const v1::VerifyAuditLogResponse& verified, Session& session) {
  std::cout << LogTitle(verified.head().scope(), session) << ": "
            << FormatNumber(verified.head().size()) << " poster, ";
  if (verified.problem_count() == 0) {
    std::cout << "inget har ändrats\n";
    return true;
  }
  std::cout << FormatNumber(verified.problem_count()) << " fel\n";
  for (const AuditProblem& problem : verified.problems()) {
    std::cout << "  " << ProblemText(problem) << "\n";
  }
  return false;
}

absl::Status Verify(const AuditOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::AuditHeads kept, ReadHeads(options.head));
  ASSIGN_OR_RETURN(const std::vector<std::string> logs,
                   LogsOf(options.forbund, session));
  bool whole = true;
  RETURN_IF_ERROR(ForEachLog(logs, [&](const std::string& log) -> absl::Status {
    v1::VerifyAuditLogRequest request;
    request.set_scope(log);
    for (const v1::AuditHead& head : kept.heads()) {
      if (head.scope() == log) *request.add_earlier_heads() = head;
    }
    ASSIGN_OR_RETURN(
        const v1::VerifyAuditLogResponse verified,
        session.Call(&AuditService::Stub::VerifyAuditLog, request));
    if (options.format == "json") {
      std::cout << JsonText(verified);
      whole = whole && verified.problem_count() == 0;
    } else {
      whole = Tell(verified, session) && whole;
    }
    return absl::OkStatus();
  }));
  if (whole) return absl::OkStatus();
  return Complaint(
      "Loggen är inte som den var. Spara databasen och larma driften.");
}

}  // namespace

void AddAuditCommands(CommandTable& table) {
  CLI::App& group = table.Group("audit", "Loggen över vem som gjort vad");
  auto options = std::make_shared<AuditOptions>();
  CLI::App& list = table.Command(
      group, "list",
      "Visar vem som gjort vad, den äldsta posten först. Utan --forbund alla "
      "loggar du får se.",
      "stegvis audit list --forbund 'Samordningsförbundet Exempel'",
      [options](Session& session) { return ListEntries(*options, session); });
  AddForbund(list, options->forbund);
  list.add_option("--participation", options->participation,
                  "Bara det som gäller deltagandet")
      ->type_name("NAMN");
  list.add_option("--user", options->user, "Bara det som användaren gjort")
      ->type_name("ANVÄNDARE");
  list.add_option("--from", options->from, "Från och med dagen")
      ->type_name("DATUM");
  list.add_option("--to", options->to, "Till och med dagen")
      ->type_name("DATUM");
  AddFormat(list, options->format);

  CLI::App& head = table.Command(
      group, "head",
      "Skriver var loggarna slutar, undertecknat, att förvara någon "
      "annanstans.",
      "stegvis audit head -o loggar.json",
      [options](Session& session) { return KeepHeads(*options, session); });
  AddForbund(head, options->forbund);
  head.add_option("-o", options->file, "Filen")->type_name("FIL");

  CLI::App& verify = table.Command(
      group, "verify",
      "Visar att inget i loggarna har ändrats eller tagits bort.",
      "stegvis audit verify --head loggar.json",
      [options](Session& session) { return Verify(*options, session); });
  AddForbund(verify, options->forbund);
  verify
      .add_option("--head", options->head,
                  "En fil från stegvis audit head, som förvarats någon "
                  "annanstans")
      ->type_name("FIL");
  AddFormat(verify, options->format);
}

}  // namespace stegvis::cli
