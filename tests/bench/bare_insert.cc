// The named alternative to an import: a bare program that writes the same rows
// and indexes in clear, 1 000 rows of a file in each commit, with SQLite set as
// the store sets it. No TLS, no checks, no seal.
//
//   bare_insert SCHEMA.sql DATABASE ROWS
//
// Prints one line: rows a second.
#include <sqlite3.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace {

constexpr int kPerCommit = 1000;
constexpr int kInsatser = 960;
constexpr size_t kSealedSize = 256;  // What most sealed records take.
constexpr size_t kKeySize = 65;      // A wrapped key.
constexpr size_t kAuditSize = 256;
constexpr size_t kHashSize = 32;

void Check(int result, sqlite3* database) {
  if (result == SQLITE_OK || result == SQLITE_DONE) return;
  std::fprintf(stderr, "%s\n", sqlite3_errmsg(database));
  std::exit(1);
}

// An id as the store's: time-ordered.
std::array<unsigned char, 16> AnId(unsigned kind, unsigned number) {
  std::array<unsigned char, 16> id{};
  id[0] = static_cast<unsigned char>(kind);
  for (unsigned i = 0; i < 4; ++i) {
    id[4 + i] = static_cast<unsigned char>(number >> (24 - 8 * i));
  }
  return id;
}

// Sixteen bytes in no order, as a blind index is.
std::array<unsigned char, 16> Scattered(unsigned number) {
  std::array<unsigned char, 16> id{};
  unsigned long long state = number + 1ULL;
  for (unsigned i = 0; i < 16; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    id[i] = static_cast<unsigned char>(state >> 56);
  }
  return id;
}

class Table {
 public:
  Table(sqlite3* database, const char* sql) : database_(database) {
    Check(sqlite3_prepare_v2(database, sql, -1, &statement_, nullptr),
          database);
  }
  ~Table() { sqlite3_finalize(statement_); }

  Table& Blob(int place, const void* bytes, size_t size) {
    Check(sqlite3_bind_blob(statement_, place, bytes, static_cast<int>(size),
                            SQLITE_STATIC),
          database_);
    return *this;
  }
  Table& Number(int place, sqlite3_int64 number) {
    Check(sqlite3_bind_int64(statement_, place, number), database_);
    return *this;
  }
  void Insert() {
    Check(sqlite3_step(statement_), database_);
    Check(sqlite3_reset(statement_), database_);
  }

 private:
  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
};

void Execute(sqlite3* database, const std::string& sql) {
  Check(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr),
        database);
}

void InsertAll(sqlite3* database, int rows) {
  Table participation(
      database, "INSERT INTO participation VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  Table version(database,
                "INSERT INTO participation_version VALUES "
                "(?1, ?2, ?3, 1, ?4, ?4, ?5, ?6)");
  Table change(database, "INSERT INTO change VALUES (?1, 4, ?2, ?3, ?4, 1)");
  Table audit(database, "INSERT INTO audit_entry VALUES (?1, ?2, ?3, ?4, ?5)");
  const std::string sealed(kSealedSize, 's');
  const std::string key(kKeySize, 'k');
  const std::string entry(kAuditSize, 'a');
  const std::string hash(kHashSize, 'h');
  for (int i = 0; i < rows; ++i) {
    if (i % kPerCommit == 0) Execute(database, "BEGIN");
    const unsigned number = static_cast<unsigned>(i);
    const auto forbund = AnId(1, number % kInsatser / 12);
    const auto insats = AnId(2, number % kInsatser);
    const auto id = AnId(3, number);
    const auto blind = Scattered(number);
    participation.Blob(1, forbund.data(), 16)
        .Blob(2, insats.data(), 16)
        .Blob(3, id.data(), 16)
        .Number(4, i)
        .Blob(5, blind.data(), 16)
        .Blob(6, key.data(), key.size())
        .Insert();
    version.Blob(1, forbund.data(), 16)
        .Blob(2, insats.data(), 16)
        .Blob(3, id.data(), 16)
        .Number(4, i)
        .Number(5, i + 1)
        .Blob(6, sealed.data(), sealed.size())
        .Insert();
    change.Number(1, i + 1)
        .Blob(2, forbund.data(), 16)
        .Blob(3, insats.data(), 16)
        .Blob(4, id.data(), 16)
        .Insert();
    audit.Blob(1, forbund.data(), 16)
        .Number(2, i)
        .Number(3, i)
        .Blob(4, entry.data(), entry.size())
        .Blob(5, hash.data(), hash.size())
        .Insert();
    if (i % kPerCommit == kPerCommit - 1) Execute(database, "COMMIT");
  }
  if (rows % kPerCommit != 0) Execute(database, "COMMIT");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: bare_insert SCHEMA.sql DATABASE ROWS\n", stderr);
    return 2;
  }
  std::ifstream file(argv[1]);
  std::stringstream schema;
  schema << file.rdbuf();
  const int rows = static_cast<int>(std::strtol(argv[3], nullptr, 10));
  sqlite3* database = nullptr;
  Check(sqlite3_open(argv[2], &database), database);
  Execute(database,
          "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
          "PRAGMA secure_delete = ON; PRAGMA cache_size = -65536;"
          "PRAGMA wal_autocheckpoint = 8000;");
  Execute(database, schema.str());
  const auto begin = std::chrono::steady_clock::now();
  InsertAll(database, rows);
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
          .count();
  std::printf("rows_per_second %.0f\n", rows / seconds);
  sqlite3_close(database);
  return 0;
}
