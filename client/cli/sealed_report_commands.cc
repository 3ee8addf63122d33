#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/reason_text.h"
#include "client/cli/release_proof_file.h"
#include "client/cli/revision_list.h"
#include "client/cli/sealed_report_text.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "services/envelope/envelope.h"
#include "services/envelope/public_key.h"
#include "services/envelope/sealed_report.h"
#include "stegvis/v1/sealed_report.grpc.pb.h"

namespace stegvis::cli {
namespace {

using Stub = v1::SealedReportService::Stub;

struct SealedOptions {
  int year = 0;
  std::string forbund, name, file, key, format;
};

absl::StatusOr<std::string> ForbundNamed(const std::string& text,
                                         Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* found, names->ForbundOrOnly(text));
  return found->name();
}

// What is about to be sealed, on stderr: the answer goes to stdout.
void Warn(const v1::OpenPoints& points) {
  const std::string open = OpenPointsText(points);
  if (open.empty()) return;
  std::cerr << "Det här är fortfarande öppet och kan ändra årets siffror:\n"
            << open;
}

absl::Status WriteEnvelopeOf(const v1::SealedReport& report,
                             const std::string& file) {
  if (file.empty()) return absl::OkStatus();
  return WriteFile(file, envelope::WriteEnvelope(envelope::EnvelopeOf(report)));
}

absl::Status Tell(const v1::SealReportResponse& sealed,
                  const SealedOptions& options) {
  if (options.format == "json") {
    std::cout << JsonText(sealed);
    return absl::OkStatus();
  }
  const auto content = envelope::ContentOfPayload(sealed.report().payload());
  if (!content.ok()) return Complaint(ReasonText(ReasonOf(content.status())));
  if (sealed.unchanged()) {
    std::cout << "Inget har ändrats sedan den senaste revisionen, så den "
                 "gäller fortfarande.\n";
  }
  std::cout << sealed.report().name() << "\n"
            << ContentText(*content, sealed.report().key_id());
  return absl::OkStatus();
}

absl::Status SealReport(const SealedOptions& options, Session& session) {
  RETURN_IF_ERROR(CheckWritable(options.file));
  v1::SealReportRequest request;
  ASSIGN_OR_RETURN(*request.mutable_forbund(),
                   ForbundNamed(options.forbund, session));
  request.set_year(options.year);
  request.set_request_id(NewRequestId());
  v1::PreviewSealedReportRequest preview;
  preview.set_forbund(request.forbund());
  preview.set_year(options.year);
  ASSIGN_OR_RETURN(const v1::PreviewSealedReportResponse seen,
                   session.Call(&Stub::PreviewSealedReport, preview));
  Warn(seen.content().open_points());
  if (seen.unchanged().empty() &&
      !session.Confirm(absl::StrCat(
          "Fastställ rapporten för ", options.year, " för ",
          Printable(seen.content().display_name()), " som revision ",
          seen.content().revision(), "? Den kan inte ändras efteråt."))) {
    return Complaint("Inget är fastställt.");
  }
  ASSIGN_OR_RETURN(const v1::SealReportResponse sealed,
                   session.Call(&Stub::SealReport, request));
  RETURN_IF_ERROR(WriteEnvelopeOf(sealed.report(), options.file));
  return Tell(sealed, options);
}

absl::Status ListReports(const SealedOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  const auto rows_of = [names](const v1::ListSealedReportsResponse& all) {
    std::vector<ListedRevision> rows;
    for (const v1::SealedReport& report : all.reports()) {
      rows.push_back({names->ForbundTitle(report.forbund()), report.year(),
                      report.revision(), report.seal_time(), report.name()});
    }
    return rows;
  };
  return ListRevisions(
      &Stub::ListSealedReports, {options.year, options.forbund, options.format},
      {"förbund", "fastställd", "Ingen rapport är fastställd.\n"}, rows_of,
      session);
}

absl::Status ShowReport(const SealedOptions& options, Session& session) {
  v1::GetSealedReportRequest request;
  request.set_name(options.name);
  ASSIGN_OR_RETURN(const v1::SealedReport report,
                   session.Call(&Stub::GetSealedReport, request));
  if (!options.file.empty()) return WriteEnvelopeOf(report, options.file);
  std::cout << envelope::WriteEnvelope(envelope::EnvelopeOf(report));
  return absl::OkStatus();
}

// The reason in Swedish, of a file.
absl::Status OfFile(const std::string& file, const absl::Status& status) {
  if (status.ok()) return status;
  return Complaint(
      absl::StrCat(Printable(file), ": ", ReasonText(ReasonOf(status))));
}

absl::Status OfProof(const std::string& file, const absl::Status& status) {
  if (status.ok()) return status;
  return Complaint(absl::StrCat(Printable(file), ": ", status.message()));
}

// A proof that nobody has signed shows by itself that it adds up.
absl::Status VerifyUnsigned(const SealedOptions& options) {
  ASSIGN_OR_RETURN(const std::string file, ReadFile(options.file));
  const auto read = envelope::ReadUnsigned(file);
  if (!read.ok() || !IsReleaseProof(*read)) {
    return WrongUsage("--key saknas. Se stegvis report verify --help.");
  }
  return OfProof(options.file, CheckReleaseProof(*read, "", options.format));
}

// Without a server.
absl::Status VerifyReport(const SealedOptions& options) {
  if (options.key.empty()) return VerifyUnsigned(options);
  ASSIGN_OR_RETURN(const std::string file, ReadFile(options.file));
  ASSIGN_OR_RETURN(const std::string pem, ReadFile(options.key));
  const auto key = envelope::PublicKey::FromPem(pem);
  RETURN_IF_ERROR(OfFile(options.key, key.status()));
  const auto read = envelope::ReadEnvelope(file);
  RETURN_IF_ERROR(OfFile(options.file, read.status()));
  RETURN_IF_ERROR(OfFile(options.file, envelope::Verify(pem, *read)));
  if (IsReleaseProof(*read)) {
    return OfProof(options.file,
                   CheckReleaseProof(*read, key->Id(), options.format));
  }
  const auto content = envelope::ContentOf(*read);
  RETURN_IF_ERROR(OfFile(options.file, content.status()));
  if (options.format == "json") {
    std::cout << JsonText(*content);
    return absl::OkStatus();
  }
  std::cout << "Underskriften stämmer: rapporten är oförändrad.\n"
            << ContentText(*content, key->Id());
  const std::string open = OpenPointsText(content->open_points());
  if (!open.empty()) {
    std::cout << "Detta var öppet när den fastställdes:\n" << open;
  }
  return absl::OkStatus();
}

absl::Status WriteKey(const SealedOptions& options, Session& session) {
  v1::GetSigningKeysRequest request;
  ASSIGN_OR_RETURN(*request.mutable_forbund(),
                   ForbundNamed(options.forbund, session));
  ASSIGN_OR_RETURN(const v1::GetSigningKeysResponse keys,
                   session.Call(&Stub::GetSigningKeys, request));
  if (options.format == "json") {
    std::cout << JsonText(keys);
    return absl::OkStatus();
  }
  if (keys.keys().empty()) return Complaint("Förbundet har ingen nyckel än.");
  if (!options.file.empty()) return WriteFile(options.file, keys.keys(0).pem());
  std::cout << keys.keys(0).pem();
  return absl::OkStatus();
}

absl::Status Compare(const SealedOptions& options, Session& session) {
  v1::CompareSealedReportsRequest request;
  request.set_name(options.name);
  ASSIGN_OR_RETURN(const v1::CompareSealedReportsResponse compared,
                   session.Call(&Stub::CompareSealedReports, request));
  std::cout << (options.format == "json" ? JsonText(compared)
                                         : DifferenceText(compared));
  return absl::OkStatus();
}

absl::Status Recompute(const SealedOptions& options, Session& session) {
  v1::RecomputeSealedReportRequest request;
  request.set_name(options.name);
  ASSIGN_OR_RETURN(const v1::RecomputeSealedReportResponse recomputed,
                   session.Call(&Stub::RecomputeSealedReport, request));
  std::cout << (options.format == "json" ? JsonText(recomputed)
                                         : RecomputedText(recomputed));
  return absl::OkStatus();
}

CLI::Option* AddYear(CLI::App& command, int& year, const char* description) {
  return command.add_option("--year", year, description)
      ->type_name("ÅR")
      ->check(CLI::Range(1900, 2199).description(""));
}

void AddName(CLI::App& command, std::string& name) {
  command
      .add_option("NAMN", name,
                  "Rapportens resursnamn, som stegvis report list visar det")
      ->type_name("")
      ->required();
}

void AddSeal(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<SealedOptions>();
  CLI::App& seal = table.Command(
      report, "seal",
      "Fastställer årets rapport: undertecknad, och aldrig mer ändrad.\n"
      "Har något ändrats sedan sist blir det en ny revision, annars gäller\n"
      "den senaste. Förbundets administratör fastställer. Det som är öppet\n"
      "visas: deltaganden utan avslut 24 månader efter starten, uppföljningar\n"
      "som är dags, och ovanliga uppgifter som ingen har förklarat.",
      "stegvis report seal --year 2020 --forbund 222000-1230 -o 2020.json",
      [options](Session& session) { return SealReport(*options, session); });
  AddYear(seal, options->year, "Kalenderåret, som ska vara slut")->required();
  AddForbund(seal, options->forbund);
  seal.add_option("-o,--output", options->file,
                  "Skriv den undertecknade rapporten till en fil")
      ->type_name("FIL");
  AddFormat(seal, options->format);
}

void AddListAndFetch(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<SealedOptions>();
  CLI::App& list = table.Command(
      report, "list", "Visar vilka rapporter som är fastställda.",
      "stegvis report list --year 2020",
      [options](Session& session) { return ListReports(*options, session); });
  list.add_option("--forbund", options->forbund,
                  "Bara förbundet med det namnet eller organisationsnumret")
      ->type_name("NAMN");
  AddYear(list, options->year, "Bara rapporter för året");
  AddFormat(list, options->format);

  auto fetched = std::make_shared<SealedOptions>();
  CLI::App& fetch = table.Command(
      report, "fetch",
      "Hämtar en fastställd rapport, så som den undertecknades.",
      "stegvis report fetch forbund/…/reports/2020-r1 -o 2020.json",
      [fetched](Session& session) { return ShowReport(*fetched, session); });
  AddName(fetch, fetched->name);
  fetch
      .add_option("-o,--output", fetched->file,
                  "Skriv till en fil. Utan den skrivs rapporten på stdout")
      ->type_name("FIL");
}

void AddVerify(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<SealedOptions>();
  CLI::App& verify = table.Command(
      report, "verify",
      "Visar att en fastställd rapport är oförändrad, och vad den säger.\n"
      "Beviset för en publicering kontrolleras också, genom addition: att de\n"
      "små antalen inte går att räkna ut, och att det publicerade är vad de\n"
      "sanna antalen och skydden ger.\n"
      "Behöver ingen server: filen och förbundets öppna nyckel räcker, också\n"
      "efter många år. Hämta nyckeln en gång, från förbundet självt.",
      "stegvis report verify 2020.json --key 222000-1230.pem",
      [options](Session&) { return VerifyReport(*options); });
  verify
      .add_option("FIL", options->file,
                  "Den fastställda rapporten, eller beviset")
      ->type_name("")
      ->required();
  verify
      .add_option("--key", options->key,
                  "Förbundets öppna nyckel, från stegvis report key; utan\n"
                  "den bara ett bevis från stegvis rollup, som är osignerat")
      ->type_name("FIL");
  AddFormat(verify, options->format);
}

void AddKey(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<SealedOptions>();
  CLI::App& key = table.Command(
      report, "key",
      "Skriver den öppna nyckel som förbundets rapporter undertecknas med.\n"
      "json visar äldre nycklar också.",
      "stegvis report key --forbund 222000-1230 -o 222000-1230.pem",
      [options](Session& session) { return WriteKey(*options, session); });
  AddForbund(key, options->forbund);
  key.add_option("-o,--output", options->file, "Skriv till en fil")
      ->type_name("FIL");
  AddFormat(key, options->format, {"pem", "json"});
}

void AddDifferences(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<SealedOptions>();
  CLI::App& differences = table.Command(
      report, "differences",
      "Visar vad en revision ändrade mot den före: vilka antal, hur mycket,\n"
      "genom vilka slags händelser, och hur många händelser av varje slag som\n"
      "registrerats emellan. Cellerna heter som i CSV-formen. Om ett raderat\n"
      "deltagande går det bara att säga att det raderats, inte vad som hänt\n"
      "det dessförinnan.",
      "stegvis report differences forbund/…/reports/2020-r2",
      [options](Session& session) { return Compare(*options, session); });
  AddName(differences, options->name);
  AddFormat(differences, options->format);
}

void AddRecompute(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<SealedOptions>();
  CLI::App& recompute = table.Command(
      report, "recompute",
      "Räknar om en fastställd rapport så som allt var känt då. Den blir\n"
      "densamma, byte för byte, tills någon har raderats.",
      "stegvis report recompute forbund/…/reports/2020-r1",
      [options](Session& session) { return Recompute(*options, session); });
  AddName(recompute, options->name);
  AddFormat(recompute, options->format);
}

}  // namespace

void AddSealedReportCommands(CommandTable& table, CLI::App& report) {
  AddSeal(table, report);
  AddListAndFetch(table, report);
  AddVerify(table, report);
  AddKey(table, report);
  AddDifferences(table, report);
  AddRecompute(table, report);
}

}  // namespace stegvis::cli
