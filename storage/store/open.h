// Opens an installation's store.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/clock.h"
#include "storage/seal/key_source.h"
#include "storage/sql/database.h"
#include "storage/store/store.h"

namespace stegvis::storage {

struct StoreOptions {
  std::string data_directory;  // Holds stegvis.db and erasures.log; must exist.
  std::string key_source;      // The key source's file.
  bool create = false;         // Makes the database; else it must be there.
  // The list of erasures, where it is not that of the data directory.
  std::string erasures = {};
};

// Opens the store, brings its tables to this program's version, and finishes
// what an earlier run left: erasures that were cut off. FAILED_PRECONDITION
// with SCHEMA_TOO_NEW, SCHEMA_CHANGED (a migration's checksum differs),
// DATABASE_IN_USE, KEY_SOURCE_MISSING, KEY_SOURCE_UNREADABLE, KEY_SOURCE_WRONG
// or ERASURES_BROKEN (the list of erasures is damaged); NOT_FOUND when there is
// no database and `create` is not set. `clock` must outlive it.
absl::StatusOr<std::unique_ptr<Store>> OpenStore(const StoreOptions& options,
                                                 const Clock& clock);

// The same over a database that is open already, of whatever kind; `erasures`
// is the file of the list.
absl::StatusOr<std::unique_ptr<Store>> OpenStoreOver(
    std::unique_ptr<sql::Database> database, seal::KeySource key_source,
    const std::string& erasures, bool create, const Clock& clock);

}  // namespace stegvis::storage
