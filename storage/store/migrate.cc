#include "storage/store/migrate.h"

#include <map>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/hash.h"
#include "storage/sql/query.h"

namespace stegvis::storage {
namespace {

// Where the migrations lie that bring codes.
constexpr absl::string_view kCodeLists = "code_lists/";

constexpr absl::string_view kCreateTable = R"sql(
  CREATE TABLE IF NOT EXISTS migration (
    name TEXT NOT NULL PRIMARY KEY,
    checksum BLOB NOT NULL
  )
)sql";
constexpr absl::string_view kListApplied =
    "SELECT name, checksum FROM migration";
constexpr absl::string_view kNoteApplied =
    "INSERT INTO migration (name, checksum) VALUES ($1, $2)";

// The codes as they were shipped, in a table that hides the true one meanwhile.
constexpr absl::string_view kBeginShipped =
    "CREATE TEMP TABLE code AS SELECT * FROM main.code WHERE 1 = 0";
constexpr absl::string_view kEndShipped = "DROP TABLE temp.code";
constexpr absl::string_view kFindChanged = R"sql(
  SELECT version, list, position, code, label, group_code, flags, lowest,
         highest, mark, valid_from, valid_to
  FROM temp.code
  EXCEPT
  SELECT version, list, position, code, label, group_code, flags, lowest,
         highest, mark, valid_from, valid_to
  FROM main.code
)sql";

// Names and checksums of what has been applied.
using Applied = std::map<std::string, std::string>;

absl::StatusOr<Applied> ReadApplied(sql::Connection& connection) {
  RETURN_IF_ERROR(connection.Execute(kCreateTable));
  Applied applied;
  sql::Query query(connection, kListApplied);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return applied;
    applied.emplace(query.BytesAt(0), query.BytesAt(1));
  }
}

// Takes what `migrations` know out of `applied`; what stays is from a newer
// program.
absl::Status CheckApplied(Applied applied,
                          const std::vector<Migration>& migrations) {
  for (const Migration& migration : migrations) {
    const auto found = applied.find(std::string(migration.name));
    if (found == applied.end()) continue;
    if (found->second != seal::Sha256(migration.sql)) {
      return errors::SchemaChanged();
    }
    applied.erase(found);
  }
  return applied.empty() ? absl::OkStatus() : errors::SchemaTooNew();
}

}  // namespace

absl::StatusOr<bool> HasTables(sql::Connection& connection) {
  ASSIGN_OR_RETURN(const Applied applied, ReadApplied(connection));
  return !applied.empty();
}

absl::Status Migrate(sql::Connection& connection,
                     const std::vector<Migration>& migrations) {
  ASSIGN_OR_RETURN(const Applied applied, ReadApplied(connection));
  RETURN_IF_ERROR(CheckApplied(applied, migrations));
  for (const Migration& migration : migrations) {
    if (applied.contains(std::string(migration.name))) continue;
    RETURN_IF_ERROR(connection.Execute(migration.sql));
    RETURN_IF_ERROR(sql::Query(connection, kNoteApplied)
                        .Text(1, migration.name)
                        .Blob(2, seal::Sha256(migration.sql))
                        .Run());
  }
  return absl::OkStatus();
}

absl::Status CheckCodes(sql::Connection& connection,
                        const std::vector<Migration>& migrations) {
  RETURN_IF_ERROR(connection.Execute(kBeginShipped));
  for (const Migration& migration : migrations) {
    if (!absl::StartsWith(migration.name, kCodeLists)) continue;
    RETURN_IF_ERROR(connection.Execute(migration.sql));
  }
  {
    sql::Query changed(connection, kFindChanged);
    ASSIGN_OR_RETURN(const bool found, changed.Step());
    if (found) return errors::RecordUnreadable();
  }
  return connection.Execute(kEndShipped);
}

}  // namespace stegvis::storage
