// A folder for temporary files that nobody else may read.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"

namespace stegvis {

// Gone with this, and everything in it. Rights 0700.
class PrivateFolder {
 public:
  // In the folder for temporary files (TMPDIR). RESOURCE_EXHAUSTED with
  // FILE_UNWRITABLE.
  static absl::StatusOr<std::unique_ptr<PrivateFolder>> Make();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;
  ~PrivateFolder();

  const std::string& Path() const { return path_; }

 private:
  explicit PrivateFolder(std::string path);

  const std::string path_;
};

}  // namespace stegvis
