// The files of an installation besides its data, as a backup has them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/handlers/backup_handler.h"

namespace stegvis::server {

// stegvis.toml, and what lies in tls/ and profiles/ beside it; never a key
// source. Where the settings name paths outside the folder, or other ones than
// `init` does, they are those of `init` here, with the files in their place: so
// that what is restored stands by itself. FAILED_PRECONDITION with
// CONFIGURATION_INVALID for a file that a setting names, FILE_UNREADABLE for
// another one.
absl::StatusOr<std::vector<handlers::InstallationFile>> ReadInstallationFiles(
    const std::string& configuration_file);

}  // namespace stegvis::server
