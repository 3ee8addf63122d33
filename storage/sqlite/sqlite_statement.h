// A prepared SQLite statement.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sql/connection.h"

namespace stegvis::sqlite {

class SqliteStatement final : public sql::Statement {
 public:
  // Takes over `statement`, prepared from `sql`.
  SqliteStatement(sqlite3_stmt* statement, absl::string_view sql);

  // The address of the text it was prepared from.
  const char* Origin() const { return sql_.data(); }

  void BindInteger(int parameter, int64_t value) override;
  void BindBlob(int parameter, absl::string_view bytes) override;
  void BindText(int parameter, absl::string_view text) override;
  void BindNull(int parameter) override;
  absl::StatusOr<bool> Step() override;
  int64_t Integer(int column) const override;
  absl::string_view Bytes(int column) const override;
  bool IsNull(int column) const override;
  void Reset() override;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const {
      sqlite3_finalize(statement);
    }
  };

  // SQLite numbers `$2` by where it first stands in the text; this is that
  // number by name, 0 where there is none such.
  int IndexOf(int parameter) const;
  void Note(int result);

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  absl::string_view sql_;
  std::vector<int> indexes_;
  int bind_result_ = SQLITE_OK;
};

}  // namespace stegvis::sqlite
