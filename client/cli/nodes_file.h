// The list of a rollup's nodes as a file, and the keys beside it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/rollup/nodes.h"

namespace stegvis::cli {

// Reads a list of nodes in TOML and the files it names, relative to itself.
// Says which node and which setting is wrong, and of an unknown setting which
// one it is nearest to.
absl::StatusOr<std::vector<rollup::Node>> ReadNodes(const std::string& path);

// The keys in the folder `keys` beside that file, one for each förbund.
rollup::PublicKeys KeysBeside(const std::string& path);

}  // namespace stegvis::cli
