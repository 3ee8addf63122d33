#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/code_labels.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/consent_form.h"
#include "client/cli/files.h"
#include "client/cli/participation_calls.h"
#include "client/cli/participation_text.h"
#include "client/cli/text_table.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/participation.grpc.pb.h"
#include "stegvis/v1/person.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::PersonService;

struct FindOptions {
  std::string forbund, format;
};

absl::Status Find(const FindOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  v1::FindPersonRequest request;
  request.set_parent(forbund->name());
  ASSIGN_OR_RETURN(const v1::PersonIdentity person,
                   AskPerson(/*with_name=*/false));
  request.set_person_number(person.person_number());
  ASSIGN_OR_RETURN(const v1::FindPersonResponse found,
                   session.Call(&PersonService::Stub::FindPerson, request));
  if (options.format == "json") {
    std::cout << JsonText(found);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const CodeLabels labels, LoadLabels(session));
  std::cout << ParticipationTable(found.participations(), found.unreadable(),
                                  labels, *names);
  return absl::OkStatus();
}

struct RevealOptions {
  std::string name, purpose, format;
};

absl::Status Reveal(const RevealOptions& options, Session& session) {
  v1::RevealPersonRequest request;
  request.set_name(options.name);
  request.set_purpose(options.purpose);
  ASSIGN_OR_RETURN(const v1::PersonIdentity person,
                   session.Call(&PersonService::Stub::RevealPerson, request));
  if (options.format == "json") {
    std::cout << JsonText(person);
    return absl::OkStatus();
  }
  std::cout << PropertyText({{"Personnummer", person.person_number()},
                             {"Namn", person.display_name()}});
  return absl::OkStatus();
}

struct AcknowledgeOptions {
  std::string name, kind, why, format;
};

absl::Status Acknowledge(const AcknowledgeOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::Participation current,
                   GetParticipation(options.name, session));
  v1::AcknowledgeFindingRequest request;
  request.set_name(current.name());
  request.set_etag(current.etag());
  request.set_kind(options.kind);
  request.set_acknowledgement(options.why);
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(
      const v1::Participation acknowledged,
      session.Call(&v1::ParticipationService::Stub::AcknowledgeFinding,
                   request));
  return PrintParticipation(acknowledged, options.format, session);
}

struct FormOptions {
  std::string forbund, insats, file;
};

absl::Status PrintForm(const FormOptions& options) {
  const std::string text = ConsentForm(options.forbund, options.insats);
  if (!options.file.empty()) return WriteFile(options.file, text);
  std::cout << text;
  return absl::OkStatus();
}

void AddFind(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<FindOptions>();
  CLI::App& app = table.Command(
      group, "find",
      "Söker en persons deltaganden i ett förbund. Personnumret frågas det\n"
      "efter, eller läses från stdin; det skrivs aldrig på kommandoraden.\n"
      "Sökningen loggas.",
      "stegvis participant find --forbund 222000-1230",
      [options](Session& session) { return Find(*options, session); });
  AddForbund(app, options->forbund);
  AddFormat(app, options->format);
}

void AddReveal(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<RevealOptions>();
  CLI::App& app = table.Command(
      group, "reveal",
      "Visar vem ett deltagande gäller, för ett uppgivet ändamål. Det loggas.",
      "stegvis participant reveal forbund/…/participations/… --purpose KOD",
      [options](Session& session) { return Reveal(*options, session); });
  AddParticipationName(app, options->name);
  app.add_option("--purpose", options->purpose,
                 "Varför; koderna: stegvis codes list --list PURPOSE")
      ->type_name("KOD")
      ->required();
  AddFormat(app, options->format);
}

void AddAcknowledge(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<AcknowledgeOptions>();
  CLI::App& app = table.Command(
      group, "acknowledge",
      "Förklarar något ovanligt som ändå är rätt, så att det inte längre står\n"
      "att förklara.",
      "stegvis participant acknowledge forbund/…/participations/… "
      "--kind CONSENT_OLD --why \"Förnyas inte inom insatsen\"",
      [options](Session& session) { return Acknowledge(*options, session); });
  AddParticipationName(app, options->name);
  app.add_option(
         "--kind", options->kind,
         "Vad det gäller, som det står i show: AGE_OUTSIDE_16_65,\n"
         "CONSENT_OLD, EXIT_LATE, SITUATION_UNCHANGED, FOLLOW_UP_6_OFF\n"
         "eller FOLLOW_UP_12_OFF")
      ->type_name("SLAG")
      ->required();
  app.add_option("--why", options->why, "Varför det är rätt")
      ->type_name("TEXT")
      ->required();
  AddFormat(app, options->format);
}

void AddForm(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<FormOptions>();
  CLI::App& app = table.Command(
      group, "consent-form",
      "Skriver ut en samtyckesblankett att skriva under. Den är ett förslag:\n"
      "låt förbundets dataskyddsombud läsa den. Ingen server behövs.",
      "stegvis participant consent-form --forbund \"Samordningsförbundet "
      "Exempel\" --insats \"Team Framåt\" -o samtycke.txt",
      [options](Session&) { return PrintForm(*options); });
  app.add_option("--forbund", options->forbund,
                 "Förbundets namn; annars en rad att fylla i")
      ->type_name("NAMN");
  app.add_option("--insats", options->insats,
                 "Insatsens namn; annars en rad att fylla i")
      ->type_name("NAMN");
  app.add_option("-o,--output", options->file, "Skriv till en fil")
      ->type_name("FIL");
}

}  // namespace

void AddPersonCommands(CommandTable& table, CLI::App& participant) {
  AddFind(table, participant);
  AddReveal(table, participant);
  AddAcknowledge(table, participant);
  AddForm(table, participant);
}

}  // namespace stegvis::cli
