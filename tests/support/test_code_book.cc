// TestCodeBook(), declared in domain_fixtures.h: the shipped SQL is run, so
// that tests see the very data that installations get.
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "tests/support/domain_fixtures.h"

namespace stegvis::testing {
namespace {

constexpr char kCreateTable[] = R"sql(
  CREATE TABLE code (version INTEGER, list TEXT, position INTEGER, code TEXT,
                     label TEXT, group_code TEXT NOT NULL, flags TEXT NOT NULL,
                     lowest INTEGER, highest INTEGER, mark TEXT,
                     valid_from TEXT, valid_to TEXT)
)sql";

constexpr char kListCodes[] = R"sql(
  SELECT list, code, label, group_code, flags, lowest, highest, mark,
         valid_from, valid_to
  FROM code
  ORDER BY list, position
)sql";

void Require(bool holds) {
  if (holds) return;
  std::fputs("The shipped code lists cannot be read.\n", stderr);
  std::abort();
}

std::string Shipped() {
  std::ifstream file(STEGVIS_SOURCE_DIR "/storage/code_lists/0001.sql");
  Require(file.is_open());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string Text(sqlite3_stmt* row, int column) {
  const unsigned char* text = sqlite3_column_text(row, column);
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

std::optional<int32_t> Number(sqlite3_stmt* row, int column) {
  if (sqlite3_column_type(row, column) == SQLITE_NULL) return std::nullopt;
  return sqlite3_column_int(row, column);
}

std::optional<Day> Date(sqlite3_stmt* row, int column) {
  const std::string text = Text(row, column);
  if (text.empty()) return std::nullopt;
  return On(text);
}

domain::Code CodeOf(sqlite3_stmt* row) {
  const std::optional<domain::CodeList> list =
      domain::CodeListNamed(Text(row, 0));
  const absl::StatusOr<domain::CodeFlags> flags =
      domain::ParseCodeFlags(Text(row, 4));
  Require(list.has_value() && flags.ok());
  return domain::Code{.list = *list,
                      .code = Text(row, 1),
                      .label = Text(row, 2),
                      .group = Text(row, 3),
                      .flags = *flags,
                      .lowest = Number(row, 5),
                      .highest = Number(row, 6),
                      .mark = Text(row, 7),
                      .valid_from = Date(row, 8),
                      .valid_to = Date(row, 9)};
}

std::vector<domain::Code> ReadCodes(sqlite3* database) {
  Require(sqlite3_exec(database, kCreateTable, nullptr, nullptr, nullptr) ==
          SQLITE_OK);
  Require(sqlite3_exec(database, Shipped().c_str(), nullptr, nullptr,
                       nullptr) == SQLITE_OK);
  sqlite3_stmt* row = nullptr;
  Require(sqlite3_prepare_v2(database, kListCodes, -1, &row, nullptr) ==
          SQLITE_OK);
  std::vector<domain::Code> codes;
  while (sqlite3_step(row) == SQLITE_ROW) codes.push_back(CodeOf(row));
  Require(sqlite3_finalize(row) == SQLITE_OK);
  return codes;
}

domain::CodeBook Load() {
  sqlite3* database = nullptr;
  Require(sqlite3_open(":memory:", &database) == SQLITE_OK);
  std::vector<domain::Code> codes = ReadCodes(database);
  Require(sqlite3_close(database) == SQLITE_OK);
  absl::StatusOr<domain::CodeBook> book =
      domain::CodeBook::Create(/*version=*/1, std::move(codes));
  Require(book.ok());
  return *std::move(book);
}

}  // namespace

const domain::CodeBook& TestCodeBook() {
  // Never destroyed: other statics of a test may still ask it at the end.
  static const auto* book = new domain::CodeBook(Load());
  return *book;
}

}  // namespace stegvis::testing
