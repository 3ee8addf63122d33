// Holds what was restored against what its backup says of it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/offline/backup.h"
#include "storage/backup/backup.pb.h"
#include "storage/store/store.h"

namespace stegvis::offline {

// The registered totals of a year as text, by förbund.
struct RegisteredYear {
  int year = 0;
  std::string totals;
};

struct Examined {
  std::optional<BackupProblem> problem;
  std::vector<RegisteredYear> registered;
  int64_t erasures = 0;
};

// Examines a store in which nothing was written since the backup.
absl::StatusOr<Examined> ExamineRestored(
    storage::Store& store, const storage::v1::BackupManifest& manifest);

// The same for one in which persons were erased again since: the totals must be
// those of `before`.
absl::StatusOr<Examined> ExamineErasedAgain(
    storage::Store& store, const storage::v1::BackupManifest& manifest,
    const Examined& before);

}  // namespace stegvis::offline
