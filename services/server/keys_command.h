// `stegvisd --offline keys …`: the key source in shares.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "services/server/keys_options.h"

namespace stegvis::server {

// Does it and tells people, in Swedish: what was done on stdout, or one line on
// stderr. The exit status: 0 done, 1 refused, failed, or shares that do not
// give the key source.
int WorkOnKeys(const KeysOptions& options);

// One line: where `error` came up and what `Explain` says of it.
std::string ExplainKeys(const KeysOptions& options, const absl::Status& error);

}  // namespace stegvis::server
