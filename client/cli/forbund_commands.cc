#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/export.h"
#include "client/cli/paging.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/forbund.grpc.pb.h"

namespace stegvis::cli {
namespace {

using v1::ForbundService;

// What create and update say of a förbund; what is not said is not changed.
struct ForbundOptions {
  std::string which;
  std::optional<std::string> name, number, start, end, description, contact;
  std::optional<int32_t> retention_months;
  std::vector<std::string> kommuner, parties;
  std::string format;
};

absl::Status SetParty(const std::string& text, v1::Party& party) {
  const std::pair<std::string, std::string> halves =
      absl::StrSplit(text, absl::MaxSplits('=', 1));
  party.set_title(halves.first);
  for (absl::string_view role :
       absl::StrSplit(halves.second, ',', absl::SkipEmpty())) {
    if (role == "deltar") {
      party.set_participates(true);
    } else if (role == "finansierar") {
      party.set_finances(true);
    } else if (role == "anvander") {
      party.set_uses_funds(true);
    } else {
      return WrongUsage(absl::StrCat("--party ", Printable(text),
                                     ": efter = står deltar, finansierar "
                                     "eller anvander."));
    }
  }
  return absl::OkStatus();
}

struct TextField {
  std::optional<std::string> ForbundOptions::*option;
  const char* path;
  void (*set)(v1::Forbund&, const std::string&);
};

constexpr TextField kTextFields[] = {
    {&ForbundOptions::name, "display_name",
     [](v1::Forbund& f, const std::string& v) { f.set_display_name(v); }},
    {&ForbundOptions::number, "organization_number",
     [](v1::Forbund& f, const std::string& v) {
       f.set_organization_number(v);
     }},
    {&ForbundOptions::start, "start_date",
     [](v1::Forbund& f, const std::string& v) { f.set_start_date(v); }},
    {&ForbundOptions::end, "end_date",
     [](v1::Forbund& f, const std::string& v) { f.set_end_date(v); }},
    {&ForbundOptions::description, "description",
     [](v1::Forbund& f, const std::string& v) { f.set_description(v); }},
    {&ForbundOptions::contact, "contact",
     [](v1::Forbund& f, const std::string& v) { f.set_contact(v); }},
};

// Puts what was said into `forbund` and its paths into `mask`.
absl::Status Apply(const ForbundOptions& options, v1::Forbund& forbund,
                   google::protobuf::FieldMask& mask) {
  for (const TextField& field : kTextFields) {
    const std::optional<std::string>& value = options.*field.option;
    if (!value.has_value()) continue;
    field.set(forbund, *value);
    mask.add_paths(field.path);
  }
  if (options.retention_months.has_value()) {
    forbund.set_retention_months(*options.retention_months);
    mask.add_paths("retention_months");
  }
  for (const std::string& text : options.kommuner) {
    const std::pair<std::string, std::string> halves =
        absl::StrSplit(text, absl::MaxSplits(':', 1));
    v1::Kommun& kommun = *forbund.add_kommuner();
    kommun.set_code(halves.first);
    kommun.set_district(halves.second);
  }
  if (!options.kommuner.empty()) mask.add_paths("kommuner");
  for (const std::string& text : options.parties) {
    RETURN_IF_ERROR(SetParty(text, *forbund.add_parties()));
  }
  if (!options.parties.empty()) mask.add_paths("parties");
  return absl::OkStatus();
}

std::string KommunText(const v1::Forbund& forbund) {
  return absl::StrJoin(forbund.kommuner(), ", ",
                       [](std::string* out, const v1::Kommun& kommun) {
                         absl::StrAppend(out, kommun.code(),
                                         kommun.district().empty() ? "" : " ",
                                         kommun.district());
                       });
}

std::string PartyText(const v1::Forbund& forbund) {
  return absl::StrJoin(
      forbund.parties(), ", ", [](std::string* out, const v1::Party& party) {
        absl::StrAppend(out, party.title());
        std::vector<std::string> roles;
        if (party.participates()) roles.push_back("deltar");
        if (party.finances()) roles.push_back("finansierar");
        if (party.uses_funds()) roles.push_back("använder");
        if (roles.empty()) return;
        absl::StrAppend(out, " (", absl::StrJoin(roles, ", "), ")");
      });
}

void Print(const v1::Forbund& forbund, const std::string& format) {
  if (format == "json") {
    std::cout << JsonText(forbund);
    return;
  }
  std::cout << PropertyText({
      {"Namn", forbund.display_name()},
      {"Organisationsnummer", forbund.organization_number()},
      {"Från", forbund.start_date()},
      {"Till", forbund.end_date()},
      {"Beskrivning", forbund.description()},
      {"Kontakt", forbund.contact()},
      {"Gallringsfrist", absl::StrCat(forbund.retention_months(), " månader")},
      {"Kommuner", KommunText(forbund)},
      {"Parter", PartyText(forbund)},
      {"Resurs", forbund.name()},
  });
}

absl::Status Create(const ForbundOptions& options, Session& session) {
  v1::CreateForbundRequest request;
  google::protobuf::FieldMask unused;
  RETURN_IF_ERROR(Apply(options, *request.mutable_forbund(), unused));
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Forbund forbund,
                   session.Call(&ForbundService::Stub::CreateForbund, request));
  Print(forbund, options.format);
  return absl::OkStatus();
}

absl::StatusOr<v1::Forbund> Current(const std::string& which,
                                    Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* found, names->ForbundOrOnly(which));
  v1::GetForbundRequest request;
  request.set_name(found->name());
  return session.Call(&ForbundService::Stub::GetForbund, request);
}

absl::Status Update(const ForbundOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const v1::Forbund current, Current(options.which, session));
  v1::UpdateForbundRequest request;
  v1::Forbund& forbund = *request.mutable_forbund();
  forbund.set_name(current.name());
  forbund.set_etag(current.etag());
  RETURN_IF_ERROR(Apply(options, forbund, *request.mutable_update_mask()));
  if (request.update_mask().paths().empty()) {
    return WrongUsage("Säg vad som ska ändras, till exempel --contact TEXT.");
  }
  request.set_request_id(NewRequestId());
  ASSIGN_OR_RETURN(const v1::Forbund updated,
                   session.Call(&ForbundService::Stub::UpdateForbund, request));
  Print(updated, options.format);
  return absl::OkStatus();
}

absl::Status List(const std::string& format, Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  ASSIGN_OR_RETURN(const v1::ListForbundResponse all,
                   AllPages(*connection, &ForbundService::Stub::ListForbund,
                            v1::ListForbundRequest()));
  if (format == "json") {
    std::cout << JsonText(all);
    return absl::OkStatus();
  }
  TextTable table({{"namn"}, {"organisationsnummer"}, {"från"}, {"till"}});
  for (const v1::Forbund& forbund : all.forbund()) {
    table.AddRow({forbund.display_name(), forbund.organization_number(),
                  forbund.start_date(), forbund.end_date()});
  }
  std::cout << (table.Empty() ? "Inga förbund att visa.\n" : table.Text());
  return absl::OkStatus();
}

void AddFields(CLI::App& app, ForbundOptions& options, bool required) {
  const auto add = [&](const char* name, std::optional<std::string>& value,
                       const char* help, const char* type, bool needed) {
    app.add_option(name, value, help)->type_name(type)->required(needed);
  };
  add("--name", options.name, "Namn", "NAMN", required);
  if (required) {
    add("--org-number", options.number, "Organisationsnummer", "NNNNNN-NNNN",
        true);
  }
  add("--start", options.start, "Första dagen", "DATUM", required);
  add("--end", options.end, "Sista dagen", "DATUM", false);
  add("--description", options.description, "Beskrivning", "TEXT", false);
  add("--contact", options.contact, "Hur man når förbundet", "TEXT", false);
  app.add_option("--retention-months", options.retention_months,
                 "Månader efter avslutet som ett deltagande sparas, 12–240;\n"
                 "annars 60")
      ->type_name("TAL");
  app.add_option("--kommun", options.kommuner,
                 "Kommun (SCB:s kod), kan upprepas; en stadsdel efter kolon")
      ->type_name("KOD[:STADSDEL]")
      ->expected(1)
      ->take_all();
  app.add_option("--party", options.parties,
                 "Part, kan upprepas; efter = dess roller, med komma:\n"
                 "deltar, finansierar, anvander")
      ->type_name("NAMN[=ROLLER]")
      ->expected(1)
      ->take_all();
  AddFormat(app, options.format);
}

void AddCreate(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<ForbundOptions>();
  CLI::App& app = table.Command(
      group, "create", "Lägger upp ett förbund.",
      "stegvis forbund create --name \"Samordningsförbundet Exempel\" "
      "--org-number 222000-1230 --start 2024-01-01",
      [options](Session& session) { return Create(*options, session); });
  AddFields(app, *options, /*required=*/true);
}

void AddUpdate(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<ForbundOptions>();
  CLI::App& app = table.Command(
      group, "update",
      "Ändrar ett förbund: bara det som anges. En lista ersätts helt.",
      "stegvis forbund update --forbund 222000-1230 --contact "
      "kansli@exempel.se",
      [options](Session& session) { return Update(*options, session); });
  AddForbund(app, options->which);
  AddFields(app, *options, /*required=*/false);
}

void AddListAndShow(CommandTable& table, CLI::App& group) {
  auto format = std::make_shared<std::string>();
  CLI::App& list = table.Command(
      group, "list", "Visar de förbund du får se.", "stegvis forbund list",
      [format](Session& session) { return List(*format, session); });
  AddFormat(list, *format);

  auto options = std::make_shared<ForbundOptions>();
  CLI::App& show =
      table.Command(group, "show", "Visar ett förbund.",
                    "stegvis forbund show --forbund 222000-1230",
                    [options](Session& session) -> absl::Status {
                      ASSIGN_OR_RETURN(const v1::Forbund forbund,
                                       Current(options->which, session));
                      Print(forbund, options->format);
                      return absl::OkStatus();
                    });
  AddForbund(show, options->which);
  AddFormat(show, options->format);
}

void AddExport(CommandTable& table, CLI::App& group) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App& app = table.Command(
      group, "export",
      "Skriver allt förbundet har till en mapp, i öppna format:\n"
      "forbund.json, questions.json, insatser.csv, participants.csv och\n"
      "counts.csv. CSV-filerna har importens kolumner.",
      "stegvis forbund export --forbund 222000-1230 -o exempel/",
      [options](Session& session) { return Export(*options, session); });
  AddForbund(app, options->forbund);
  app.add_option("-o,--output", options->directory,
                 "Mappen; den skapas och ska vara tom")
      ->type_name("MAPP")
      ->required();
  app.add_flag("--identities", options->identities,
               "Ta med personnummer och namn (kräver rollen dataskydd,\n"
               "och loggas)");
  app.add_flag("--registered", options->registered,
               "Ta med kolumnen registrerad; sådana filer läses in med\n"
               "--migrate");
}

}  // namespace

void AddForbundCommands(CommandTable& table) {
  CLI::App& group = table.Group("forbund", "Förbund");
  AddCreate(table, group);
  AddUpdate(table, group);
  AddListAndShow(table, group);
  AddExport(table, group);
}

}  // namespace stegvis::cli
