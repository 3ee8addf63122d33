// Handles the backup of AdminService. See forbund_handler.h for what all
// handlers promise.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/outcome/fact_feed.h"
#include "stegvis/v1/admin.pb.h"
#include "storage/store/store.h"

namespace stegvis::handlers {

// A file as it lies in an installation's folder.
struct InstallationFile {
  std::string name;  // Relative, `/` between folders.
  std::string content;
};

// What a backup is made of besides the store.
struct BackupSources {
  std::string key_source;      // Its file: seals the backup, and is not in it.
  std::string data_directory;  // Holds erasures.log; a copy is made here.
  std::string program_version;
  // Settings, certificates and profiles as they are now.
  std::function<absl::StatusOr<std::vector<InstallationFile>>()> settings;
};

class BackupHandler {
 public:
  using Emit = std::function<absl::Status(v1::BackupResponse)>;

  // `store`, `clock` and `facts` must outlive the handler. Removes the copies
  // that a killed server left: nobody else may use the data folder.
  BackupHandler(storage::Store& store, const Clock& clock,
                const outcome::FactFeed& facts, BackupSources sources);

  // Emits a backup of one moment: everything that was told done before, and
  // nothing of what is under way. RESOURCE_EXHAUSTED with DISK_FULL or
  // FILE_UNWRITABLE where there is no room for a copy; FAILED_PRECONDITION as
  // the key source's file and the settings; UNAVAILABLE with FACTS_BEHIND.
  absl::Status Backup(const access::Caller& caller,
                      const v1::BackupRequest& request, const Emit& emit) const;

 private:
  storage::Store& store_;
  const Clock& clock_;
  const outcome::FactFeed& facts_;
  const BackupSources sources_;
};

}  // namespace stegvis::handlers
