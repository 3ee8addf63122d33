// A statement in use: bound in a chain, and given back at the end.
#pragma once

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/sql/connection.h"

namespace stegvis::sql {

// One thread. What is bound must outlive the query's last Step.
class Query {
 public:
  Query(Connection& connection, absl::string_view sql)
      : connection_(connection), statement_(connection.Take(sql)) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query() {
    if (statement_.ok()) connection_.Return(*statement_);
  }

  Query& Integer(int parameter, int64_t value) {
    if (statement_.ok()) (*statement_)->BindInteger(parameter, value);
    return *this;
  }
  Query& Blob(int parameter, absl::string_view bytes) {
    if (statement_.ok()) (*statement_)->BindBlob(parameter, bytes);
    return *this;
  }
  Query& Text(int parameter, absl::string_view text) {
    if (statement_.ok()) (*statement_)->BindText(parameter, text);
    return *this;
  }
  Query& Null(int parameter) {
    if (statement_.ok()) (*statement_)->BindNull(parameter);
    return *this;
  }

  // Goes to the next row; false after the last one.
  absl::StatusOr<bool> Step() {
    if (!statement_.ok()) return statement_.status();
    return (*statement_)->Step();
  }

  // Runs a statement that has no rows.
  absl::Status Run() { return Step().status(); }

  // The row's columns; only after a Step that gave true.
  int64_t IntegerAt(int column) const { return (*statement_)->Integer(column); }
  absl::string_view BytesAt(int column) const {
    return (*statement_)->Bytes(column);
  }
  bool IsNullAt(int column) const { return (*statement_)->IsNull(column); }

 private:
  Connection& connection_;
  absl::StatusOr<Statement*> statement_;
};

}  // namespace stegvis::sql
