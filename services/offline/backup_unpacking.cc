#include "services/offline/backup_unpacking.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <set>
#include <system_error>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/offline/files.h"
#include "storage/backup/backup_format.h"
#include "storage/backup/backup_reader.h"
#include "storage/store/erasure_log.h"

namespace stegvis::offline {
namespace {

namespace fs = std::filesystem;

using storage::v1::BackupPart;

constexpr char kDatabase[] = "data/stegvis.db";
constexpr char kErasures[] = "data/erasures.log";
constexpr char kSettings[] = "stegvis.toml";
constexpr mode_t kOwnerFile = 0600;

absl::Status NotWritten() {
  return errno == ENOSPC || errno == EDQUOT ? errors::DiskFull()
                                            : errors::FileUnwritable();
}

// Writes files one after the other. One thread.
class FileWriter {
 public:
  explicit FileWriter(std::string folder) : folder_(std::move(folder)) {}
  FileWriter(const FileWriter&) = delete;
  FileWriter& operator=(const FileWriter&) = delete;
  ~FileWriter() {
    if (file_ >= 0) close(file_);
  }

  // BACKUP_DAMAGED for a file that was ended before.
  absl::Status Write(const std::string& name, absl::string_view data) {
    if (name != name_ || file_ < 0) {
      RETURN_IF_ERROR(Finish());
      RETURN_IF_ERROR(Open(name));
    }
    return WriteWhole(file_, data);
  }

  // Everything is on disk after it.
  absl::Status Finish() {
    if (file_ < 0) return absl::OkStatus();
    const bool synced = fsync(file_) == 0;
    close(std::exchange(file_, -1));
    if (!synced) return NotWritten();
    const fs::path path = fs::path(folder_) / name_;
    return SyncFolder(path.parent_path().string());
  }

 private:
  absl::Status Open(const std::string& name) {
    const fs::path path = fs::path(folder_) / name;
    std::error_code error;
    const mode_t before = umask(077);
    fs::create_directories(path.parent_path(), error);
    umask(before);
    if (error) return errors::FileUnwritable();
    file_ =
        open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerFile);
    if (file_ < 0) {
      return errno == EEXIST ? errors::BackupDamaged() : NotWritten();
    }
    name_ = name;
    return absl::OkStatus();
  }

  const std::string folder_;
  std::string name_;
  int file_ = -1;
};

// Whether the list is the one that the manifest tells of.
bool IsListOf(const storage::v1::BackupManifest& manifest,
              const std::string& erasures) {
  const auto entries = storage::ErasureLog::Parse(erasures);
  if (!entries.ok() ||
      static_cast<int64_t>(entries->size()) != manifest.erasures()) {
    return false;
  }
  const std::string end =
      entries->empty() ? std::string()
                       : absl::StrCat(" ", manifest.last_erasure_hash(), "\n");
  return absl::EndsWith(erasures, end);
}

class Unpacker {
 public:
  Unpacker(const std::string& target, Unpacking unpacking)
      : files_(target), unpacking_(unpacking) {}

  absl::Status Take(const BackupPart& part) {
    seen_.insert(part.name());
    if (part.name() == kErasures) {
      unpacked_.erasures += part.data();
      return absl::OkStatus();
    }
    if (part.name() == kSettings) {
      unpacked_.settings += part.data();
      return absl::OkStatus();
    }
    const bool wanted =
        unpacking_ == Unpacking::kEverything || part.name() == kDatabase;
    return wanted ? files_.Write(part.name(), part.data()) : absl::OkStatus();
  }

  absl::StatusOr<Unpacked> Finish(const storage::v1::BackupManifest& manifest) {
    for (const char* needed : {kDatabase, kErasures, kSettings}) {
      if (!seen_.contains(needed)) return errors::BackupDamaged();
    }
    if (!IsListOf(manifest, unpacked_.erasures)) return errors::BackupDamaged();
    RETURN_IF_ERROR(files_.Finish());
    unpacked_.manifest = manifest;
    return std::move(unpacked_);
  }

 private:
  FileWriter files_;
  const Unpacking unpacking_;
  std::set<std::string> seen_;
  Unpacked unpacked_;
};

}  // namespace

absl::StatusOr<Unpacked> Unpack(const std::string& folder,
                                const std::string& key_source,
                                const std::string& target, Unpacking unpacking,
                                const BackupProgress& progress) {
  ASSIGN_OR_RETURN(
      storage::BackupReader reader,
      storage::BackupReader::Open(
          absl::StrCat(folder, "/", storage::kBackupFile), key_source));
  Unpacker unpacker(target, unpacking);
  while (true) {
    ASSIGN_OR_RETURN(const BackupPart part, reader.Next());
    if (part.has_manifest()) return unpacker.Finish(part.manifest());
    RETURN_IF_ERROR(unpacker.Take(part));
    RETURN_IF_ERROR(
        progress(BackupStep::kReading, reader.Read(), reader.Size()));
  }
}

}  // namespace stegvis::offline
