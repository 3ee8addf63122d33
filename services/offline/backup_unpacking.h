// Takes the files out of a backup.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/offline/backup.h"
#include "storage/backup/backup.pb.h"

namespace stegvis::offline {

// What is not written to files yet.
struct Unpacked {
  storage::v1::BackupManifest manifest;
  std::string erasures;  // The backup's own list.
  std::string settings;  // stegvis.toml
};

enum class Unpacking { kEverything, kDatabaseAlone };

// Writes the files of the backup in `folder` to `target`, which is there and
// empty: everything but the list of erasures and the settings, or the database
// alone. Fails as VerifyBackup.
absl::StatusOr<Unpacked> Unpack(const std::string& folder,
                                const std::string& key_source,
                                const std::string& target, Unpacking unpacking,
                                const BackupProgress& progress);

}  // namespace stegvis::offline
