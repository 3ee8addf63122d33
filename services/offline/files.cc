#include "services/offline/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::offline {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kOwnerFolder = 0700;
constexpr mode_t kOwnerFile = 0600;

absl::Status FromErrno() {
  return errno == ENOSPC || errno == EDQUOT ? errors::DiskFull()
                                            : errors::FileUnwritable();
}

// The highest of the folders that must be made for `path`; empty when it is
// there.
fs::path TopmostMissing(fs::path path) {
  std::error_code ignored;
  fs::path missing;
  while (!path.empty() && !fs::exists(path, ignored)) {
    missing = path;
    path = path.parent_path();
  }
  return missing;
}

}  // namespace

absl::Status MakeFolder(const std::string& path) {
  return mkdir(path.c_str(), kOwnerFolder) == 0 ? absl::OkStatus()
                                                : FromErrno();
}

absl::Status WriteNewFile(const std::string& path, absl::string_view content) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerFile);
  if (file < 0) return FromErrno();
  const absl::Cleanup closing = [file] { close(file); };
  RETURN_IF_ERROR(WriteWhole(file, content));
  return fsync(file) == 0 ? absl::OkStatus() : FromErrno();
}

absl::Status WriteWhole(int file, absl::string_view content) {
  while (!content.empty()) {
    const ssize_t written = write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FromErrno();
    content.remove_prefix(static_cast<size_t>(written));
  }
  return absl::OkStatus();
}

absl::Status SyncFolder(const std::string& path) {
  const int folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return FromErrno();
  const absl::Cleanup closing = [folder] { close(folder); };
  return fsync(folder) == 0 ? absl::OkStatus() : FromErrno();
}

absl::StatusOr<NewFolder> NewFolder::Make(const std::string& path) {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error).lexically_normal();
  if (error) return errors::FileUnwritable();
  // A slash at the end makes an empty last part.
  const fs::path folder =
      absolute.has_filename() ? absolute : absolute.parent_path();
  const fs::path topmost = TopmostMissing(folder);
  if (topmost.empty()) {
    const bool empty =
        fs::is_directory(folder, error) && fs::is_empty(folder, error);
    if (!empty) return errors::FolderNotEmpty();
  }
  NewFolder made(folder.string(), topmost.string());
  fs::create_directories(folder, error);
  if (error || chmod(folder.c_str(), kOwnerFolder) != 0) {
    return errors::FileUnwritable();
  }
  return made;
}

NewFolder::NewFolder(std::string path, std::string topmost_made)
    : path_(std::move(path)), topmost_made_(std::move(topmost_made)) {}

NewFolder::NewFolder(NewFolder&& other) noexcept
    : path_(std::move(other.path_)),
      topmost_made_(std::move(other.topmost_made_)),
      kept_(std::exchange(other.kept_, true)) {}

NewFolder::~NewFolder() {
  if (kept_) return;
  std::error_code ignored;
  if (!topmost_made_.empty()) {
    fs::remove_all(topmost_made_, ignored);
    return;
  }
  for (const fs::directory_entry& entry :
       fs::directory_iterator(path_, ignored)) {
    fs::remove_all(entry.path(), ignored);
  }
}

std::string NewFolder::Path(absl::string_view inside) const {
  return absl::StrCat(path_, "/", inside);
}

}  // namespace stegvis::offline
