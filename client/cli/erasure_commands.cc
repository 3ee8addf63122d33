#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/paging.h"
#include "client/cli/swedish_time.h"
#include "client/cli/terminal.h"
#include "client/cli/text_table.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/erasure.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::ErasureService;

constexpr char kRetention[] = "gallring";

struct EraseOptions {
  std::string name, reason, format;
};

absl::Status PrintReceipt(const v1::Erasure& erasure,
                          const std::string& format) {
  if (format == "json") {
    std::cout << JsonText(erasure);
    return absl::OkStatus();
  }
  std::cout << "Raderat. Personuppgifterna kan inte läsas av någon mer.\n"
            << PropertyText(
                   {{"Deltagandet", erasure.name()},
                    {"Raderat", SwedishTime(erasure.erase_time())},
                    {"I stället",
                     erasure.counted()
                         ? "en person i det anonyma antalet"
                         : "inget (felregistrering eller oläsbar post)"}});
  return absl::OkStatus();
}

absl::StatusOr<v1::Erasure> CallErase(const std::string& name,
                                      const std::string& reason,
                                      Session& session) {
  v1::ErasePersonRequest request;
  request.set_name(name);
  request.set_reason(reason);
  request.set_request_id(NewRequestId());
  return session.Call(&ErasureService::Stub::ErasePerson, request);
}

absl::Status Erase(const EraseOptions& options, Session& session) {
  if (!session.Confirm("Radera personuppgifterna? De kan inte fås tillbaka.")) {
    return Complaint("Inget är ändrat.");
  }
  ASSIGN_OR_RETURN(const v1::Erasure erasure,
                   CallErase(options.name, options.reason, session));
  return PrintReceipt(erasure, options.format);
}

struct RetentionOptions {
  std::string forbund, format;
  bool dry_run = false;
};

absl::StatusOr<v1::ListRetentionDueResponse> ReadDue(
    const RetentionOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  v1::ListRetentionDueRequest request;
  request.set_parent(forbund->name());
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  return AllPages(*connection, &ErasureService::Stub::ListRetentionDue,
                  request);
}

std::string DueText(const v1::ListRetentionDueResponse& due) {
  TextTable table({{"får sparas till"}, {"resurs"}});
  for (const v1::RetentionDue& one : due.due()) {
    table.AddRow({one.kept_until_date(), one.name()});
  }
  std::string text = table.Empty() ? "Inget deltagande har sparats för länge.\n"
                                   : table.Text();
  for (const std::string& name : due.unreadable()) {
    absl::StrAppend(&text, "Kan inte läsas, och gallras därför inte: ", name,
                    "\n");
  }
  return text;
}

// What may stand in the way of one alone: somebody changed it meanwhile.
bool IsToBeLeft(const absl::Status& status) {
  const std::string reason = RemoteReason(status);
  return reason == "RETENTION_NOT_PASSED" || reason == "NOT_FOUND";
}

// Each is an undertaking of its own: a run that is stopped goes on where it
// was when it is started again. Counts those that are `done`.
absl::Status EraseAll(const v1::ListRetentionDueResponse& due, int& done,
                      Session& session) {
  Progress progress;
  absl::Status status;
  for (const v1::RetentionDue& one : due.due()) {
    progress.Show(absl::StrCat("Gallrar: ", done, " av ", due.due_size()));
    status = CallErase(one.name(), kRetention, session).status();
    if (status.ok()) ++done;
    if (!status.ok() && !IsToBeLeft(status)) break;
    status = absl::OkStatus();
  }
  progress.Clear();
  return status;
}

absl::Status RunRetention(const RetentionOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::ListRetentionDueResponse due,
                   ReadDue(options, session));
  if (options.dry_run) {
    std::cout << (options.format == "json" ? JsonText(due) : DueText(due));
    return absl::OkStatus();
  }
  if (due.due_size() > 0 &&
      !session.Confirm(absl::StrCat(
          "Gallra ", due.due_size(),
          " deltaganden? Personuppgifterna kan inte fås tillbaka."))) {
    return Complaint("Inget är gallrat.");
  }
  int done = 0;
  absl::Status status = EraseAll(due, done, session);
  if (options.format == "json" && status.ok()) {
    std::cout << JsonText(due);
    return status;
  }
  std::cout << "Gallrade: " << done << "\n";
  for (const std::string& name : due.unreadable()) {
    std::cout << "Kan inte läsas, och är därför inte gallrad: " << name << "\n";
  }
  return status;
}

}  // namespace

absl::Status WithdrawConsent(const std::string& name, const std::string& format,
                             Session& session) {
  if (!session.Confirm("Återta samtycket? Personuppgifterna raderas och kan "
                       "inte fås tillbaka.")) {
    return Complaint("Inget är ändrat.");
  }
  v1::WithdrawConsentRequest request;
  request.set_name(name);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Erasure erasure,
      session.Call(&ErasureService::Stub::WithdrawConsent, request));
  return PrintReceipt(erasure, format);
}

void AddErasureCommands(CommandTable& table, CLI::App& participant) {
  auto withdrawn = std::make_shared<EraseOptions>();
  CLI::App& withdraw = table.Command(
      participant, "withdraw-consent",
      "Återtar samtycket till ett deltagande: personuppgifterna raderas, och\n"
      "en person i det anonyma antalet blir kvar. Det går inte att ångra.\n"
      "Personen registreras sedan bara med ett nyare samtycke.",
      "stegvis participant withdraw-consent forbund/…/participations/…",
      [withdrawn](Session& session) {
        return WithdrawConsent(withdrawn->name, withdrawn->format, session);
      });
  AddParticipationName(withdraw, withdrawn->name);
  AddFormat(withdraw, withdrawn->format);

  auto erased = std::make_shared<EraseOptions>();
  CLI::App& erase = table.Command(
      participant, "erase",
      "Raderar personuppgifterna i ett deltagande. En person i det anonyma\n"
      "antalet blir kvar. Det går inte att ångra.",
      "stegvis participant erase forbund/…/participations/… --reason begaran",
      [erased](Session& session) { return Erase(*erased, session); });
  AddParticipationName(erase, erased->name);
  erase
      .add_option("--reason", erased->reason,
                  "Varför; en samordnare anger skyddade_uppgifter")
      ->type_name("begaran|skyddade_uppgifter|annan")
      ->check(OneOf({"begaran", "skyddade_uppgifter", "annan"}))
      ->required();
  AddFormat(erase, erased->format);
}

void AddRetentionCommands(CommandTable& table) {
  CLI::App& group = table.Group("retention", "Gallring");
  auto options = std::make_shared<RetentionOptions>();
  CLI::App& run = table.Command(
      group, "run",
      "Gallrar ett förbunds deltaganden som har sparats så länge de får:\n"
      "personuppgifterna raderas. Hur länge: stegvis forbund update\n"
      "--retention-months. Med --dry-run visas bara vilka det gäller.\n"
      "Avbryts körningen går den vidare där den var när den startas igen.",
      "stegvis retention run --forbund 222000-1230 --dry-run",
      [options](Session& session) { return RunRetention(*options, session); });
  AddForbund(run, options->forbund);
  run.add_flag("--dry-run", options->dry_run, "Visa bara vilka det gäller");
  AddFormat(run, options->format);
}

}  // namespace stegvis::cli
