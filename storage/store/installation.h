// What belongs to the installation as a whole: whether the key source is the
// right one, its own keys, and the code lists.
#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/domain/code_list.h"
#include "storage/seal/key.h"
#include "storage/sql/connection.h"
#include "storage/store/scope_keys.h"

namespace stegvis::storage {

// Makes the installation's keys, known to be made at `now` (microseconds since
// 1970), or checks that the key source opens them: FAILED_PRECONDITION with
// KEY_SOURCE_WRONG. Inside the caller's transaction.
absl::Status TakeInstallation(sql::Connection& connection, KeyCache& cache,
                              int64_t now);

// The version of the key source's key that everything is wrapped under, but for
// what a rotation has come to.
absl::StatusOr<uint32_t> ReadSourceVersion(sql::Connection& connection);
// Makes that the version of `root`.
absl::Status PutCheckValue(sql::Connection& connection,
                           const seal::VersionedKey& root);

// The code lists in force. DATA_LOSS (RECORD_UNREADABLE) when they are damaged.
absl::StatusOr<domain::CodeBook> LoadCodes(sql::Connection& connection);

}  // namespace stegvis::storage
