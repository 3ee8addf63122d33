#include <chrono>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/number_format.h"
#include "client/cli/publication.h"
#include "client/cli/release_form.h"
#include "client/cli/release_proof_file.h"
#include "client/cli/release_text.h"
#include "client/cli/revision_list.h"
#include "client/cli/swedish_time.h"
#include "client/cli/terminal.h"
#include "services/base/status_macros.h"
#include "services/disclosure/release.h"
#include "stegvis/v1/publication.grpc.pb.h"

namespace stegvis::cli {
namespace {

using disclosure::Level;
using Stub = v1::PublicationService::Stub;

constexpr char kNation[] = "forbund/-";

// The work takes seconds for a förbund and a minute for the nation; a large one
// on a busy machine may take many times that.
constexpr std::chrono::minutes kDeadline(60);

struct ReleaseOptions {
  int year = 0;
  std::string forbund, name, file, key_file, format;
  std::vector<std::string> by;
  ReportForm form;
};

Level LevelOf(const std::string& name) {
  return absl::StartsWith(name, absl::StrCat(kNation, "/")) || name == kNation
             ? Level::kNation
             : Level::kForbund;
}

absl::Status ShowRelease(v1::Release release,
                         const std::vector<std::string>& by,
                         const ReportForm& form, Session& session) {
  CodeLabels labels;
  if (NeedsLabels(form)) {
    ASSIGN_OR_RETURN(labels, LoadLabels(session));
  }
  return WriteRelease(std::move(release), by, form, labels);
}

absl::StatusOr<v1::PublishReleaseResponse> Ask(
    const v1::PublishReleaseRequest& request, Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  const auto stub = v1::PublicationService::NewStub(connection->Channel());
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kDeadline);
  const auto stream = stub->PublishRelease(&context, request);
  Progress progress;
  v1::PublishReleaseResponse news, answer;
  std::string unsafe;
  while (stream->Read(&news)) {
    if (news.has_unsafe()) {
      unsafe = UnsafeText(news.unsafe());
      continue;
    }
    if (news.has_release()) {
      answer.Swap(&news);
      continue;
    }
    progress.Show(absl::StrCat(FormatNumber(news.proved()), " av ",
                               FormatNumber(news.counts()), " antal skyddade"));
  }
  progress.Clear();
  std::cerr << unsafe;
  RETURN_IF_ERROR(connection->Explain(stream->Finish()));
  if (!answer.has_release()) {
    return Complaint(
        "Servern svarade utan publicering. Kör igen, och "
        "rapportera om det kvarstår.");
  }
  return answer;
}

absl::Status ListReleases(const ReleaseOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  const auto rows_of = [names](const v1::ListReleasesResponse& all) {
    std::vector<ListedRevision> rows;
    for (const v1::Release& release : all.releases()) {
      const std::string of =
          release.name().substr(0, release.name().find("/releases/"));
      rows.push_back({LevelOf(release.name()) == Level::kNation
                          ? "hela landet"
                          : names->ForbundTitle(of),
                      release.year(), release.revision(),
                      release.publish_time(), release.name()});
    }
    return rows;
  };
  return ListRevisions(
      &Stub::ListReleases, {options.year, options.forbund, options.format},
      {"för", "publicerad", "Inget är publicerat.\n"}, rows_of, session);
}

absl::Status GetRelease(const ReleaseOptions& options, Session& session) {
  RETURN_IF_ERROR(CheckForm(options.form));
  ASSIGN_OR_RETURN(
      const std::vector<std::string> by,
      ReleaseBreakdowns(options.by, LevelOf(options.name), "report"));
  v1::GetReleaseRequest request;
  request.set_name(options.name);
  ASSIGN_OR_RETURN(v1::Release release,
                   session.Call(&Stub::GetRelease, request));
  std::cerr << "Publicerad " << SwedishTime(release.publish_time()) << ": "
            << release.name() << " (revision " << release.revision() << ").\n"
            << WithheldText(release);
  return ShowRelease(std::move(release), by, options.form, session);
}

void AddName(CLI::App& command, std::string& name) {
  command
      .add_option("NAMN", name,
                  "Publiceringens resursnamn, som stegvis report releases "
                  "visar det")
      ->type_name("")
      ->required();
}

void AddReleases(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App& list = table.Command(
      report, "releases",
      "Visar vad som är publicerat: för hela landet, och för de förbund du "
      "får se.",
      "stegvis report releases --year 2020",
      [options](Session& session) { return ListReleases(*options, session); });
  list.add_option("--year", options->year, "Bara publiceringar för året")
      ->type_name("ÅR")
      ->check(CLI::Range(1900, 2199).description(""));
  list.add_option("--forbund", options->forbund,
                  "Bara förbundet med det namnet eller organisationsnumret")
      ->type_name("NAMN");
  AddFormat(list, options->format);
}

void AddRelease(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App& release = table.Command(
      report, "release",
      "Visar en publicering, så som den gjordes.\n"
      "Utan --by visar tabellen bara helheten; de andra formerna har alla\n"
      "uppdelningar.",
      "stegvis report release forbund/…/releases/2020-r1 --by SEX",
      [options](Session& session) { return GetRelease(*options, session); });
  AddName(release, options->name);
  release.add_option("--by", options->by, "Uppdelning, kan upprepas")
      ->type_name("DIM")
      ->expected(1)
      ->take_all();
  AddReportForm(release, options->form);
}

void AddProof(CommandTable& table, CLI::App& report) {
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App& proof = table.Command(
      report, "proof",
      "Hämtar beviset för en publicering: de sanna antalen och, för varje\n"
      "litet antal, en annan tabell som passar allt som publicerats. Vem som\n"
      "helst kan kontrollera det genom addition (stegvis report verify), men\n"
      "eftersom det innehåller sanna antal är det bara för personalen.",
      "stegvis report proof forbund/…/releases/2020-r1 -o bevis.json",
      [options](Session& session) {
        return WriteReleaseProof(options->name, options->file,
                                 options->key_file, session);
      });
  AddName(proof, options->name);
  proof.add_option("-o,--output", options->file, "Filen som beviset skrivs i")
      ->type_name("FIL")
      ->required();
  proof
      .add_option("--key-file", options->key_file,
                  "Skriv också den öppna nyckel som beviset är undertecknat "
                  "med")
      ->type_name("FIL");
}

}  // namespace

absl::Status Publish(const Publication& publication, Session& session) {
  RETURN_IF_ERROR(CheckForm(publication.form));
  v1::PublishReleaseRequest request;
  request.set_year(publication.year);
  ASSIGN_OR_RETURN(
      const std::vector<std::string> by,
      ReleaseBreakdowns(
          publication.by,
          publication.forbund.empty() ? Level::kNation : Level::kForbund,
          "report"));
  ASSIGN_OR_RETURN(*request.mutable_parent(),
                   ForbundOrAll(publication.forbund, session));
  ASSIGN_OR_RETURN(v1::PublishReleaseResponse published, Ask(request, session));
  CodeLabels labels;
  if (!published.changes().empty()) {
    ASSIGN_OR_RETURN(labels, LoadLabels(session));
  }
  std::cerr << PublishedText(published, labels);
  return ShowRelease(std::move(*published.mutable_release()), by,
                     publication.form, session);
}

void AddPublicationCommands(CommandTable& table, CLI::App& report) {
  AddReleases(table, report);
  AddRelease(table, report);
  AddProof(table, report);
}

}  // namespace stegvis::cli
