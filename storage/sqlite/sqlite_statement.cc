#include "storage/sqlite/sqlite_statement.h"

#include "absl/strings/str_cat.h"
#include "storage/sqlite/sqlite_connection.h"

namespace stegvis::sqlite {

SqliteStatement::SqliteStatement(sqlite3_stmt* statement, absl::string_view sql)
    : statement_(statement), sql_(sql) {
  const int parameters = sqlite3_bind_parameter_count(statement);
  for (int i = 1; i <= parameters; ++i) {
    const std::string name = absl::StrCat("$", i);
    indexes_.push_back(sqlite3_bind_parameter_index(statement, name.c_str()));
  }
}

int SqliteStatement::IndexOf(int parameter) const {
  const size_t place = static_cast<size_t>(parameter) - 1;
  return place < indexes_.size() ? indexes_[place] : 0;
}

void SqliteStatement::Note(int result) {
  if (result != SQLITE_OK) bind_result_ = result;
}

void SqliteStatement::BindInteger(int parameter, int64_t value) {
  Note(sqlite3_bind_int64(statement_.get(), IndexOf(parameter), value));
}

void SqliteStatement::BindBlob(int parameter, absl::string_view bytes) {
  // Without an address SQLite would bind NULL.
  const char* const start = bytes.empty() ? "" : bytes.data();
  Note(sqlite3_bind_blob64(statement_.get(), IndexOf(parameter), start,
                           bytes.size(), SQLITE_STATIC));
}

void SqliteStatement::BindText(int parameter, absl::string_view text) {
  const char* const start = text.empty() ? "" : text.data();
  Note(sqlite3_bind_text64(statement_.get(), IndexOf(parameter), start,
                           text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void SqliteStatement::BindNull(int parameter) {
  Note(sqlite3_bind_null(statement_.get(), IndexOf(parameter)));
}

absl::StatusOr<bool> SqliteStatement::Step() {
  if (bind_result_ != SQLITE_OK) return ToStatus(bind_result_);
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return ToStatus(result);
}

int64_t SqliteStatement::Integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

absl::string_view SqliteStatement::Bytes(int column) const {
  const void* const start = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (start == nullptr) return absl::string_view();
  return absl::string_view(static_cast<const char*>(start),
                           static_cast<size_t>(size));
}

bool SqliteStatement::IsNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void SqliteStatement::Reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  bind_result_ = SQLITE_OK;
}

}  // namespace stegvis::sqlite
