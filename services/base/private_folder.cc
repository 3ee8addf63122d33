#include "services/base/private_folder.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "services/base/errors.h"

namespace stegvis {

namespace fs = std::filesystem;

absl::StatusOr<std::unique_ptr<PrivateFolder>> PrivateFolder::Make() {
  std::error_code error;
  std::string name =
      (fs::temp_directory_path(error) / "stegvis-XXXXXX").string();
  if (error || mkdtemp(name.data()) == nullptr) return errors::FileUnwritable();
  return std::unique_ptr<PrivateFolder>(new PrivateFolder(std::move(name)));
}

PrivateFolder::PrivateFolder(std::string path) : path_(std::move(path)) {}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored;  // What stays there is swept with the others.
  fs::remove_all(path_, ignored);
}

}  // namespace stegvis
