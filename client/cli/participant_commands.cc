#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/code_labels.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/paging.h"
#include "client/cli/participation_calls.h"
#include "client/cli/participation_text.h"
#include "client/cli/situation_options.h"
#include "client/cli/text_table.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/participation.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::ParticipationService;

struct RegisterOptions {
  std::string forbund, insats, consent, consent_reference, kommun, entry;
  std::string education, referred_by;
  std::optional<int32_t> months;
  SituationOptions situation;
  std::vector<std::string> answers;
  bool with_name = false;
  bool dry_run = false;
  std::string format;
};

absl::Status SetEntry(const RegisterOptions& options,
                      const std::string& forbund, v1::Entry& entry,
                      Session& session) {
  entry.set_date(options.entry);
  RETURN_IF_ERROR(Apply(options.situation, *entry.mutable_situation()));
  entry.set_education(options.education);
  entry.set_referring_party(options.referred_by);
  if (options.months.has_value()) entry.set_months_on_support(*options.months);
  ASSIGN_OR_RETURN(const std::vector<v1::Answer> answers,
                   ParseAnswers(options.answers, forbund, session));
  MergeAnswers(answers, *entry.mutable_answers());
  return absl::OkStatus();
}

absl::Status Register(const RegisterOptions& options, Session& session) {
  v1::RegisterParticipationRequest request;
  ASSIGN_OR_RETURN(const std::string insats,
                   InsatsNameOf(options.forbund, options.insats, session));
  request.set_parent(insats);
  v1::Registration& registration = *request.mutable_registration();
  RETURN_IF_ERROR(SetEntry(options, insats.substr(0, insats.find("/insatser")),
                           *registration.mutable_entry(), session));
  registration.set_kommun(options.kommun);
  v1::Consent& consent = *registration.mutable_consent();
  consent.set_signed_date(options.consent);
  consent.set_reference(options.consent_reference);
  ASSIGN_OR_RETURN(*registration.mutable_person(),
                   AskPerson(options.with_name));
  request.set_validate_only(options.dry_run);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Participation participation,
      session.Call(&ParticipationService::Stub::RegisterParticipation,
                   request));
  if (options.dry_run && options.format == "table") {
    std::cout << "Registreringen skulle gå bra. Inget är sparat.\n";
    return absl::OkStatus();
  }
  return PrintParticipation(participation, options.format, session);
}

void AddRegister(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<RegisterOptions>();
  CLI::App& app = table.Command(
      group, "register",
      "Registrerar en deltagare. Personnumret frågas det efter, eller läses\n"
      "från stdin; det skrivs aldrig på kommandoraden.",
      "stegvis participant register --forbund 222000-1230 --insats \"Team "
      "Framåt\" "
      "--consent 2026-01-10 --entry 2026-01-12 --support sjukpenning:50",
      [options](Session& session) { return Register(*options, session); });
  AddForbund(app, options->forbund);
  AddInsats(app, options->insats);
  app.add_option("--consent", options->consent,
                 "Dagen då samtycket skrevs under. Utan samtycke: stegvis\n"
                 "count set --kind anonym")
      ->type_name("DATUM")
      ->required();
  app.add_option("--consent-ref", options->consent_reference,
                 "Var samtycket finns")
      ->type_name("TEXT");
  app.add_option("--entry", options->entry, "Dagen då deltagandet börjar")
      ->type_name("DATUM")
      ->required();
  AddSituation(app, options->situation);
  app.add_option("--education", options->education, "Högsta utbildning")
      ->type_name("KOD");
  app.add_option("--months", options->months,
                 "Månader i offentlig försörjning före")
      ->type_name("TAL");
  app.add_option("--referred-by", options->referred_by, "Remittent")
      ->type_name("KOD");
  app.add_option("--kommun", options->kommun, "Kommun (SCB:s kod)")
      ->type_name("KOD");
  AddAnswers(app, options->answers);
  app.add_flag("--with-name", options->with_name, "Fråga också efter namnet");
  app.add_flag("--dry-run", options->dry_run, "Kontrollera bara");
  AddFormat(app, options->format);
}

// The end reason that is no exit but erases the person.
constexpr char kWithdrawal[] = "atertaget_samtycke";

struct ExitOptions {
  std::string name, date, reason;
  SituationOptions situation;
  std::vector<std::string> answers;
  std::string format;
};

absl::Status Exit(const ExitOptions& options, Session& session) {
  if (options.reason == kWithdrawal) {
    return WithdrawConsent(options.name, options.format, session);
  }
  ASSIGN_OR_RETURN(const v1::Participation current,
                   GetParticipation(options.name, session));
  v1::EndParticipationRequest request;
  request.set_name(current.name());
  request.set_etag(current.etag());
  v1::Exit& exit = *request.mutable_exit();
  exit.set_date(options.date);
  exit.set_end_reason(options.reason);
  if (SaysAnything(options.situation)) {
    RETURN_IF_ERROR(Apply(options.situation, *exit.mutable_situation()));
  }
  const std::string forbund =
      current.name().substr(0, current.name().find("/insatser"));
  ASSIGN_OR_RETURN(const std::vector<v1::Answer> answers,
                   ParseAnswers(options.answers, forbund, session));
  MergeAnswers(answers, *exit.mutable_answers());
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Participation ended,
      session.Call(&ParticipationService::Stub::EndParticipation, request));
  return PrintParticipation(ended, options.format, session);
}

void AddExit(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<ExitOptions>();
  CLI::App& app = table.Command(
      group, "exit", "Avslutar ett deltagande.",
      "stegvis participant exit forbund/…/participations/… --date 2026-06-30 "
      "--reason enligt_plan --support ingen_offentlig --work 40",
      [options](Session& session) { return Exit(*options, session); });
  AddParticipationName(app, options->name);
  app.add_option("--date", options->date, "Sista dagen")
      ->type_name("DATUM")
      ->required();
  app.add_option("--reason", options->reason,
                 "Avslutsanledning; koderna: stegvis codes list --list\n"
                 "END_REASON")
      ->type_name("KOD")
      ->required();
  AddSituation(app, options->situation);
  AddAnswers(app, options->answers);
  AddFormat(app, options->format);
}

struct FollowUpOptions {
  std::string name, date;
  int months = 0;
  SituationOptions situation;
  std::string format;
};

absl::Status FollowUp(const FollowUpOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::Participation current,
                   GetParticipation(options.name, session));
  v1::RecordFollowUpRequest request;
  request.set_name(current.name());
  request.set_etag(current.etag());
  v1::FollowUp& follow_up = *request.mutable_follow_up();
  follow_up.set_months(options.months);
  follow_up.set_date(options.date);
  RETURN_IF_ERROR(Apply(options.situation, *follow_up.mutable_situation()));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Participation followed,
      session.Call(&ParticipationService::Stub::RecordFollowUp, request));
  return PrintParticipation(followed, options.format, session);
}

void AddFollowUp(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<FollowUpOptions>();
  CLI::App& app = table.Command(
      group, "follow-up", "Registrerar en uppföljning efter avslutet.",
      "stegvis participant follow-up forbund/…/participations/… --months 6 "
      "--date 2026-12-30 --support ingen_offentlig --work 40",
      [options](Session& session) { return FollowUp(*options, session); });
  AddParticipationName(app, options->name);
  app.add_option("--months", options->months, "Månader efter avslutet")
      ->type_name("6|12")
      ->check(OneOf({"6", "12"}))
      ->required();
  app.add_option("--date", options->date, "Dagen för uppföljningen")
      ->type_name("DATUM")
      ->required();
  AddSituation(app, options->situation);
  AddFormat(app, options->format);
}

struct ListOptions {
  std::string forbund, insats;
  bool due = false;
  std::string format;
};

// The insatser a list covers: the one said, or all of the förbund.
absl::StatusOr<std::vector<std::string>> ListedInsatser(
    const ListOptions& options, Session& session) {
  if (!options.insats.empty()) {
    ASSIGN_OR_RETURN(const std::string insats,
                     InsatsNameOf(options.forbund, options.insats, session));
    return std::vector<std::string>{insats};
  }
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  ASSIGN_OR_RETURN(const std::vector<v1::Insats>* insatser,
                   names->Insatser(forbund->name()));
  std::vector<std::string> listed;
  for (const v1::Insats& insats : *insatser) {
    if (insats.registration_method() == v1::REGISTRATION_METHOD_PERSONAL) {
      listed.push_back(insats.name());
    }
  }
  return listed;
}

absl::Status PrintAll(const std::vector<std::string>& insatser,
                      const std::string& format, Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  v1::ListParticipationsResponse all;
  for (const std::string& insats : insatser) {
    v1::ListParticipationsRequest request;
    request.set_parent(insats);
    ASSIGN_OR_RETURN(
        const v1::ListParticipationsResponse some,
        AllPages(*connection, &ParticipationService::Stub::ListParticipations,
                 request));
    all.MergeFrom(some);
  }
  if (format == "json") {
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const CodeLabels labels, LoadLabels(session));
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  std::cout << ParticipationTable(all.participations(), all.unreadable(),
                                  labels, *names);
  return absl::OkStatus();
}

absl::Status PrintDue(const std::vector<std::string>& insatser,
                      const std::string& format, Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  v1::ListDueFollowUpsResponse all;
  for (const std::string& insats : insatser) {
    v1::ListDueFollowUpsRequest request;
    request.set_parent(insats);
    ASSIGN_OR_RETURN(
        const v1::ListDueFollowUpsResponse some,
        AllPages(*connection, &ParticipationService::Stub::ListDueFollowUps,
                 request));
    all.MergeFrom(some);
  }
  if (format == "json") {
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  TextTable table({{"skulle följas upp"},
                   {"månader", Align::kRight},
                   {"in"},
                   {"ut"},
                   {"insats"},
                   {"resurs"}});
  for (const v1::DueFollowUp& due : all.due_follow_ups()) {
    table.AddRow({due.due_date(), absl::StrCat(due.months()), due.entry_date(),
                  due.exit_date(), InsatsOf(due.name(), *names), due.name()});
  }
  std::cout << (table.Empty() ? "Inga uppföljningar väntar.\n" : table.Text());
  return absl::OkStatus();
}

absl::Status List(const ListOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const std::vector<std::string> insatser,
                   ListedInsatser(options, session));
  return options.due ? PrintDue(insatser, options.format, session)
                     : PrintAll(insatser, options.format, session);
}

void AddListAndShow(CommandTable& table, CLI::App& group) {
  auto all = std::make_shared<ListOptions>();
  CLI::App& list = table.Command(
      group, "list",
      "Visar deltaganden, utan vilka personerna är. Med --due: de\n"
      "uppföljningar som väntar.",
      "stegvis participant list --forbund 222000-1230 --due",
      [all](Session& session) { return List(*all, session); });
  AddForbund(list, all->forbund);
  list.add_option("--insats", all->insats,
                  "En insats; utan den alla du får se i förbundet")
      ->type_name("NAMN");
  list.add_flag("--due", all->due, "Bara uppföljningar som väntar");
  AddFormat(list, all->format);

  auto one = std::make_shared<ExitOptions>();
  CLI::App& show = table.Command(
      group, "show", "Visar ett deltagande, utan vem personen är.",
      "stegvis participant show forbund/…/participations/…",
      [one](Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(const v1::Participation participation,
                         GetParticipation(one->name, session));
        return PrintParticipation(participation, one->format, session);
      });
  AddParticipationName(show, one->name);
  AddFormat(show, one->format);
}

}  // namespace

void AddParticipantCommands(CommandTable& table) {
  CLI::App& group = table.Group("participant", "Deltagare");
  AddRegister(table, group);
  AddExit(table, group);
  AddFollowUp(table, group);
  AddCorrectCommand(table, group);
  AddListAndShow(table, group);
  AddPersonCommands(table, group);
  AddErasureCommands(table, group);
  AddExtractCommand(table, group);
}

}  // namespace stegvis::cli
