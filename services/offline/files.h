// Files of an installation: none but the service's own user may read them.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::offline {

// Makes a folder with rights 0700. RESOURCE_EXHAUSTED with FILE_UNWRITABLE, or
// DISK_FULL; also below.
absl::Status MakeFolder(const std::string& path);

// Writes a new file with rights 0600; it is on disk when this returns.
absl::Status WriteNewFile(const std::string& path, absl::string_view content);

// Writes to an open file, whatever it is.
absl::Status WriteWhole(int file, absl::string_view content);

// Puts what was made in the folder on disk.
absl::Status SyncFolder(const std::string& path);

// A folder that an undertaking fills. What it made goes away again unless it is
// kept: the folder, and those above it that were not there either.
class NewFolder {
 public:
  // FAILED_PRECONDITION with FOLDER_NOT_EMPTY when something is there.
  static absl::StatusOr<NewFolder> Make(const std::string& path);

  NewFolder(NewFolder&& other) noexcept;
  NewFolder& operator=(NewFolder&&) = delete;
  ~NewFolder();

  std::string Path(absl::string_view inside) const;
  void Keep() { kept_ = true; }

 private:
  NewFolder(std::string path, std::string topmost_made);

  std::string path_;
  std::string topmost_made_;  // Empty when the folder was there, empty.
  bool kept_ = false;
};

}  // namespace stegvis::offline
