// Which of the known names somebody may have meant.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis {

// The one of `known`, of which there is one at least, that is fewest letters
// put in, left out or replaced from `name`; of as near ones the first.
std::string NearestName(absl::string_view name,
                        const std::vector<absl::string_view>& known);

}  // namespace stegvis
