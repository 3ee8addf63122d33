#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/number_format.h"
#include "client/cli/offline_program.h"
#include "client/cli/terminal.h"
#include "client/cli/utf8.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/admin.grpc.pb.h"

namespace stegvis::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kFile[] = "stegvis.backup";
// Until it is whole: what a kill leaves is no backup.
constexpr char kPart[] = "stegvis.backup.part";
constexpr int64_t kMegabyte = 1'000'000;
// A little longer than Progress keeps quiet.
constexpr absl::Duration kQuiet = absl::Milliseconds(1'050);

absl::Status NotWritten(const fs::path& folder) {
  const bool full = errno == ENOSPC || errno == EDQUOT;
  return Complaint(absl::StrCat(
      "Mappen ", Printable(folder.string()), " går inte att skriva i. ",
      full ? "Disken är full: gör plats."
           : "Kontrollera rättigheterna och disken."));
}

// Makes the folder, or takes one in which nothing is but what an earlier run
// left; whether it made it.
absl::StatusOr<bool> PrepareFolder(const fs::path& folder) {
  std::error_code error;
  fs::remove(folder / kPart, error);
  const bool there = fs::exists(folder, error);
  if (there &&
      (!fs::is_directory(folder, error) || !fs::is_empty(folder, error))) {
    return Complaint(absl::StrCat("Mappen ", Printable(folder.string()),
                                  " är inte tom. Välj en ny mapp."));
  }
  const mode_t before = ::umask(077);
  fs::create_directories(folder, error);
  ::umask(before);
  if (!error) fs::permissions(folder, fs::perms::owner_all, error);
  if (!error) return !there;
  errno = error.value();
  return NotWritten(folder);
}

// The file while it comes. What is not kept goes away, and its folder with it
// if it was made for it. One thread.
class IncomingBackup {
 public:
  static absl::StatusOr<std::unique_ptr<IncomingBackup>> Begin(
      const fs::path& folder) {
    ASSIGN_OR_RETURN(const bool made, PrepareFolder(folder));
    std::unique_ptr<IncomingBackup> begun(new IncomingBackup(folder, made));
    if (begun->file_ < 0) return NotWritten(folder);
    return begun;
  }
  IncomingBackup(const IncomingBackup&) = delete;
  IncomingBackup& operator=(const IncomingBackup&) = delete;
  ~IncomingBackup() {
    if (file_ >= 0) ::close(file_);
    if (kept_) return;
    std::error_code ignored;
    fs::remove(folder_ / kPart, ignored);
    if (made_) fs::remove(folder_, ignored);
  }

  absl::Status Take(absl::string_view data) {
    size_ += static_cast<int64_t>(data.size());
    while (!data.empty()) {
      const ssize_t written = ::write(file_, data.data(), data.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return NotWritten(folder_);
      data.remove_prefix(static_cast<size_t>(written));
    }
    return absl::OkStatus();
  }

  // It is whole, and on disk.
  absl::Status Keep() {
    if (::fsync(file_) != 0 || !Rename() || !SyncFolder()) {
      return NotWritten(folder_);
    }
    kept_ = true;
    return absl::OkStatus();
  }

  int64_t Size() const { return size_; }

 private:
  IncomingBackup(fs::path folder, bool made)
      : folder_(std::move(folder)),
        made_(made),
        file_(::open((folder_ / kPart).c_str(),
                     O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                     S_IRUSR | S_IWUSR)) {}

  bool Rename() const {
    return std::rename((folder_ / kPart).c_str(), (folder_ / kFile).c_str()) ==
           0;
  }
  bool SyncFolder() const {
    const int folder =
        ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    if (folder >= 0) ::close(folder);
    return synced;
  }

  const fs::path folder_;
  const bool made_;
  const int file_;
  int64_t size_ = 0;
  bool kept_ = false;
};

std::string Megabytes(int64_t bytes) {
  return absl::StrCat(FormatNumber((bytes + kMegabyte - 1) / kMegabyte), " MB");
}

// Says what is waited for until something comes.
class Waiting {
 public:
  explicit Waiting(Progress& progress)
      : thread_([this, &progress] {
          if (!over_.WaitForNotificationWithTimeout(kQuiet)) {
            progress.Show("Servern gör en kopia av databasen");
          }
        }) {}
  ~Waiting() {
    over_.Notify();
    thread_.join();
  }
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

 private:
  absl::Notification over_;
  std::thread thread_;
};

absl::Status Receive(Connection& connection, IncomingBackup& backup) {
  v1::AdminService::Stub stub(connection.Channel());
  grpc::ClientContext context;
  const auto stream = stub.Backup(&context, v1::BackupRequest());
  Progress progress;
  auto waiting = std::make_unique<Waiting>(progress);
  v1::BackupResponse piece;
  absl::Status status;
  while (status.ok() && stream->Read(&piece)) {
    waiting.reset();
    status = backup.Take(piece.data());
    const int64_t of = std::max(piece.expected_size(), backup.Size());
    progress.Show(absl::StrCat(Megabytes(backup.Size()), " av ", Megabytes(of),
                               " (", backup.Size() * 100 / of, " %)"));
  }
  if (!status.ok()) context.TryCancel();
  const grpc::Status end = stream->Finish();
  return status.ok() ? connection.Explain(end) : status;
}

absl::Status Make(const std::string& folder, Session& session) {
  ASSIGN_OR_RETURN(Connection * connection, session.Connect());
  ASSIGN_OR_RETURN(const std::unique_ptr<IncomingBackup> backup,
                   IncomingBackup::Begin(folder));
  RETURN_IF_ERROR(Receive(*connection, *backup));
  RETURN_IF_ERROR(backup->Keep());
  std::cout << "Säkerhetskopian ligger i " << Printable(folder) << " ("
            << Megabytes(backup->Size())
            << "). Pröva den med: stegvis backup --verify " << Printable(folder)
            << " --key-source FIL\n";
  return absl::OkStatus();
}

struct Options {
  std::string folder, target, key_source, erasures;
  bool verify = false;
};

absl::Status Backup(const Options& options, Session& session) {
  if (!options.verify) {
    if (options.key_source.empty()) return Make(options.folder, session);
    return WrongUsage(
        "--key-source hör till --verify: servern använder sin egen. Utelämna "
        "den, eller ange --verify.");
  }
  if (options.key_source.empty()) {
    return WrongUsage(
        "Vilken nyckelkälla? Ange den som gällde när säkerhetskopian gjordes, "
        "med --key-source FIL.");
  }
  return BecomeServer({"backup", "--verify",
                       absl::StrCat("--key-source=", options.key_source), "--",
                       options.folder});
}

absl::Status Restore(const Options& options) {
  return BecomeServer({"restore",
                       absl::StrCat("--key-source=", options.key_source),
                       absl::StrCat("--erasures=", options.erasures), "--",
                       options.folder, options.target});
}

void AddBackup(CommandTable& table) {
  auto options = std::make_shared<Options>();
  CLI::App& backup = table.Command(
      table.App(), "backup",
      "Gör en säkerhetskopia i en ny eller tom mapp, medan servern går: data,\n"
      "inställningar och certifikat från ett och samma ögonblick. "
      "Nyckelkällan\n"
      "är inte med.\n\n"
      "Med --verify prövas en som finns, utan server: varje post öppnas,\n"
      "loggarna gås igenom, och en årsrapport räknas om.",
      "stegvis backup /mnt/kopior/2026-11-22",
      [options](Session& session) { return Backup(*options, session); });
  backup.add_option("MAPP", options->folder, "Mappen med säkerhetskopian")
      ->type_name("")
      ->required();
  backup.add_flag("--verify", options->verify,
                  "Pröva säkerhetskopian i mappen, på en kopia av den");
  backup
      .add_option("--key-source", options->key_source,
                  "Nyckelkällans fil, för --verify")
      ->type_name("FIL");
}

void AddRestore(CommandTable& table) {
  auto options = std::make_shared<Options>();
  CLI::App& restore = table.Command(
      table.App(), "restore",
      "Återställer en säkerhetskopia till en hel installation i en ny eller\n"
      "tom mapp, prövar den och raderar igen dem som raderats sedan den\n"
      "gjordes.",
      "stegvis restore /mnt/kopior/2026-11-22 /srv/stegvis\n"
      "    --key-source key-source --erasures erasures.log",
      [options](Session&) { return Restore(*options); });
  restore.add_option("MAPP", options->folder, "Mappen med säkerhetskopian")
      ->type_name("")
      ->required();
  restore
      .add_option("TILL", options->target,
                  "Mappen som installationen återställs i")
      ->type_name("")
      ->required();
  restore
      .add_option("--key-source", options->key_source,
                  "Nyckelkällans fil, från när säkerhetskopian gjordes")
      ->type_name("FIL")
      ->required();
  restore
      .add_option("--erasures", options->erasures,
                  "Den senaste listan över raderingar, erasures.log")
      ->type_name("FIL")
      ->required();
}

}  // namespace

void AddBackupCommands(CommandTable& table) {
  AddBackup(table);
  AddRestore(table);
}

}  // namespace stegvis::cli
