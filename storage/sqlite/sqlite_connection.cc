#include "storage/sqlite/sqlite_connection.h"

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

constexpr absl::string_view kBegin = "BEGIN";
constexpr absl::string_view kBeginImmediate = "BEGIN IMMEDIATE";
constexpr absl::string_view kCommit = "COMMIT";
constexpr absl::string_view kRollback = "ROLLBACK";
constexpr absl::string_view kSavepoint = "SAVEPOINT body";
constexpr absl::string_view kRollbackTo = "ROLLBACK TO body";
constexpr absl::string_view kRelease = "RELEASE body";

// Durable: a commit is on disk when it is told. What is deleted is overwritten,
// and nothing is spilled to temporary files. Checkpoints are made by
// SqliteDatabase. The cache, in KiB, is small: whenever a commit has swapped
// pages of a tree, SQLite goes through all that it holds.
constexpr absl::string_view kSetUp = R"sql(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cell_size_check = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA wal_autocheckpoint = 0;
  PRAGMA cache_size = -16384;
)sql";

// Before the first connection: without its count of memory, SQLite takes no
// lock for each allocation.
void SetUpLibrary() {
  static const int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(result);
}

int NoteLogPages(void* pages, sqlite3* /*database*/, const char* /*name*/,
                 int count) {
  *static_cast<int*>(pages) = count;
  return SQLITE_OK;
}

}  // namespace

absl::Status ToStatus(int result) {
  switch (result & 0xFF) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
      return absl::OkStatus();
    case SQLITE_FULL:
      return errors::DiskFull();
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return errors::RecordUnreadable();
    case SQLITE_BUSY:
    case SQLITE_CANTOPEN:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_PERM:
    case SQLITE_PROTOCOL:
    case SQLITE_READONLY:
      return errors::DatabaseAway();
    default:
      return errors::Bug("sqlite_refused_statement");
  }
}

absl::StatusOr<std::unique_ptr<SqliteConnection>> SqliteConnection::Open(
    const std::string& path) {
  SetUpLibrary();
  sqlite3* database = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &database,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  // SQLite gives a handle to close also where it fails.
  std::unique_ptr<SqliteConnection> connection(new SqliteConnection(database));
  RETURN_IF_ERROR(ToStatus(result));
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, kBusyTimeoutMs);
  RETURN_IF_ERROR(connection->Execute(kSetUp));
  sqlite3_wal_hook(database, NoteLogPages, &connection->log_pages_);
  return connection;
}

SqliteConnection::~SqliteConnection() { idle_.clear(); }

absl::StatusOr<sql::Statement*> SqliteConnection::Take(absl::string_view sql) {
  std::vector<std::unique_ptr<SqliteStatement>>& idle = idle_[sql.data()];
  if (!idle.empty()) {
    SqliteStatement* const statement = idle.back().release();
    idle.pop_back();
    return statement;
  }
  ASSIGN_OR_RETURN(std::unique_ptr<SqliteStatement> statement, Prepare(sql));
  return statement.release();
}

void SqliteConnection::Return(sql::Statement* statement) {
  std::unique_ptr<SqliteStatement> returned(
      static_cast<SqliteStatement*>(statement));
  returned->Reset();
  idle_[returned->Origin()].push_back(std::move(returned));
}

absl::StatusOr<std::unique_ptr<SqliteStatement>> SqliteConnection::Prepare(
    absl::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int result = sqlite3_prepare_v3(
      database_.get(), sql.data(), static_cast<int>(sql.size()),
      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  // Statements are constants that tests have run: one that does not fit the
  // tables has met damaged ones.
  if ((result & 0xFF) == SQLITE_ERROR) return errors::RecordUnreadable();
  RETURN_IF_ERROR(ToStatus(result));
  return std::make_unique<SqliteStatement>(statement, sql);
}

absl::Status SqliteConnection::Execute(absl::string_view sql) {
  const std::string text(sql);
  return ToStatus(
      sqlite3_exec(database_.get(), text.c_str(), nullptr, nullptr, nullptr));
}

absl::Status SqliteConnection::RunOnce(absl::string_view sql) {
  ASSIGN_OR_RETURN(sql::Statement * statement, Take(sql));
  absl::Status status = statement->Step().status();
  Return(statement);
  return status;
}

absl::Status SqliteConnection::BeginRead() { return RunOnce(kBegin); }

absl::Status SqliteConnection::BeginWrite() { return RunOnce(kBeginImmediate); }

absl::Status SqliteConnection::Commit() { return RunOnce(kCommit); }

void SqliteConnection::Rollback() {
  if (InTransaction()) RunOnce(kRollback).IgnoreError();
}

absl::Status SqliteConnection::SetSavepoint() { return RunOnce(kSavepoint); }

absl::Status SqliteConnection::RollbackToSavepoint() {
  RETURN_IF_ERROR(RunOnce(kRollbackTo));
  return RunOnce(kRelease);
}

absl::Status SqliteConnection::ReleaseSavepoint() { return RunOnce(kRelease); }

bool SqliteConnection::InTransaction() const {
  return sqlite3_get_autocommit(database_.get()) == 0;
}

absl::Status SqliteConnection::Checkpoint(int mode, int busy_timeout_ms) {
  sqlite3_busy_timeout(database_.get(), busy_timeout_ms);
  int log_pages = 0;
  const int result = sqlite3_wal_checkpoint_v2(database_.get(), nullptr, mode,
                                               &log_pages, nullptr);
  sqlite3_busy_timeout(database_.get(), kBusyTimeoutMs);
  if (result == SQLITE_OK && log_pages >= 0) log_pages_ = log_pages;
  return ToStatus(result);
}

}  // namespace stegvis::sqlite
