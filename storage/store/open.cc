#include "storage/store/open.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/migrations/migrations.h"
#include "storage/seal/key_source.h"
#include "storage/sql/query.h"
#include "storage/sqlite/sqlite_database.h"
#include "storage/store/change_rows.h"
#include "storage/store/erase.h"
#include "storage/store/erasure_rows.h"
#include "storage/store/installation.h"
#include "storage/store/key_rows.h"
#include "storage/store/migrate.h"
#include "storage/store/sql_store.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

// Tables and keys, in one transaction: a creation that is cut off leaves
// nothing. True when they were made.
absl::StatusOr<bool> Prepare(sql::Connection& connection, KeyCache& keys,
                             bool create, int64_t now) {
  RETURN_IF_ERROR(connection.BeginWrite());
  const auto prepare = [&]() -> absl::StatusOr<bool> {
    ASSIGN_OR_RETURN(const bool made, HasTables(connection));
    if (!made && !create) return errors::NotFound();
    RETURN_IF_ERROR(Migrate(connection, SqliteMigrations()));
    RETURN_IF_ERROR(CheckCodes(connection, SqliteMigrations()));
    RETURN_IF_ERROR(TakeInstallation(connection, keys, now));
    RETURN_IF_ERROR(connection.Commit());
    return !made;
  };
  absl::StatusOr<bool> created = prepare();
  if (!created.ok()) connection.Rollback();
  return created;
}

absl::StatusOr<GroupWriter::Start> ReadStart(sql::Connection& connection) {
  GroupWriter::Start start;
  ASSIGN_OR_RETURN(start.tail, ReadTail(connection));
  sql::Query query(connection, statements::kReadProgress);
  ASSIGN_OR_RETURN(const bool found, query.Step());
  if (found) start.recorded_at = query.IntegerAt(0);
  return start;
}

// A key source with older keys than the rows need has yet to lose them: as of a
// rotation that was cut off at its very end.
absl::StatusOr<KeyStatus> HowTheKeysAre(sql::Connection& connection,
                                        const KeyCache& keys) {
  ASSIGN_OR_RETURN(KeyStatus status, ReadKeyStatus(connection));
  const bool has_older = keys.Roots().front()->version < status.source_version;
  if (has_older && !status.rotation.has_value()) {
    status.rotation = KeyRotation();
  }
  return status;
}

// Puts on the list what is erased and, because the list was lost, does not
// stand there; gives what stands there and is not known to be erased.
absl::StatusOr<std::vector<ErasureEntry>> CompareErasures(
    ErasureLog& log, sql::Connection& connection) {
  ASSIGN_OR_RETURN(const std::vector<ErasureEntry> erased,
                   ListErasedKeys(connection));
  absl::flat_hash_set<ParticipationId> done;
  for (const ErasureEntry& entry : erased) {
    done.insert(entry.key.participation);
  }
  RETURN_IF_ERROR(log.Append(erased));
  std::vector<ErasureEntry> pending;
  for (const ErasureEntry& entry : log.Entries()) {
    if (!done.contains(entry.key.participation)) pending.push_back(entry);
  }
  return pending;
}

int TableMigrations() {
  const std::vector<Migration>& migrations = SqliteMigrations();
  return static_cast<int>(std::count_if(
      migrations.begin(), migrations.end(), [](const Migration& migration) {
        return !absl::StartsWith(migration.name, "code_lists/");
      }));
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenStore(const StoreOptions& options,
                                                 const Clock& clock) {
  ASSIGN_OR_RETURN(seal::KeySource key_source,
                   seal::KeySource::Load(options.key_source));
  ASSIGN_OR_RETURN(std::unique_ptr<sqlite::SqliteDatabase> database,
                   sqlite::SqliteDatabase::Open(
                       {absl::StrCat(options.data_directory, "/stegvis.db"),
                        options.create}));
  return OpenStoreOver(
      std::move(database), std::move(key_source),
      options.erasures.empty()
          ? absl::StrCat(options.data_directory, "/erasures.log")
          : options.erasures,
      options.create, clock);
}

absl::StatusOr<std::unique_ptr<Store>> OpenStoreOver(
    std::unique_ptr<sql::Database> database, seal::KeySource key_source,
    const std::string& erasures, bool create, const Clock& clock) {
  ASSIGN_OR_RETURN(std::unique_ptr<sql::Connection> writer,
                   database->ConnectWriter());
  auto keys = std::make_unique<KeyCache>(std::move(key_source));

  ASSIGN_OR_RETURN(
      const bool created,
      Prepare(*writer, *keys, create, absl::ToUnixMicros(clock.Now())));
  // What the making of the tables moved around would stand in the file twice.
  if (created) RETURN_IF_ERROR(database->Settle(*writer));
  ASSIGN_OR_RETURN(domain::CodeBook codes, LoadCodes(*writer));
  ASSIGN_OR_RETURN(const GroupWriter::Start start, ReadStart(*writer));
  ASSIGN_OR_RETURN(const KeyStatus key_status, HowTheKeysAre(*writer, *keys));
  ASSIGN_OR_RETURN(std::unique_ptr<ErasureLog> log, ErasureLog::Open(erasures));
  ASSIGN_OR_RETURN(const std::vector<ErasureEntry> pending,
                   CompareErasures(*log, *writer));
  // A kill may have come between the commit of an erasure and this.
  if (!log->Entries().empty()) {
    RETURN_IF_ERROR(database->RemoveTraces(*writer));
  }
  auto store = std::make_unique<SqlStore>(
      SqlStore::Parts{std::move(database), std::move(writer), std::move(keys),
                      std::move(log), std::move(codes), TableMigrations(),
                      start, key_status},
      clock);
  RETURN_IF_ERROR(FinishErasures(*store, pending));
  return store;
}

}  // namespace stegvis::storage
