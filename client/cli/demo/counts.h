// counts.csv: anonymous and volume counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/demo/chance.h"
#include "client/cli/demo/landscape.h"

namespace stegvis::demo {

absl::Status WriteCounts(const std::string& path,
                         const std::vector<Forbund>& landscape, int64_t scale,
                         Chance& chance);

}  // namespace stegvis::demo
