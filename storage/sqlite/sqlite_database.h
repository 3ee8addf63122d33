// A database in one SQLite file, with its write-ahead log beside it.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/worker_pool.h"
#include "storage/sql/database.h"
#include "storage/sqlite/sqlite_connection.h"

namespace stegvis::sqlite {

// A database that one server holds. Thread-safe.
class SqliteDatabase final : public sql::Database {
 public:
  struct Options {
    std::string path;
    bool create = false;
  };

  // Takes the database's lock for the life of this object; a process that is
  // killed lets go of it. FAILED_PRECONDITION with DATABASE_IN_USE when another
  // one holds it; NOT_FOUND when there is no file and `create` is not set;
  // UNAVAILABLE with DATABASE_AWAY when the folder cannot be used.
  static absl::StatusOr<std::unique_ptr<SqliteDatabase>> Open(
      const Options& options);
  ~SqliteDatabase() override;

  absl::StatusOr<std::unique_ptr<sql::Connection>> ConnectReader() override;
  absl::StatusOr<std::unique_ptr<sql::Connection>> ConnectWriter() override;
  void AfterCommit(sql::Connection& writer) override;
  absl::Status RemoveTraces(sql::Connection& writer) override;
  absl::Status Settle(sql::Connection& writer) override;
  absl::Status Copy(sql::Connection& reader, const std::string& path) override;

 private:
  SqliteDatabase(std::string path, int lock)
      : path_(std::move(path)),
        lock_(lock),
        checkpoints_(std::make_unique<WorkerPool>(1)) {}

  // Writes the log back while the writer goes on. On the thread of
  // `checkpoints_`.
  void Checkpoint();

  const std::string path_;
  const int lock_;  // A file descriptor.
  // The writer's: how long the log was when it was last to be written back.
  int noted_pages_ = 0;
  std::atomic<bool> mostly_written_back_ = false;
  // Of the thread of `checkpoints_`; opened when first needed.
  std::unique_ptr<SqliteConnection> checkpointer_;
  std::unique_ptr<WorkerPool> checkpoints_;
};

}  // namespace stegvis::sqlite
