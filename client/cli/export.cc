#include "client/cli/export.h"

#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/csv_writer.h"
#include "client/cli/export_rows.h"
#include "client/cli/files.h"
#include "client/cli/import_counts.h"
#include "client/cli/import_insatser.h"
#include "client/cli/number_format.h"
#include "client/cli/terminal.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/forbund.grpc.pb.h"

namespace stegvis::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFiles[] = {"forbund.json", "questions.json",
                                  "insatser.csv", "participants.csv",
                                  "counts.csv"};

absl::Status NotWritten(const fs::path& directory) {
  return Complaint(absl::StrCat(
      "Mappen ", Printable(directory.string()),
      " går inte att skriva i. Kontrollera rättigheterna och disken."));
}

absl::Status PrepareDirectory(const fs::path& directory) {
  std::error_code error;
  if (fs::exists(directory, error) && !fs::is_empty(directory, error)) {
    return Complaint(absl::StrCat("Mappen ", Printable(directory.string()),
                                  " är inte tom. Välj en ny mapp."));
  }
  fs::create_directories(directory, error);
  if (error) return NotWritten(directory);
  fs::permissions(directory, fs::perms::owner_all, error);
  return error ? NotWritten(directory) : absl::OkStatus();
}

// The files of one export while it is written. One thread.
class ExportFiles {
 public:
  ExportFiles(const fs::path& directory, const ExportOptions& options)
      : directory_(directory), options_(options) {}

  absl::Status Take(const v1::ExportForbundResponse& thing);

  // Writes what was gathered; all files stand there afterwards.
  absl::Status Finish();

  int64_t Things() const { return things_; }

 private:
  // Opened with the first row, when the questions are known.
  std::ofstream& Open(const char* name, const std::vector<std::string>& header);
  std::ofstream& Insatser();
  std::ofstream& Participants();
  std::ofstream& Counts();

  const fs::path directory_;
  const ExportOptions& options_;
  ExportNames names_;
  v1::Forbund forbund_;
  v1::ListQuestionsResponse questions_;
  std::map<std::string, std::ofstream> files_;
  int64_t things_ = 0;
};

std::ofstream& ExportFiles::Open(const char* name,
                                 const std::vector<std::string>& header) {
  const auto found = files_.find(name);
  if (found != files_.end()) return found->second;
  const mode_t before = ::umask(077);
  std::ofstream& file =
      files_.emplace(name, std::ofstream(directory_ / name, std::ios::binary))
          .first->second;
  ::umask(before);
  WriteCsvRow(header, file);
  return file;
}

std::vector<std::string> Strings(const std::vector<absl::string_view>& views) {
  return std::vector<std::string>(views.begin(), views.end());
}

std::ofstream& ExportFiles::Insatser() {
  return Open("insatser.csv", Strings(InsatsColumns()));
}

std::ofstream& ExportFiles::Participants() {
  return Open("participants.csv",
              ParticipantHeader(questions_, options_.registered));
}

std::ofstream& ExportFiles::Counts() {
  std::vector<std::string> header = Strings(CountColumns());
  if (options_.registered) header.push_back("registrerad");
  return Open("counts.csv", header);
}

absl::Status ExportFiles::Take(const v1::ExportForbundResponse& thing) {
  ++things_;
  switch (thing.content_case()) {
    case v1::ExportForbundResponse::kForbund:
      forbund_ = thing.forbund();
      names_.forbund = forbund_.display_name();
      break;
    case v1::ExportForbundResponse::kQuestion:
      *questions_.add_questions() = thing.question();
      break;
    case v1::ExportForbundResponse::kInsats:
      names_.insatser[thing.insats().name()] = thing.insats().title();
      WriteCsvRow(InsatsFields(thing.insats(), names_), Insatser());
      break;
    case v1::ExportForbundResponse::kParticipation:
      WriteCsvRow(ParticipantFields(thing.participation(), names_, questions_,
                                    options_.registered),
                  Participants());
      break;
    case v1::ExportForbundResponse::kCount:
      WriteCsvRow(CountFields(thing.count(), names_, options_.registered),
                  Counts());
      break;
    case v1::ExportForbundResponse::CONTENT_NOT_SET:
      return Complaint(
          "Servern skickade något som den här stegvis inte känner till. "
          "Uppgradera stegvis.");
  }
  return absl::OkStatus();
}

absl::Status ExportFiles::Finish() {
  Insatser();
  Participants();
  Counts();
  for (auto& [name, file] : files_) {
    file.close();
    if (!file) return NotWritten(directory_);
  }
  RETURN_IF_ERROR(WriteFile(directory_ / "forbund.json", JsonText(forbund_)));
  return WriteFile(directory_ / "questions.json", JsonText(questions_));
}

absl::Status Receive(const v1::ExportForbundRequest& request,
                     Connection& connection, ExportFiles& files) {
  v1::ForbundService::Stub stub(connection.Channel());
  grpc::ClientContext context;
  const auto stream = stub.ExportForbund(&context, request);
  Progress progress;
  v1::ExportForbundResponse thing;
  absl::Status status;
  while (status.ok() && stream->Read(&thing)) {
    status = files.Take(thing);
    progress.Show(absl::StrCat(FormatNumber(files.Things()), " poster"));
  }
  if (!status.ok()) context.TryCancel();
  const grpc::Status end = stream->Finish();
  if (status.ok()) status = connection.Explain(end);
  return status.ok() ? files.Finish() : status;
}

void RemoveAll(const fs::path& directory) {
  std::error_code ignored;
  for (const char* name : kFiles) fs::remove(directory / name, ignored);
  fs::remove(directory, ignored);  // Only when nothing else is in it.
}

}  // namespace

absl::Status Export(const ExportOptions& options, Session& session) {
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  ASSIGN_OR_RETURN(const v1::Forbund* forbund,
                   names->ForbundOrOnly(options.forbund));
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  RETURN_IF_ERROR(PrepareDirectory(options.directory));
  v1::ExportForbundRequest request;
  request.set_name(forbund->name());
  request.set_identities(options.identities);
  ExportFiles files(options.directory, options);
  absl::Status status = Receive(request, *connection, files);
  if (!status.ok()) {
    RemoveAll(options.directory);
    return status;
  }
  std::cout << "Exporten av " << Printable(forbund->display_name())
            << " ligger i " << Printable(options.directory) << " ("
            << FormatNumber(files.Things()) << " poster).\n";
  return absl::OkStatus();
}

}  // namespace stegvis::cli
