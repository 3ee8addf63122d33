// participants.csv: one row for each moment at which the source system got to
// know something of a participation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/demo/chance.h"
#include "client/cli/demo/landscape.h"

namespace stegvis::demo {

// Writes every participation of the plan `scale` times over, a batch at a time;
// memory does not grow with the scale.
absl::Status WriteParticipants(const std::string& path,
                               const std::vector<Forbund>& landscape,
                               int64_t scale, Chance& chance);

}  // namespace stegvis::demo
