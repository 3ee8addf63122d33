// `stegvisd --offline backup --verify …` and `--offline restore …`.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/offline/backup.h"
#include "services/server/backup_options.h"

namespace stegvis::server {

// Does it and tells people, in Swedish: one line on stdout that says that the
// backup is good, or one on stderr. SIGTERM and SIGINT end it, and leave
// nothing behind. The exit status: 0 good, 1 not good, refused or failed.
int WorkOnBackup(const BackupOptions& options);

// Whether the backup is good, in one line,
std::string LineOf(const BackupOptions& options,
                   const offline::BackupFinding& finding);
// or why that cannot be said.
std::string ExplainBackup(const BackupOptions& options,
                          const absl::Status& error);

}  // namespace stegvis::server
