#include <iostream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "client/cli/code_labels.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/participation_calls.h"
#include "client/cli/participation_text.h"
#include "client/cli/swedish_time.h"
#include "client/cli/text_table.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/person.grpc.pb.h"

namespace stegvis::cli {
namespace {

struct ExtractOptions {
  std::string forbund, file, format;
};

std::string HeadText(const v1::PersonExtract& extract) {
  return absl::StrCat(
      "REGISTERUTDRAG\n\n", "Det här är allt som ", extract.forbund_title(),
      " har registrerat i Stegvis\nom personen med det personnummer som står "
      "här, och vilka användare som\nhar läst eller ändrat det. Framställt ",
      SwedishTime(extract.extract_time()), ".\n");
}

// Who it was, when and why.
std::string VersionTitle(const v1::ExtractedVersion& version, int number,
                         const CodeLabels& labels) {
  std::string title =
      absl::StrCat("Version ", number, ", sparad ",
                   SwedishTime(version.participation().update_time()), " av ",
                   version.user());
  if (!version.correction_reason().empty()) {
    absl::StrAppend(
        &title, ", rättelse: ",
        labels.Label("CORRECTION_REASON", version.correction_reason()));
  }
  return title;
}

std::string VersionText(const v1::ExtractedVersion& version, int number,
                        const CodeLabels& labels, Directory& names) {
  const std::string person =
      version.has_person()
          ? PropertyText({{"Personnummer", version.person().person_number()},
                          {"Namn", version.person().display_name()}})
          : "Här stod ett felaktigt personnummer, som är rättat sedan.\n";
  return absl::StrCat(
      "\n", VersionTitle(version, number, labels), "\n", person,
      ParticipationText(version.participation(), labels, names));
}

std::string EntriesText(const v1::ExtractedParticipation& participation,
                        const CodeLabels& labels) {
  TextTable table({{"när"}, {"användare"}, {"vad"}, {"varför"}});
  for (const v1::AuditEntry& entry : participation.entries()) {
    table.AddRow({SwedishTime(entry.record_time()), entry.user(),
                  absl::StrCat(entry.method(), entry.refused() ? " NEKAD" : ""),
                  labels.Label("PURPOSE", entry.reason())});
  }
  return absl::StrCat("\nLäst och ändrat av\n", table.Text());
}

std::string WithdrawalText(const v1::PersonExtract& extract) {
  if (extract.withdrawn_date().empty()) return "";
  return absl::StrCat(
      "\nÅTERTAGET SAMTYCKE ELLER RADERING\n\nUppgifter om personen raderades ",
      extract.withdrawn_date(),
      ". För att personen inte ska\nregistreras igen på ett äldre samtycke "
      "sparas en kodad markering till ",
      extract.withdrawal_kept_until_date(), ".\n");
}

std::string ExtractText(const v1::PersonExtract& extract,
                        const CodeLabels& labels, Directory& names) {
  std::string text = HeadText(extract);
  if (extract.participations().empty() && extract.unreadable().empty()) {
    absl::StrAppend(&text, "\nInget deltagande är registrerat.\n");
  }
  int place = 0;
  for (const v1::ExtractedParticipation& one : extract.participations()) {
    absl::StrAppend(&text, "\nDELTAGANDE ", ++place, ": ", one.insats_title(),
                    "\n");
    int number = 0;
    for (const v1::ExtractedVersion& version : one.versions()) {
      absl::StrAppend(&text, VersionText(version, ++number, labels, names));
    }
    absl::StrAppend(&text, EntriesText(one, labels));
  }
  for (const std::string& name : extract.unreadable()) {
    absl::StrAppend(&text, "\n!!! POSTEN GÅR INTE ATT ÖPPNA: ", name, "\n");
  }
  if (extract.unreadable_entries() > 0) {
    absl::StrAppend(&text, "\n!!! ", extract.unreadable_entries(),
                    " poster i förbundets logg går inte att öppna. De kan "
                    "gälla personen.\n");
  }
  return absl::StrCat(text, WithdrawalText(extract));
}

absl::Status Extract(const ExtractOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  v1::ExtractPersonRequest request;
  request.set_parent(forbund->name());
  ASSIGN_OR_RETURN(const v1::PersonIdentity person,
                   AskPerson(/*with_name=*/false));
  request.set_person_number(person.person_number());
  ASSIGN_OR_RETURN(
      const v1::PersonExtract extract,
      session.Call(&v1::PersonService::Stub::ExtractPerson, request));
  ASSIGN_OR_RETURN(const CodeLabels labels, LoadLabels(session));
  const std::string text = options.format == "json"
                               ? JsonText(extract)
                               : ExtractText(extract, labels, *names);
  if (!options.file.empty()) return WriteFile(options.file, text);
  std::cout << text;
  return absl::OkStatus();
}

}  // namespace

void AddExtractCommand(CommandTable& table, CLI::App& participant) {
  auto options = std::make_shared<ExtractOptions>();
  CLI::App& app = table.Command(
      participant, "extract",
      "Gör ett registerutdrag: allt som ett förbund har registrerat om en\n"
      "person, varje version, och vilka som har läst det. Som text att lämna\n"
      "över, eller som JSON. Personnumret frågas det efter, eller läses från\n"
      "stdin; det skrivs aldrig på kommandoraden. Utdraget loggas.",
      "stegvis participant extract --forbund 222000-1230 -o utdrag.txt",
      [options](Session& session) { return Extract(*options, session); });
  AddForbund(app, options->forbund);
  app.add_option("-o,--output", options->file,
                 "Skriv till en fil som bara du kan läsa")
      ->type_name("FIL");
  AddFormat(app, options->format);
}

}  // namespace stegvis::cli
