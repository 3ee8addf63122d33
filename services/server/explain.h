// What stegvisd tells people when it cannot do something.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace stegvis::server {

// One line in Swedish: what is wrong, and how to mend it.
std::string Explain(const absl::Status& status);

}  // namespace stegvis::server
