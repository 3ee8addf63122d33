// A database in one SQLite file, with its write-ahead log beside it.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/sql/database.h"

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
  absl::Status Settle(sql::Connection& writer) override;

 private:
  SqliteDatabase(std::string path, int lock)
      : path_(std::move(path)), lock_(lock) {}

  const std::string path_;
  const int lock_;  // A file descriptor.
};

}  // namespace stegvis::sqlite
