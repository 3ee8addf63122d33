// Brings a database to this program's tables.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/migrations/migrations.h"
#include "storage/sql/connection.h"

namespace stegvis::storage {

// Whether any migration was ever applied.
absl::StatusOr<bool> HasTables(sql::Connection& connection);

// Applies what is missing, inside the caller's transaction. FAILED_PRECONDITION
// with SCHEMA_TOO_NEW when one was applied that is not among `migrations`,
// SCHEMA_CHANGED when one was applied with another text.
absl::Status Migrate(sql::Connection& connection,
                     const std::vector<Migration>& migrations);

// DATA_LOSS with RECORD_UNREADABLE unless every code that `migrations` bring is
// there as they bring it: codes decide figures, and hold no seal. After
// Migrate, in the same transaction.
absl::Status CheckCodes(sql::Connection& connection,
                        const std::vector<Migration>& migrations);

}  // namespace stegvis::storage
