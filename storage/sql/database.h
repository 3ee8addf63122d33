// A database that connections are made to.
#pragma once

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/sql/connection.h"

namespace stegvis::sql {

// Thread-safe.
class Database {
 public:
  virtual ~Database() = default;

  // UNAVAILABLE with DATABASE_AWAY when it does not answer.
  virtual absl::StatusOr<std::unique_ptr<Connection>> ConnectReader() = 0;
  virtual absl::StatusOr<std::unique_ptr<Connection>> ConnectWriter() = 0;

  // What the database wants done between the writer's transactions.
  virtual void AfterCommit(Connection& writer) = 0;

  // Leaves nothing of what was deleted in the files beside the database.
  // UNAVAILABLE with DATABASE_AWAY while somebody still reads it: to be tried
  // again.
  virtual absl::Status RemoveTraces(Connection& writer) = 0;

  // Writes everything to its place, so that no trace of what was replaced
  // stays beside it.
  virtual absl::Status Settle(Connection& writer) = 0;

  // Writes the whole database, as the transaction that `reader` is in sees it,
  // to a new file, on disk when this returns; nothing is left there otherwise.
  // RESOURCE_EXHAUSTED with FILE_UNWRITABLE or DISK_FULL.
  virtual absl::Status Copy(Connection& reader, const std::string& path) = 0;
};

}  // namespace stegvis::sql
