// The changes that make and keep the tables, as they stood at build time.
#pragma once

#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis::storage {

struct Migration {
  absl::string_view name;  // Its path here without `.sql`.
  absl::string_view sql;
};

// In the order they are applied: tables, then code lists. What has been
// released never changes.
const std::vector<Migration>& SqliteMigrations();

}  // namespace stegvis::storage
