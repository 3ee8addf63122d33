#include "services/handlers/backup_handler.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <system_error>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "services/handlers/backup_moment.h"
#include "storage/backup/backup_format.h"
#include "storage/backup/backup_writer.h"

namespace stegvis::handlers {
namespace {

namespace fs = std::filesystem;

using storage::BackupWriter;

constexpr char kCopyBegins[] = "backup-";
constexpr char kCopyEnds[] = ".tmp";
constexpr char kDatabase[] = "data/stegvis.db";
constexpr char kErasures[] = "data/erasures.log";
// Of a chunk besides its data, about.
constexpr size_t kAroundAChunk = 256;

void RemoveLeftCopies(const std::string& folder) {
  std::error_code ignored;
  for (const fs::directory_entry& entry :
       fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    if (absl::StartsWith(name, kCopyBegins) &&
        absl::EndsWith(name, kCopyEnds)) {
      fs::remove(entry.path(), ignored);
    }
  }
}

// A file that is gone when it is closed.
class OpenFile {
 public:
  // Opens `path` and takes it away from its folder.
  static absl::StatusOr<std::unique_ptr<OpenFile>> TakeFrom(
      const std::string& path) {
    const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    unlink(path.c_str());
    if (file < 0) return errors::FileUnwritable();
    return std::unique_ptr<OpenFile>(new OpenFile(file));
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { close(file_); }

  size_t Size() const {
    struct stat status {};
    return fstat(file_, &status) == 0 ? static_cast<size_t>(status.st_size) : 0;
  }

  // The next bytes, as many as `piece` holds; fewer at the end.
  absl::StatusOr<absl::string_view> Read(std::string& piece) const {
    size_t got = 0;
    while (got < piece.size()) {
      const ssize_t some = read(file_, &piece[got], piece.size() - got);
      if (some < 0 && errno == EINTR) continue;
      if (some < 0) return errors::DatabaseAway();
      if (some == 0) break;
      got += static_cast<size_t>(some);
    }
    return absl::string_view(piece).substr(0, got);
  }

 private:
  explicit OpenFile(int file) : file_(file) {}

  const int file_;
};

absl::StatusOr<std::unique_ptr<OpenFile>> CopyOf(storage::Moment& moment,
                                                 const std::string& folder) {
  const std::string path =
      absl::StrCat(folder, "/", kCopyBegins, UuidText(RandomUuid()), kCopyEnds);
  RETURN_IF_ERROR(moment.CopyTo(path));
  return OpenFile::TakeFrom(path);
}

absl::Status AddDatabase(const OpenFile& copy, BackupWriter& writer) {
  std::string piece(storage::kMostDataBytes, '\0');
  while (true) {
    ASSIGN_OR_RETURN(const absl::string_view read, copy.Read(piece));
    if (read.empty()) return absl::OkStatus();
    RETURN_IF_ERROR(writer.AddPiece(kDatabase, read));
  }
}

size_t SizeIn(size_t content) {
  return content + (content / storage::kMostDataBytes + 1) * kAroundAChunk;
}

// Everything that goes into a backup.
struct Contents {
  const std::vector<InstallationFile>& settings;
  const BackupMoment& moment;
  const OpenFile& database;
};

size_t ExpectedSize(const Contents& contents) {
  size_t expected = SizeIn(contents.database.Size()) +
                    SizeIn(contents.moment.erasures.size());
  for (const InstallationFile& file : contents.settings) {
    expected += SizeIn(file.content.size());
  }
  return expected;
}

absl::Status Send(const Contents& contents, const BackupHandler::Emit& emit) {
  const auto expected = static_cast<int64_t>(ExpectedSize(contents));
  ASSIGN_OR_RETURN(
      BackupWriter writer,
      BackupWriter::Begin(*contents.moment.root, [&](std::string piece) {
        v1::BackupResponse answer;
        answer.set_data(std::move(piece));
        answer.set_expected_size(expected);
        return emit(std::move(answer));
      }));
  for (const InstallationFile& file : contents.settings) {
    RETURN_IF_ERROR(writer.Add(file.name, file.content));
  }
  RETURN_IF_ERROR(writer.Add(kErasures, contents.moment.erasures));
  RETURN_IF_ERROR(AddDatabase(contents.database, writer));
  return writer.Finish(contents.moment.manifest);
}

}  // namespace

BackupHandler::BackupHandler(storage::Store& store, const Clock& clock,
                             const outcome::FactFeed& facts,
                             BackupSources sources)
    : store_(store),
      clock_(clock),
      facts_(facts),
      sources_(std::move(sources)) {
  RemoveLeftCopies(sources_.data_directory);
}

absl::Status BackupHandler::Backup(const access::Caller& /*caller*/,
                                   const v1::BackupRequest& /*request*/,
                                   const Emit& emit) const {
  ASSIGN_OR_RETURN(const std::vector<InstallationFile> settings,
                   sources_.settings());
  ASSIGN_OR_RETURN(
      BackupMoment moment,
      TakeBackupMoment(store_, facts_, clock_,
                       {absl::StrCat(sources_.data_directory, "/erasures.log"),
                        sources_.key_source}));
  moment.manifest.set_program_version(sources_.program_version);
  moment.manifest.set_schema_version(store_.SchemaVersion());
  ASSIGN_OR_RETURN(const std::unique_ptr<OpenFile> copy,
                   CopyOf(*moment.held, sources_.data_directory));
  moment.held.reset();  // Erasures need no longer wait.
  return Send({settings, moment, *copy}, emit);
}

}  // namespace stegvis::handlers
