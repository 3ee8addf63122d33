// A connection to an SQLite file.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sql/connection.h"
#include "storage/sqlite/sqlite_statement.h"

namespace stegvis::sqlite {

// OK, or the error that an SQLite result code means. Driver texts stay here.
absl::Status ToStatus(int result);

class SqliteConnection final : public sql::Connection {
 public:
  // UNAVAILABLE with DATABASE_AWAY.
  static absl::StatusOr<std::unique_ptr<SqliteConnection>> Open(
      const std::string& path);
  ~SqliteConnection() override;

  absl::StatusOr<sql::Statement*> Take(absl::string_view sql) override;
  void Return(sql::Statement* statement) override;
  absl::Status Execute(absl::string_view sql) override;
  absl::Status BeginRead() override;
  absl::Status BeginWrite() override;
  absl::Status Commit() override;
  void Rollback() override;
  absl::Status SetSavepoint() override;
  absl::Status RollbackToSavepoint() override;
  absl::Status ReleaseSavepoint() override;
  bool InTransaction() const override;

  // Pages in the write-ahead log after the last commit of this connection.
  int LogPages() const { return log_pages_; }
  // Writes the log back into the database file, waiting for readers at most
  // `busy_timeout_ms`; `mode` is one of SQLITE_CHECKPOINT_….
  absl::Status Checkpoint(int mode, int busy_timeout_ms);

  // Copies the database, as the transaction of this connection sees it, over
  // the empty one that `target` is connected to.
  absl::Status CopyTo(sqlite3* target);

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };

  explicit SqliteConnection(sqlite3* database) : database_(database) {}

  absl::StatusOr<std::unique_ptr<SqliteStatement>> Prepare(
      absl::string_view sql);
  absl::Status RunOnce(absl::string_view sql);

  std::unique_ptr<sqlite3, Close> database_;
  // Statements not in use, by the address of their text. A list, as a statement
  // can be needed again while it runs.
  absl::flat_hash_map<const char*,
                      std::vector<std::unique_ptr<SqliteStatement>>>
      idle_;
  int log_pages_ = 0;
};

}  // namespace stegvis::sqlite
