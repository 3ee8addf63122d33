// What the store needs of an SQL database: statements bound by name, and
// transactions. The implementations lie beside: storage/sqlite.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::sql {

// A prepared statement. Parameters are `$1`, `$2` … and are bound by that name,
// whatever their place in the text. One thread.
class Statement {
 public:
  virtual ~Statement() = default;

  // What is bound must stay where it is until Reset.
  virtual void BindInteger(int parameter, int64_t value) = 0;
  virtual void BindBlob(int parameter, absl::string_view bytes) = 0;
  virtual void BindText(int parameter, absl::string_view text) = 0;
  virtual void BindNull(int parameter) = 0;

  // Goes to the next row; false after the last one.
  // DATA_LOSS with RECORD_UNREADABLE when the file is damaged there,
  // UNAVAILABLE with DATABASE_AWAY, RESOURCE_EXHAUSTED with DISK_FULL.
  virtual absl::StatusOr<bool> Step() = 0;

  // Columns of the row from 0; views are good until the next Step or Reset.
  virtual int64_t Integer(int column) const = 0;
  virtual absl::string_view Bytes(int column) const = 0;
  virtual bool IsNull(int column) const = 0;

  virtual void Reset() = 0;
};

// A connection. One thread at a time.
//
// Errors of every call are those of Statement::Step, or INTERNAL for a
// statement that is wrong.
class Connection {
 public:
  virtual ~Connection() = default;

  // Hands out a statement for `sql`, a constant of the program: prepared
  // statements are kept by its address. Give it back with Return.
  virtual absl::StatusOr<Statement*> Take(absl::string_view sql) = 0;
  virtual void Return(Statement* statement) = 0;

  // Runs statements without parameters and rows, one after the other.
  virtual absl::Status Execute(absl::string_view sql) = 0;

  // A snapshot, until Rollback: of the moment of its first statement, so that
  // a transaction without one costs the database nothing.
  virtual absl::Status BeginRead() = 0;
  virtual absl::Status BeginWrite() = 0;
  virtual absl::Status Commit() = 0;
  // Does nothing when the transaction is gone.
  virtual void Rollback() = 0;

  // A place inside a transaction to go back to; one at a time.
  virtual absl::Status SetSavepoint() = 0;
  virtual absl::Status RollbackToSavepoint() = 0;
  virtual absl::Status ReleaseSavepoint() = 0;

  // False when the database has rolled the transaction back by itself.
  virtual bool InTransaction() const = 0;
};

}  // namespace stegvis::sql
