#include "storage/store/check_seals.h"

#include <limits>
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "storage/seal/key_source.h"
#include "storage/seal/sealer.h"
#include "storage/sql/query.h"
#include "storage/sqlite/sqlite_database.h"
#include "storage/store/participation_rows.h"
#include "storage/store/scope_keys.h"
#include "storage/store/session.h"

namespace stegvis::storage {
namespace {

constexpr int64_t kRecordsBetweenProgress = 1'000;

// A readable column of a row.
struct Column {
  absl::string_view name;
  bool is_number;
};
constexpr Column Bytes(absl::string_view name) { return {name, false}; }
constexpr Column Number(absl::string_view name) { return {name, true}; }

// Whose content key seals a table's rows: that of the scope in the first
// column, or the installation's.
enum class Owner { kFirstColumn, kInstallation };

// A table of which each row is one seal; `sealed` comes after the columns,
// which are in the order of the seal's place.
struct SealedTable {
  absl::string_view name;
  Owner owner;
  std::vector<Column> columns;
  absl::string_view rows;
};

const std::vector<SealedTable>& SealedTables() {
  static const auto& tables = *new std::vector<SealedTable>{
      {"forbund_version",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Number("version"), Number("created_at"),
        Number("recorded_at"), Number("known_from"), Number("position")},
       "SELECT forbund_id, version, created_at, recorded_at, known_from, "
       "position, sealed FROM forbund_version"},
      {"question_version",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Bytes("question_id"), Number("version"),
        Number("created_at"), Number("recorded_at"), Number("known_from"),
        Number("position")},
       "SELECT forbund_id, question_id, version, created_at, recorded_at, "
       "known_from, position, sealed FROM question_version"},
      {"insats_version",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Bytes("insats_id"), Number("version"),
        Number("created_at"), Number("recorded_at"), Number("known_from"),
        Number("position")},
       "SELECT forbund_id, insats_id, version, created_at, recorded_at, "
       "known_from, position, sealed FROM insats_version"},
      {"count_version",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Bytes("insats_id"), Bytes("count_id"),
        Number("version"), Number("created_at"), Number("recorded_at"),
        Number("known_from"), Number("position")},
       "SELECT forbund_id, insats_id, count_id, version, created_at, "
       "recorded_at, known_from, position, sealed FROM count_version"},
      {"access_grant_version",
       Owner::kInstallation,
       {Bytes("grant_id"), Number("version"), Number("created_at"),
        Number("recorded_at"), Number("position"), Bytes("user_index")},
       "SELECT grant_id, version, created_at, recorded_at, position, "
       "user_index, sealed FROM access_grant_version"},
      {"audit_entry",
       Owner::kFirstColumn,
       {Bytes("scope_id"), Number("sequence"), Number("recorded_at")},
       "SELECT scope_id, sequence, recorded_at, sealed FROM audit_entry"},
      {"erasure",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Bytes("insats_id"), Bytes("participation_id"),
        Number("erased_at"), Number("recorded_at"), Number("known_from"),
        Number("position")},
       "SELECT forbund_id, insats_id, participation_id, erased_at, "
       "recorded_at, known_from, position, sealed FROM erasure"},
      {"sealed_report",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Number("kind"), Number("year"), Number("revision"),
        Number("recorded_at"), Number("key_version")},
       "SELECT forbund_id, kind, year, revision, recorded_at, key_version, "
       "sealed "
       "FROM sealed_report"},
      {"withdrawal",
       Owner::kFirstColumn,
       {Bytes("forbund_id"), Bytes("token"), Number("recorded_at")},
       "SELECT forbund_id, token, recorded_at, sealed FROM withdrawal"},
      {"request_memory",
       Owner::kInstallation,
       {Bytes("request_key"), Number("recorded_at"), Bytes("participation_id")},
       "SELECT request_key, recorded_at, participation_id, sealed "
       "FROM request_memory"},
  };
  return tables;
}

constexpr absl::string_view kScopes =
    "SELECT DISTINCT scope_id FROM wrapped_key";
constexpr absl::string_view kForbundOfParticipations = R"sql(
  SELECT DISTINCT forbund_id FROM participation_version
  UNION
  SELECT DISTINCT forbund_id FROM participation
)sql";
constexpr absl::string_view kWithoutVersion = R"sql(
  SELECT p.forbund_id, p.insats_id, p.participation_id
  FROM participation p
  WHERE NOT EXISTS (SELECT 1
                    FROM participation_version v
                    WHERE v.forbund_id = p.forbund_id
                      AND v.participation_id = p.participation_id)
)sql";

// An id as people write it; other bytes in hexadecimal.
std::string TextOfBytes(absl::string_view bytes) {
  return bytes.size() == IdBytes().size() ? UuidText(IdFromColumn(bytes))
                                          : absl::BytesToHexString(bytes);
}

// One check. One thread.
class Checking {
 public:
  Checking(Session& session, const SealProgress& progress)
      : session_(session), progress_(progress) {}

  absl::StatusOr<SealCheck> Run() {
    RETURN_IF_ERROR(CheckKeys());
    for (const SealedTable& table : SealedTables()) {
      RETURN_IF_ERROR(CheckTable(table));
    }
    RETURN_IF_ERROR(CheckParticipations());
    RETURN_IF_ERROR(progress_(found_.records));
    return std::move(found_);
  }

 private:
  // The scopes or förbund that `statement` gives.
  absl::StatusOr<std::vector<IdBytes>> List(absl::string_view statement);
  absl::Status CheckKeys();
  absl::Status CheckTable(const SealedTable& table);
  absl::StatusOr<bool> Opens(const SealedTable& table, const sql::Query& row);
  absl::Status CheckParticipations();
  absl::Status CheckParticipationsOf(ForbundId forbund);
  absl::Status CheckWithoutVersion();
  // One more record; `name` is asked of one that does not open.
  template <typename Name>
  absl::Status Note(bool opens, const Name& name);

  Session& session_;
  const SealProgress& progress_;
  SealCheck found_;
  std::string buffer_;
};

template <typename Name>
absl::Status Checking::Note(bool opens, const Name& name) {
  if (!opens) {
    ++found_.unreadable;
    if (found_.first_unreadable.size() < kMostNamed) {
      found_.first_unreadable.push_back(name());
    }
  }
  const bool tells = ++found_.records % kRecordsBetweenProgress == 0;
  return tells ? progress_(found_.records) : absl::OkStatus();
}

absl::StatusOr<std::vector<IdBytes>> Checking::List(
    absl::string_view statement) {
  std::vector<IdBytes> ids;
  sql::Query query(session_.connection, statement);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, query.Step());
    if (!found) return ids;
    ids.push_back(IdFromColumn(query.BytesAt(0)));
  }
}

absl::Status Checking::CheckKeys() {
  ASSIGN_OR_RETURN(const std::vector<IdBytes> scopes, List(kScopes));
  for (const IdBytes& scope : scopes) {
    absl::Status opened = session_.keys.Of(scope).status();
    if (!opened.ok() && !absl::IsDataLoss(opened)) return opened;
    RETURN_IF_ERROR(Note(opened.ok(), [&scope] {
      return absl::StrCat("wrapped_key ", UuidText(scope));
    }));
  }
  return absl::OkStatus();
}

std::string NameOfRow(const SealedTable& table, const sql::Query& row) {
  std::string name(table.name);
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const Column& column = table.columns[i];
    const int at = static_cast<int>(i);
    // The ids and what numbers the row among its own.
    if (!column.is_number) {
      absl::StrAppend(&name, " ", TextOfBytes(row.BytesAt(at)));
    } else if (column.name == "version" || column.name == "sequence" ||
               column.name == "year" || column.name == "revision") {
      absl::StrAppend(&name, " ", row.IntegerAt(at));
    }
  }
  return name;
}

absl::StatusOr<bool> Checking::Opens(const SealedTable& table,
                                     const sql::Query& row) {
  const auto ring = session_.keys.Of(table.owner == Owner::kInstallation
                                         ? seal::kInstallationScope
                                         : IdFromColumn(row.BytesAt(0)));
  if (absl::IsNotFound(ring.status()) || absl::IsDataLoss(ring.status())) {
    return false;
  }
  RETURN_IF_ERROR(ring.status());
  seal::SealPlace place(table.name);
  int at = 0;
  for (const Column& column : table.columns) {
    if (column.is_number) {
      place.Column(column.name, row.IntegerAt(at));
    } else {
      place.Column(column.name, row.BytesAt(at));
    }
    ++at;
  }
  return seal::Open((*ring)->Get(seal::KeyPurpose::kContent), place,
                    row.BytesAt(at), buffer_)
      .ok();
}

absl::Status Checking::CheckTable(const SealedTable& table) {
  sql::Query row(session_.connection, table.rows);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, row.Step());
    if (!found) return absl::OkStatus();
    ASSIGN_OR_RETURN(const bool opens, Opens(table, row));
    RETURN_IF_ERROR(Note(opens, [&] { return NameOfRow(table, row); }));
  }
}

absl::Status Checking::CheckParticipations() {
  ASSIGN_OR_RETURN(const std::vector<IdBytes> forbund,
                   List(kForbundOfParticipations));
  for (const IdBytes& id : forbund) {
    RETURN_IF_ERROR(CheckParticipationsOf(ForbundId::FromBytes(id)));
  }
  return CheckWithoutVersion();
}

absl::Status Checking::CheckParticipationsOf(ForbundId forbund) {
  std::optional<ParticipationId> last;
  return ScanParticipations(
      session_, forbund, [&](const ScannedVersion& scanned) {
        if (last != scanned.key.participation) ++found_.participations;
        last = scanned.key.participation;
        return Note(scanned.participation != nullptr, [&scanned] {
          return absl::StrCat("participation_version ", NameOf(scanned.key),
                              " ", scanned.version);
        });
      });
}

absl::Status Checking::CheckWithoutVersion() {
  sql::Query row(session_.connection, kWithoutVersion);
  while (true) {
    ASSIGN_OR_RETURN(const bool found, row.Step());
    if (!found) return absl::OkStatus();
    ++found_.participations;
    RETURN_IF_ERROR(Note(false, [&row] {
      return absl::StrCat("participation ", TextOfBytes(row.BytesAt(0)), " ",
                          TextOfBytes(row.BytesAt(1)), " ",
                          TextOfBytes(row.BytesAt(2)));
    }));
  }
}

}  // namespace

absl::StatusOr<SealCheck> CheckSeals(const StoreOptions& options,
                                     const SealProgress& progress) {
  ASSIGN_OR_RETURN(seal::KeySource key_source,
                   seal::KeySource::Load(options.key_source));
  ASSIGN_OR_RETURN(
      const std::unique_ptr<sqlite::SqliteDatabase> database,
      sqlite::SqliteDatabase::Open(
          {absl::StrCat(options.data_directory, "/stegvis.db"), false}));
  ASSIGN_OR_RETURN(const std::unique_ptr<sql::Connection> connection,
                   database->ConnectReader());
  RETURN_IF_ERROR(connection->BeginRead());
  KeyCache cache(std::move(key_source));
  ScopeKeys keys(*connection, cache);
  Session session{*connection, keys, std::numeric_limits<int64_t>::max(), 0};
  absl::StatusOr<SealCheck> found = Checking(session, progress).Run();
  connection->Rollback();
  return found;
}

}  // namespace stegvis::storage
