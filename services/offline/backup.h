// Backups, tried and restored. Works on files alone.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/clock.h"

namespace stegvis::offline {

// Why a backup is not good.
struct BackupProblem {
  enum class Kind {
    kRecords,   // `count` records do not open; `where` is the first.
    kLost,      // Something that the change feed tells of is not there.
    kAuditLog,  // The log `where` is not as it was from entry `count` on.
    kReport,    // The report of the year `count` gives other figures.
    kTotals,    // So do the registered totals of it, once all is erased again.
  };
  Kind kind;
  int64_t count = 0;
  std::string where;
};

struct BackupFinding {
  absl::Time made_at;
  int64_t records = 0;         // That were opened, or tried.
  int64_t participations = 0;  // Before anything was erased again.
  int64_t erased_again = 0;
  std::optional<BackupProblem> problem;  // Nothing: the backup is good.
};

// How far the work is; an error of its ends it, and leaves nothing behind.
enum class BackupStep { kReading, kOpening, kReporting, kErasing };
using BackupProgress =
    std::function<absl::Status(BackupStep step, int64_t done, int64_t of)>;

// Restores the backup in `folder` to a copy that is gone again, in the folder
// for temporary files: opens every record, goes through every log, makes the
// year report again that the backup names, and erases by the backup's own list.
// FAILED_PRECONDITION with BACKUP_DAMAGED (and a fault of the field `chunk N`,
// when one is), FILE_UNREADABLE, SCHEMA_TOO_NEW, as seal::KeySource::Load and
// KEY_SOURCE_WRONG; DATA_LOSS with RECORD_UNREADABLE when the database itself
// is damaged; RESOURCE_EXHAUSTED with DISK_FULL or FILE_UNWRITABLE.
absl::StatusOr<BackupFinding> VerifyBackup(const std::string& folder,
                                           const std::string& key_source,
                                           const Clock& clock,
                                           const BackupProgress& progress);

struct RestoreRequest {
  std::string folder;
  std::string target;  // New or empty.
  std::string key_source;
  std::string erasures;  // The newest list; begins with the backup's own.
};

// Does the same in `target`, by the list that is given, and leaves a whole
// installation there, with a copy of the key source: or, if the backup is not
// good, nothing. A process that is killed leaves a folder without stegvis.toml.
// As above, and FAILED_PRECONDITION with FOLDER_NOT_EMPTY, and with
// ERASURES_OLDER, ERASURES_BROKEN or FILE_UNREADABLE at `erasures`.
absl::StatusOr<BackupFinding> RestoreBackup(const RestoreRequest& request,
                                            const Clock& clock,
                                            const BackupProgress& progress);

}  // namespace stegvis::offline
