// Commands that work on files without a server: the server's program, beside
// this one, does them.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace stegvis::cli {

// Becomes `stegvisd --offline WORDS…`; its exit status is ours. Returns only
// when it cannot be started.
absl::Status BecomeServer(const std::vector<std::string>& words);

}  // namespace stegvis::cli
