// The paper that a participant signs.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace stegvis::cli {

// A form in Swedish, plain text, a page long. Empty names become lines to fill
// in.
std::string ConsentForm(absl::string_view forbund, absl::string_view insats);

}  // namespace stegvis::cli
