// What a backup is of: everything at one moment, and what it must give again.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/clock.h"
#include "services/outcome/fact_feed.h"
#include "storage/backup/backup.pb.h"
#include "storage/store/store.h"

namespace stegvis::handlers {

struct BackupMoment {
  std::unique_ptr<storage::Moment> held;
  std::string erasures;  // The list, as its file has it.
  storage::v1::BackupManifest manifest;
};

// Takes it between two commits; `erasures` is the list's file. The program's
// and the schema's versions are left to the caller.
absl::StatusOr<BackupMoment> TakeBackupMoment(storage::Store& store,
                                              const outcome::FactFeed& facts,
                                              const Clock& clock,
                                              const std::string& erasures);

}  // namespace stegvis::handlers
