// What belongs to the installation as a whole: whether the key source is the
// right one, its own keys, and the code lists.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/domain/code_list.h"
#include "storage/sql/connection.h"
#include "storage/store/scope_keys.h"

namespace stegvis::storage {

// Makes the installation's keys, or checks that the key source opens them:
// FAILED_PRECONDITION with KEY_SOURCE_WRONG. Inside the caller's transaction.
absl::Status TakeInstallation(sql::Connection& connection, KeyCache& cache);

// The code lists in force. DATA_LOSS (RECORD_UNREADABLE) when they are damaged.
absl::StatusOr<domain::CodeBook> LoadCodes(sql::Connection& connection);

}  // namespace stegvis::storage
