// What a backup is of: everything at one moment, and what it must give again.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/clock.h"
#include "services/outcome/fact_feed.h"
#include "storage/backup/backup.pb.h"
#include "storage/seal/key.h"
#include "storage/store/store.h"

namespace stegvis::handlers {

struct BackupMoment {
  std::unique_ptr<storage::Moment> held;
  // What the backup is sealed under: the one key that everything was under.
  std::shared_ptr<const seal::VersionedKey> root;
  std::string erasures;  // The list, as its file has it.
  storage::v1::BackupManifest manifest;
};

// The files that it is read from besides the store.
struct BackupFiles {
  std::string erasures;
  std::string key_source;
};

// Takes it between two commits. The program's and the schema's versions are
// left to the caller. FAILED_PRECONDITION with KEYS_ROTATING while some of it
// is under one key and some under another.
absl::StatusOr<BackupMoment> TakeBackupMoment(storage::Store& store,
                                              const outcome::FactFeed& facts,
                                              const Clock& clock,
                                              const BackupFiles& files);

}  // namespace stegvis::handlers
