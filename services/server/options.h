// What the command line of stegvisd says.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/offline/init.h"
#include "services/server/backup_options.h"
#include "services/server/keys_options.h"

namespace stegvis::server {

// `--config FILE`: serve.
struct ServeOptions {
  std::string configuration;
};

// `--offline init DIR …`: make an installation.
struct InitOptions {
  std::string folder;
  int port = 7443;
  std::string forbund;              // Empty: none yet.
  std::string organization_number;  // Given with a förbund only.
  std::string start;                // Empty: 1 January of this year.
};

// Nothing to do any more: help was shown, or the usage was wrong.
struct Exit {
  int status = 0;
};

using Options =
    std::variant<ServeOptions, InitOptions, KeysOptions, BackupOptions, Exit>;

// Reads the command line; tells people about wrong usage (status 2) and help.
Options ReadOptions(int argc, const char* const* argv);

// The request that `options` make. INVALID_ARGUMENT as of the day and the
// organisation number. `today` decides what this year is.
absl::StatusOr<offline::InitRequest> ToInitRequest(const InitOptions& options,
                                                   Day today);

}  // namespace stegvis::server
