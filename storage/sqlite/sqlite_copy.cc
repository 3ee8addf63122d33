// Copying a database file while others go on writing to it.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <memory>
#include <string>

#include "absl/cleanup/cleanup.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/sqlite/sqlite_database.h"

namespace stegvis::sqlite {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
// Of 4 KiB; so long the source's page cache is held at a time.
constexpr int kPagesAStep = 1'024;

// The copy is synced once, as a whole: until then it is nothing.
constexpr char kUnsafeButNew[] =
    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; "
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -8192";

struct Close {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using Target = std::unique_ptr<sqlite3, Close>;

absl::Status NotWritten() {
  return errno == ENOSPC || errno == EDQUOT ? errors::DiskFull()
                                            : errors::FileUnwritable();
}

absl::Status SyncPath(const std::string& path, int flags) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | flags);
  if (file < 0) return NotWritten();
  const absl::Cleanup closing = [file] { close(file); };
  return fsync(file) == 0 ? absl::OkStatus() : NotWritten();
}

absl::Status MakeFile(const std::string& path) {
  const int file =
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return NotWritten();
  close(file);
  return absl::OkStatus();
}

absl::Status CopyInto(const std::string& path, SqliteConnection& source) {
  sqlite3* opened = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &opened,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  const Target target(opened);
  RETURN_IF_ERROR(ToStatus(result));
  RETURN_IF_ERROR(ToStatus(
      sqlite3_exec(target.get(), kUnsafeButNew, nullptr, nullptr, nullptr)));
  return source.CopyTo(target.get());
}

absl::Status CopyAndSync(const std::string& path, SqliteConnection& source) {
  RETURN_IF_ERROR(CopyInto(path, source));
  RETURN_IF_ERROR(SyncPath(path, 0));
  const std::filesystem::path folder =
      std::filesystem::path(path).parent_path() / ".";
  return SyncPath(folder.string(), O_DIRECTORY);
}

}  // namespace

absl::Status SqliteConnection::CopyTo(sqlite3* target) {
  sqlite3_backup* const copying =
      sqlite3_backup_init(target, "main", database_.get(), "main");
  if (copying == nullptr) return ToStatus(sqlite3_errcode(target));
  int result = SQLITE_OK;
  while (result == SQLITE_OK) {
    result = sqlite3_backup_step(copying, kPagesAStep);
  }
  // That of the step stays unless it was the last one.
  const int finished = sqlite3_backup_finish(copying);
  return ToStatus(result == SQLITE_DONE ? finished : result);
}

absl::Status SqliteDatabase::Copy(sql::Connection& reader,
                                  const std::string& path) {
  RETURN_IF_ERROR(MakeFile(path));
  absl::Status copied =
      CopyAndSync(path, static_cast<SqliteConnection&>(reader));
  if (!copied.ok()) unlink(path.c_str());
  return copied;
}

}  // namespace stegvis::sqlite
