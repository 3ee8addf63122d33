#include "storage/sqlite/sqlite_database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::sqlite {
namespace {

// So many log pages (of 4 KiB) after the last time the log is written back;
// larger batches write a page that changed often once.
constexpr int kCheckpointPages = 8'000;
// Log pages from which the writer waits for readers, so that the log starts
// over; without that, readers that overlap each other let it grow for ever.
constexpr int kRestartPages = 32'000;
constexpr int kRestartWaitMs = 500;
// Short, as the writer waits meanwhile; it tries again.
constexpr int kTracesWaitMs = 50;
constexpr int kSettleWaitMs = 10'000;

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;

// Takes the lock of `path`; the descriptor holds it.
absl::StatusOr<int> Lock(const std::string& path) {
  const int lock = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (lock < 0) return errors::DatabaseAway();
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    close(lock);
    return errors::DatabaseInUse();
  }
  return lock;
}

// Makes the file where it may, for its owner alone: SQLite gives its own files
// beside it the same rights.
absl::Status Touch(const SqliteDatabase::Options& options) {
  const int flags = O_RDWR | O_CLOEXEC | (options.create ? O_CREAT : 0);
  const int file = open(options.path.c_str(), flags, kOwnerOnly);
  if (file < 0) {
    return errno == ENOENT ? errors::NotFound() : errors::DatabaseAway();
  }
  close(file);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<sql::Connection>> Connect(
    const std::string& path) {
  ASSIGN_OR_RETURN(std::unique_ptr<SqliteConnection> connection,
                   SqliteConnection::Open(path));
  return std::unique_ptr<sql::Connection>(std::move(connection));
}

}  // namespace

absl::StatusOr<std::unique_ptr<SqliteDatabase>> SqliteDatabase::Open(
    const Options& options) {
  struct stat status {};
  if (!options.create && stat(options.path.c_str(), &status) != 0 &&
      errno == ENOENT) {
    return errors::NotFound();
  }
  ASSIGN_OR_RETURN(const int lock, Lock(absl::StrCat(options.path, "-lock")));
  std::unique_ptr<SqliteDatabase> database(
      new SqliteDatabase(options.path, lock));
  RETURN_IF_ERROR(Touch(options));
  return database;
}

SqliteDatabase::~SqliteDatabase() {
  checkpoints_.reset();
  checkpointer_.reset();
  close(lock_);
}

absl::StatusOr<std::unique_ptr<sql::Connection>>
SqliteDatabase::ConnectReader() {
  ASSIGN_OR_RETURN(std::unique_ptr<sql::Connection> connection, Connect(path_));
  // There may be many, so each keeps little.
  RETURN_IF_ERROR(
      connection->Execute("PRAGMA query_only = ON; PRAGMA cache_size = -8192"));
  return connection;
}

absl::StatusOr<std::unique_ptr<sql::Connection>>
SqliteDatabase::ConnectWriter() {
  return Connect(path_);
}

void SqliteDatabase::AfterCommit(sql::Connection& writer) {
  auto& connection = static_cast<SqliteConnection&>(writer);
  const int pages = connection.LogPages();
  noted_pages_ = std::min(noted_pages_, pages);
  // A checkpoint that cannot be made now is made after a later commit; until
  // then the log keeps everything.
  if (pages >= kRestartPages) {
    connection.Checkpoint(SQLITE_CHECKPOINT_TRUNCATE, kRestartWaitMs)
        .IgnoreError();
  } else if (mostly_written_back_.exchange(false)) {
    // The rest is what was written meanwhile; after that the log starts over.
    connection.Checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0).IgnoreError();
  } else if (pages >= noted_pages_ + kCheckpointPages) {
    noted_pages_ = pages;
    checkpoints_->Run([this] { Checkpoint(); });
  }
}

void SqliteDatabase::Checkpoint() {
  if (checkpointer_ == nullptr) {
    absl::StatusOr<std::unique_ptr<SqliteConnection>> opened =
        SqliteConnection::Open(path_);
    if (!opened.ok()) return;
    checkpointer_ = *std::move(opened);
  }
  checkpointer_->Checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0).IgnoreError();
  mostly_written_back_ = true;
}

absl::Status SqliteDatabase::RemoveTraces(sql::Connection& writer) {
  return static_cast<SqliteConnection&>(writer).Checkpoint(
      SQLITE_CHECKPOINT_TRUNCATE, kTracesWaitMs);
}

absl::Status SqliteDatabase::Settle(sql::Connection& writer) {
  RETURN_IF_ERROR(writer.Execute("VACUUM"));
  return static_cast<SqliteConnection&>(writer).Checkpoint(
      SQLITE_CHECKPOINT_TRUNCATE, kSettleWaitMs);
}

}  // namespace stegvis::sqlite
