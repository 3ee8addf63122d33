// Text in HTML and SVG.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace stegvis::cli {

// `text` as it stands between tags or in a quoted attribute, on one line,
// without anything that would steer what shows it.
std::string Escaped(absl::string_view text);

// <name attributes>text</name>, the text escaped; `attributes` as they are.
std::string Element(absl::string_view name, absl::string_view attributes,
                    absl::string_view text);

}  // namespace stegvis::cli
