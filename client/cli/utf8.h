// Text as bytes, and as it looks in a terminal. UTF-8 throughout.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace stegvis::cli {

// Whether `text` is UTF-8 without NUL.
bool IsCleanUtf8(absl::string_view text);

// How many columns of a terminal `text` takes.
int DisplayWidth(absl::string_view text);

// `text` on one line, with everything that would steer a terminal replaced.
std::string Printable(absl::string_view text);

// `text` with a capital first letter.
std::string Capitalized(absl::string_view text);

// `text`, cut to so many columns with an ellipsis when it is wider.
std::string Shortened(absl::string_view text, int columns);

// One form for texts that people type on different machines: composed letters,
// small and capital alike, no blanks around.
std::string Comparable(absl::string_view text);

}  // namespace stegvis::cli
