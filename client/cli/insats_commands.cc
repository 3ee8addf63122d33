#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/cli/code_labels.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/terminal.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "client/cli/words.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/insats.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::InsatsService;

// What create and update say of an insats; what is not said is not changed.
struct InsatsOptions {
  std::string forbund, insats;
  std::optional<std::string> title, description, start, end, focus;
  std::vector<std::string> target_groups, parties, planned;
  std::string orientation, method, esf;
  std::string format;
};

struct TextField {
  std::optional<std::string> InsatsOptions::*option;
  const char* path;
  void (*set)(v1::Insats&, const std::string&);
};

constexpr TextField kTextFields[] = {
    {&InsatsOptions::title, "title",
     [](v1::Insats& i, const std::string& v) { i.set_title(v); }},
    {&InsatsOptions::description, "description",
     [](v1::Insats& i, const std::string& v) { i.set_description(v); }},
    {&InsatsOptions::start, "start_date",
     [](v1::Insats& i, const std::string& v) { i.set_start_date(v); }},
    {&InsatsOptions::end, "end_date",
     [](v1::Insats& i, const std::string& v) { i.set_end_date(v); }},
    {&InsatsOptions::focus, "focus",
     [](v1::Insats& i, const std::string& v) { i.set_focus(v); }},
};

absl::Status SetPlanned(const std::string& text, v1::PlannedYear& planned) {
  const std::pair<std::string, std::string> halves =
      absl::StrSplit(text, absl::MaxSplits('=', 1));
  int32_t year = 0;
  int32_t participants = 0;
  if (!absl::SimpleAtoi(halves.first, &year) ||
      !absl::SimpleAtoi(halves.second, &participants)) {
    return WrongUsage(absl::StrCat("--planned ", Printable(text),
                                   ": skriv ÅR=ANTAL, till exempel 2026=40."));
  }
  planned.set_year(year);
  planned.set_participants(participants);
  return absl::OkStatus();
}

absl::Status ApplyLists(const InsatsOptions& options, v1::Insats& insats,
                        google::protobuf::FieldMask& mask) {
  for (const std::string& code : options.target_groups) {
    insats.add_target_groups(code);
  }
  if (!options.target_groups.empty()) mask.add_paths("target_groups");
  for (const std::string& party : options.parties) insats.add_parties(party);
  if (!options.parties.empty()) mask.add_paths("parties");
  for (const std::string& text : options.planned) {
    RETURN_IF_ERROR(SetPlanned(text, *insats.add_planned_years()));
  }
  if (!options.planned.empty()) mask.add_paths("planned_years");
  return absl::OkStatus();
}

// Puts what was said into `insats` and its paths into `mask`.
absl::Status Apply(const InsatsOptions& options, v1::Insats& insats,
                   google::protobuf::FieldMask& mask) {
  for (const TextField& field : kTextFields) {
    const std::optional<std::string>& value = options.*field.option;
    if (!value.has_value()) continue;
    field.set(insats, *value);
    mask.add_paths(field.path);
  }
  return ApplyLists(options, insats, mask);
}

// The focus has a list for each orientation.
std::string FocusText(const v1::Insats& insats, const CodeLabels& labels) {
  const bool structural = insats.orientation() == v1::ORIENTATION_STRUCTURAL;
  return labels.Label(structural ? "FOCUS_STRUCTURAL" : "FOCUS_INDIVIDUAL",
                      insats.focus());
}

std::string TargetGroupText(const v1::Insats& insats,
                            const CodeLabels& labels) {
  return absl::StrJoin(insats.target_groups(), ", ",
                       [&](std::string* out, const std::string& code) {
                         absl::StrAppend(out,
                                         labels.Label("TARGET_GROUP", code));
                       });
}

absl::Status Print(const v1::Insats& insats, const std::string& format,
                   Session& session) {
  if (format == "json") {
    std::cout << JsonText(insats);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const CodeLabels labels, LoadLabels(session));
  std::cout << PropertyText({
      {"Namn", insats.title()},
      {"Beskrivning", insats.description()},
      {"Från", insats.start_date()},
      {"Till", insats.end_date()},
      {"Inriktning", OrientationWord(insats.orientation())},
      {"Fokus", FocusText(insats, labels)},
      {"Målgrupp", TargetGroupText(insats, labels)},
      {"Metod", MethodWord(insats.registration_method())},
      {"ESF", YesNoWord(insats.esf_financed())},
      {"Parter", absl::StrJoin(insats.parties(), ", ")},
      {"Planerade deltagare",
       absl::StrJoin(insats.planned_years(), ", ",
                     [](std::string* out, const v1::PlannedYear& planned) {
                       absl::StrAppend(out, planned.year(), ": ",
                                       planned.participants());
                     })},
      {"Resurs", insats.name()},
  });
  return absl::OkStatus();
}

absl::Status Create(const InsatsOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  v1::CreateInsatsRequest request;
  request.set_parent(forbund->name());
  v1::Insats& insats = *request.mutable_insats();
  google::protobuf::FieldMask unused;
  RETURN_IF_ERROR(Apply(options, insats, unused));
  insats.set_orientation(OrientationOf(options.orientation));
  insats.set_registration_method(MethodOf(options.method));
  insats.set_esf_financed(options.esf == "ja");
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Insats created,
                   session.Call(&InsatsService::Stub::CreateInsats, request));
  return Print(created, options.format, session);
}

absl::StatusOr<v1::Insats> Current(const InsatsOptions& options,
                                   Session& session) {
  v1::GetInsatsRequest request;
  ASSIGN_OR_RETURN(const std::string name,
                   InsatsNameOf(options.forbund, options.insats, session));
  request.set_name(name);
  return session.Call(&InsatsService::Stub::GetInsats, request);
}

absl::Status Update(const InsatsOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::Insats current, Current(options, session));
  v1::UpdateInsatsRequest request;
  v1::Insats& insats = *request.mutable_insats();
  insats.set_name(current.name());
  insats.set_etag(current.etag());
  RETURN_IF_ERROR(Apply(options, insats, *request.mutable_update_mask()));
  if (request.update_mask().paths().empty()) {
    return WrongUsage("Säg vad som ska ändras, till exempel --name NAMN.");
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Insats updated,
                   session.Call(&InsatsService::Stub::UpdateInsats, request));
  return Print(updated, options.format, session);
}

absl::Status End(const InsatsOptions& options, const std::string& date,
                 Session& session) {
  ASSIGN_OR_RETURN(const v1::Insats current, Current(options, session));
  if (!session.Confirm(absl::StrCat("Avsluta ", Printable(current.title()),
                                    " den ", date, "?"))) {
    return Complaint("Inget är ändrat.");
  }
  v1::EndInsatsRequest request;
  request.set_name(current.name());
  request.set_etag(current.etag());
  request.set_end_date(date);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Insats ended,
                   session.Call(&InsatsService::Stub::EndInsats, request));
  return Print(ended, options.format, session);
}

absl::Status List(const InsatsOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  ASSIGN_OR_RETURN(const std::vector<v1::Insats>* insatser,
                   names->Insatser(forbund->name()));
  if (options.format == "json") {
    v1::ListInsatserResponse all;
    for (const v1::Insats& insats : *insatser) *all.add_insatser() = insats;
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const CodeLabels labels, LoadLabels(session));
  TextTable table(
      {{"namn"}, {"inriktning"}, {"metod"}, {"från"}, {"till"}, {"fokus"}});
  for (const v1::Insats& insats : *insatser) {
    table.AddRow({insats.title(), OrientationWord(insats.orientation()),
                  MethodWord(insats.registration_method()), insats.start_date(),
                  insats.end_date(), FocusText(insats, labels)});
  }
  std::cout << (table.Empty() ? "Inga insatser att visa.\n" : table.Text());
  return absl::OkStatus();
}

struct MethodOptions {
  std::string steered, team, structural;
  std::string format;
};

absl::StatusOr<bool> Answer(const std::string& given, const char* question) {
  if (given.empty()) return AskYesNo(question);
  return given == "ja";
}

std::string WhyText(v1::ProposalReason reason) {
  switch (reason) {
    case v1::PROPOSAL_REASON_WORKS_WITH_STRUCTURES:
      return "Den arbetar med strukturer mellan parterna, inte med enskilda "
             "deltagare.";
    case v1::PROPOSAL_REASON_TEAM_WITH_OWN_METHOD:
      return "Det är ett team med samordnare och egen arbetsmetod, så varje "
             "deltagare kan följas.";
    case v1::PROPOSAL_REASON_NEITHER_STEERED_NOR_COORDINATED:
      return "Verksamheten har varken styrgrupp eller samordnare.";
    case v1::PROPOSAL_REASON_NO_TEAM_OF_ITS_OWN:
      return "Den är styrd eller samordnad, men har inget eget team med egen "
             "arbetsmetod.";
    default:
      return "Servern anger ett skäl som den här stegvis inte känner till.";
  }
}

absl::Status SuggestMethod(const MethodOptions& options, Session& session) {
  ASSIGN_OR_RETURN(
      const bool structural,
      Answer(options.structural,
             "Arbetar insatsen med strukturer mellan parterna snarare än med "
             "människor?"));
  ASSIGN_OR_RETURN(const bool team,
                   Answer(options.team,
                          "Är det ett team med samordnare och egen "
                          "arbetsmetod?"));
  ASSIGN_OR_RETURN(const bool steered,
                   Answer(options.steered,
                          "Har verksamheten en styrgrupp eller en "
                          "samordnare?"));
  v1::ProposeMethodRequest request;
  request.set_structural(structural);
  request.set_own_team(team);
  request.set_steered(steered);
  ASSIGN_OR_RETURN(const v1::ProposeMethodResponse proposal,
                   session.Call(&InsatsService::Stub::ProposeMethod, request));
  if (options.format == "json") {
    std::cout << JsonText(proposal);
    return absl::OkStatus();
  }
  std::cout << "Förslag: " << MethodWord(proposal.registration_method()) << "\n"
            << WhyText(proposal.reason())
            << "\nDet är ett förslag. Ni bestämmer själva.\n";
  return absl::OkStatus();
}

void AddText(CLI::App& app, const char* name, std::optional<std::string>& value,
             const char* help, const char* type, bool required) {
  app.add_option(name, value, help)->type_name(type)->required(required);
}

void AddList(CLI::App& app, const char* name, std::vector<std::string>& values,
             const char* help, const char* type, bool required) {
  app.add_option(name, values, help)
      ->type_name(type)
      ->expected(1)
      ->take_all()
      ->required(required);
}

void AddFields(CLI::App& app, InsatsOptions& options, bool required) {
  AddText(app, "--name", options.title, "Namn, unikt i förbundet", "NAMN",
          required);
  AddText(app, "--start", options.start, "Första dagen", "DATUM", required);
  AddText(app, "--end", options.end, "Sista dagen", "DATUM", false);
  AddText(app, "--focus", options.focus,
          "Fokus; koderna: stegvis codes list --list FOCUS_INDIVIDUAL", "KOD",
          required);
  AddList(app, "--target-group", options.target_groups,
          "Målgrupp, kan upprepas; koderna: stegvis codes list --list\n"
          "TARGET_GROUP",
          "KOD", required);
  AddText(app, "--description", options.description, "Beskrivning", "TEXT",
          false);
  AddList(app, "--party", options.parties, "Part som deltar, kan upprepas",
          "NAMN", false);
  AddList(app, "--planned", options.planned,
          "Planerade deltagare ett år, kan upprepas", "ÅR=ANTAL", false);
  AddFormat(app, options.format);
}

void AddCreate(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<InsatsOptions>();
  CLI::App& app = table.Command(
      group, "create",
      "Lägger upp en insats. Inriktning, metod och ESF kan inte ändras sedan;\n"
      "är du osäker på metoden, se stegvis insats suggest-method.",
      "stegvis insats create --forbund 222000-1230 --name \"Team Framåt\" "
      "--start 2026-01-01 --orientation individ --focus forberedande "
      "--target-group unga_psykisk_ohalsa --method person",
      [options](Session& session) { return Create(*options, session); });
  AddForbund(app, options->forbund);
  AddFields(app, *options, /*required=*/true);
  app.add_option("--orientation", options->orientation, "Inriktning")
      ->type_name("individ|struktur")
      ->check(OneOf({"individ", "struktur"}))
      ->required();
  app.add_option("--method", options->method, "Hur deltagare registreras")
      ->type_name("person|volym")
      ->check(OneOf({"person", "volym"}))
      ->required();
  app.add_option("--esf", options->esf, "Finansierad av ESF")
      ->type_name("ja|nej")
      ->check(OneOf({"ja", "nej"}));
}

void AddUpdate(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<InsatsOptions>();
  CLI::App& app = table.Command(
      group, "update",
      "Ändrar en insats: bara det som anges. En lista ersätts helt.",
      "stegvis insats update --forbund 222000-1230 --insats \"Team Framåt\" "
      "--planned 2026=40",
      [options](Session& session) { return Update(*options, session); });
  AddForbund(app, options->forbund);
  AddInsats(app, options->insats);
  AddFields(app, *options, /*required=*/false);
}

void AddListAndShow(CommandTable& table, CLI::App& group) {
  auto all = std::make_shared<InsatsOptions>();
  CLI::App& list = table.Command(
      group, "list", "Visar förbundets insatser, i den ordning de lades upp.",
      "stegvis insats list --forbund 222000-1230",
      [all](Session& session) { return List(*all, session); });
  AddForbund(list, all->forbund);
  AddFormat(list, all->format);

  auto one = std::make_shared<InsatsOptions>();
  CLI::App& show = table.Command(
      group, "show", "Visar en insats.",
      "stegvis insats show --forbund 222000-1230 --insats \"Team Framåt\"",
      [one](Session& session) -> absl::Status {
        ASSIGN_OR_RETURN(const v1::Insats insats, Current(*one, session));
        return Print(insats, one->format, session);
      });
  AddForbund(show, one->forbund);
  AddInsats(show, one->insats);
  AddFormat(show, one->format);
}

void AddEnd(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<InsatsOptions>();
  auto date = std::make_shared<std::string>();
  CLI::App& app = table.Command(
      group, "end",
      "Sätter insatsens sista dag. Alla deltaganden ska vara avslutade till "
      "dess.",
      "stegvis insats end --forbund 222000-1230 --insats \"Team Framåt\" "
      "--date 2026-12-31",
      [options, date](Session& session) {
        return End(*options, *date, session);
      });
  AddForbund(app, options->forbund);
  AddInsats(app, options->insats);
  app.add_option("--date", *date, "Sista dagen")
      ->type_name("DATUM")
      ->required();
  AddFormat(app, options->format);
}

void AddSuggestMethod(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<MethodOptions>();
  CLI::App& app = table.Command(
      group, "suggest-method",
      "Föreslår hur en insats ska registreras, efter tre frågor. De ställs i\n"
      "terminalen om svaren inte anges.",
      "stegvis insats suggest-method --steered ja --team ja --structural nej",
      [options](Session& session) { return SuggestMethod(*options, session); });
  const auto add = [&](const char* name, std::string& value, const char* help) {
    app.add_option(name, value, help)
        ->type_name("ja|nej")
        ->check(OneOf({"ja", "nej"}));
  };
  add("--steered", options->steered, "Finns styrgrupp eller samordnare?");
  add("--team", options->team,
      "Är det ett team med samordnare och egen arbetsmetod?");
  add("--structural", options->structural,
      "Arbetar den med strukturer mellan parterna?");
  AddFormat(app, options->format);
}

}  // namespace

void AddInsatsCommands(CommandTable& table) {
  CLI::App& group = table.Group("insats", "Insatser");
  AddCreate(table, group);
  AddUpdate(table, group);
  AddListAndShow(table, group);
  AddEnd(table, group);
  AddSuggestMethod(table, group);
}

}  // namespace stegvis::cli
