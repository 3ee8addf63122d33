// What the fields of requests are called in Swedish.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace stegvis::cli {

// The Swedish words for the field at `path` in a request, by its last known
// part: `registration.entry.date` is "datum in". A path without known words is
// given back as it is; an empty one is empty.
std::string FieldText(absl::string_view path);

// `path` without indexes: `supports[0].source` becomes `supports.source`.
std::string WithoutIndexes(absl::string_view path);

}  // namespace stegvis::cli
