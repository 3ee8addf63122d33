#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/import_counts.h"
#include "client/cli/import_forbund.h"
#include "client/cli/import_insatser.h"
#include "client/cli/import_participants.h"
#include "client/cli/import_stream.h"
#include "client/cli/import_summary.h"
#include "client/cli/reason_text.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/count.grpc.pb.h"
#include "stegvis/v1/insats.grpc.pb.h"
#include "stegvis/v1/participation.grpc.pb.h"

namespace stegvis::cli {
namespace {

struct ImportCommand {
  std::string file;
  bool dry_run = false;
  bool migrate = false;
  std::string format;
};

// What one kind of file needs.
template <typename Stub, typename Request, typename Row>
struct ImportKind {
  using Stream = grpc::ClientReaderWriter<Request, v1::ImportProgress>;
  using Method = std::unique_ptr<Stream> (Stub::*)(grpc::ClientContext*);
  using MakeParser =
      std::function<absl::StatusOr<std::unique_ptr<RowParser<Row>>>(
          const std::vector<std::string>& header, Directory&)>;

  Method method;
  std::vector<absl::string_view> columns;
  MakeParser make_parser;
  ImportLedger::ColumnOf column_of;
};

absl::Status OpenFile(const std::string& path, std::ifstream& file) {
  file.open(path, std::ios::binary);
  if (file && file.peek() != std::ifstream::traits_type::eof()) {
    return absl::OkStatus();
  }
  return Complaint(absl::StrCat(
      "Filen ", Printable(path),
      " går inte att läsa eller är tom. Kontrollera att den finns och får "
      "läsas."));
}

absl::Status InFile(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat(Printable(path), ": ", status.message()));
}

// What stopped the import before its end, if anything did.
absl::Status Ending(const Connection& connection, const grpc::Status& stream,
                    const absl::Status& parsing, const CsvReader& reader,
                    std::optional<int64_t> unanswered) {
  absl::Status why = parsing;
  if (why.ok()) why = connection.Explain(stream);
  if (why.ok() && reader.Broken()) {
    why = Complaint("Filen gick inte att läsa till slutet.");
  }
  if (why.ok() && unanswered.has_value()) {
    why = Complaint("Servern svarade inte för alla rader.");
  }
  return why.ok() ? why : Stopped(why, unanswered);
}

template <typename Stub, typename Request, typename Row>
absl::Status RunImport(const ImportCommand& command,
                       const ImportKind<Stub, Request, Row>& kind,
                       Session& session) {
  std::ifstream file;
  RETURN_IF_ERROR(OpenFile(command.file, file));
  CsvReader reader(file);
  const absl::Status header = reader.ReadHeader(kind.columns);
  if (!header.ok()) return InFile(command.file, header);
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  auto parser = kind.make_parser(reader.Columns(), *names);
  if (!parser.ok()) return InFile(command.file, parser.status());
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());

  Progress progress;
  const bool json = command.format == "json";
  ImportLedger ledger(kind.column_of, RefusedRows(command.file, progress),
                      /*keep_rows=*/json);
  Stub stub(connection->Channel());
  grpc::ClientContext context;
  v1::ImportOptions options;
  options.set_validate_only(command.dry_run);
  options.set_migrate(command.migrate);
  ImportStream<Request, Row> stream((stub.*kind.method)(&context), ledger,
                                    progress);
  absl::Status parsing;
  const grpc::Status status = stream.Run(options, reader, **parser, parsing);
  const std::optional<int64_t> unanswered = ledger.Finish();
  progress.Clear();

  std::cout << (json ? JsonText(ledger.Summary().totals)
                     : SummaryText(ledger.Summary(), command.dry_run,
                                   command.migrate));
  if (ledger.Summary().refused > 0) session.MarkPartly();
  return Ending(*connection, status, parsing, reader, unanswered);
}

absl::Status ImportInsatser(const ImportCommand& command, Session& session) {
  const ImportKind<v1::InsatsService::Stub, v1::ImportInsatserRequest,
                   v1::InsatsRow>
      kind{&v1::InsatsService::Stub::ImportInsatser, InsatsColumns(),
           InsatsParser, InsatsColumn};
  return RunImport(command, kind, session);
}

absl::Status ImportParticipants(const ImportCommand& command,
                                Session& session) {
  const ImportKind<v1::ParticipationService::Stub,
                   v1::ImportParticipationsRequest, v1::ParticipationRow>
      kind{&v1::ParticipationService::Stub::ImportParticipations,
           ParticipantColumns(),
           [&](const std::vector<std::string>& header, Directory& names) {
             return ParticipantParser(header, command.migrate, names);
           },
           ParticipantColumn};
  return RunImport(command, kind, session);
}

absl::Status ImportCounts(const ImportCommand& command, Session& session) {
  const ImportKind<v1::CountService::Stub, v1::ImportCountsRequest,
                   v1::CountRow>
      kind{&v1::CountService::Stub::ImportCounts, CountColumns(),
           [&](const std::vector<std::string>& header, Directory& names) {
             return CountParser(header, command.migrate, names);
           },
           CountColumn};
  return RunImport(command, kind, session);
}

absl::Status ImportForbundFile(const ImportCommand& command, Session& session) {
  std::ifstream file;
  RETURN_IF_ERROR(OpenFile(command.file, file));
  Progress progress;
  ImportLedger ledger(ForbundColumn, RefusedRows(command.file, progress),
                      /*keep_rows=*/command.format == "json");
  absl::Status status = ImportForbund(file, command.dry_run, session, ledger);
  ledger.Finish();
  if (ledger.Summary().totals.rows() == 0 && !status.ok()) {
    return InFile(command.file, status);
  }
  std::cout << (command.format == "json"
                    ? JsonText(ledger.Summary().totals)
                    : SummaryText(ledger.Summary(), command.dry_run,
                                  /*migrate=*/false));
  if (ledger.Summary().refused > 0) session.MarkPartly();
  return status;
}

constexpr char kParticipantHelp[] =
    "Läser in deltagare.\n\n"
    "Kolumner: forbund, insats, personnummer, skyddad (ja/nej), samtycke\n"
    "(datum då det skrevs under), kommun, in_datum, in_forsorjning (kod eller\n"
    "kod:omfattning, flera med |), in_arbete och in_studier (timmar i\n"
    "veckan), in_arbetssokande (ja/nej), utbildning, manader_i_forsorjning,\n"
    "remittent, ut_datum, avslutsanledning, ut_forsorjning, ut_arbete,\n"
    "ut_studier, ut_arbetssokande, uppf6_datum och uppf6_… på samma sätt,\n"
    "uppf12_…, samtycke_ref, namn.\n"
    "Måste finnas: forbund, insats, personnummer, samtycke, in_datum,\n"
    "in_forsorjning. De andra får saknas eller vara tomma.\n\n"
    "Förbundets egna frågor har kolumnen fraga:TEXT. Svaret hör till\n"
    "inregistreringen, eller till avslutet när frågan bara ställs där. Ställs\n"
    "den på båda håll har svaret vid avslutet kolumnen fraga_ut:TEXT.\n\n"
    "Med --migrate finns också registrerad: när det andra systemet\n"
    "registrerade raden (2016-01-16T12:00:00Z).";

constexpr char kFileHelp[] =
    "\n\nFilen är UTF-8 med rubrikrad och ; eller , mellan kolumnerna, i\n"
    "vilken ordning som helst. Varje rad läses in för sig. De rader som\n"
    "avvisas visas som FIL:RAD: KOLUMN: orsak; rätta dem och läs in filen\n"
    "igen. En rad som redan finns räknas en gång.";

using RunKind = absl::Status (*)(const ImportCommand&, Session&);

void AddImport(CommandTable& table, CLI::App& group, const std::string& name,
               const std::string& help, RunKind run, bool may_migrate) {
  auto command = std::make_shared<ImportCommand>();
  CLI::App& app = table.Command(
      group, name, help + kFileHelp,
      "stegvis import " + name + " " + name + ".csv --dry-run",
      [command, run](Session& session) { return run(*command, session); });
  app.add_option("FIL", command->file, "Filen")->required()->type_name("");
  app.add_flag("--dry-run", command->dry_run,
               "Kontrollera bara: servern prövar varje rad och sparar inget");
  if (may_migrate) {
    app.add_flag("--migrate", command->migrate,
                 "Överföring från ett annat system (bara driften får)");
  }
  AddFormat(app, command->format);
}

}  // namespace

void AddImportCommands(CommandTable& table) {
  CLI::App& group = table.Group("import", "Läs in filer");
  AddImport(table, group, "forbund",
            "Läser in förbund.\n\n"
            "Kolumner: namn, organisationsnummer, startdatum, slutdatum,\n"
            "beskrivning, kontakt, kommuner (SCB:s koder, flera med |, en\n"
            "stadsdel som kod:stadsdel). Måste finnas: namn,\n"
            "organisationsnummer, startdatum. Ett känt organisationsnummer\n"
            "räknas som oförändrat.",
            ImportForbundFile, /*may_migrate=*/false);
  AddImport(table, group, "insatser",
            "Läser in insatser.\n\n"
            "Kolumner: forbund, namn, beskrivning, startdatum, slutdatum,\n"
            "inriktning (individ eller struktur), fokus, malgrupp (flera med\n"
            "|), metod (person eller volym), esf (ja/nej), parter (flera med\n"
            "|). Måste finnas: forbund, namn, startdatum, inriktning, fokus,\n"
            "malgrupp, metod.",
            ImportInsatser, /*may_migrate=*/false);
  AddImport(table, group, "participants", kParticipantHelp, ImportParticipants,
            /*may_migrate=*/true);
  AddImport(
      table, group, "counts",
      "Läser in antal: anonyma och volym.\n\n"
      "Kolumner: forbund, insats, typ (anonym eller volym), ar, kvinnor,\n"
      "man, antal. En anonym rad har kvinnor och man; en volymrad har\n"
      "antal, eller kvinnor och man. Med --migrate finns också\n"
      "registrerad.",
      ImportCounts, /*may_migrate=*/true);
}

}  // namespace stegvis::cli
