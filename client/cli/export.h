// Writes everything a förbund holds to files that anybody can read, and that
// the imports read back.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "client/cli/session.h"

namespace stegvis::cli {

struct ExportOptions {
  std::string forbund;
  std::string directory;
  bool identities = false;  // Numbers and names of persons.
  bool registered = false;  // The column `registrerad`.
};

// Fills an empty or new directory that only its owner can read. A failed
// export leaves nothing.
absl::Status Export(const ExportOptions& options, Session& session);

}  // namespace stegvis::cli
