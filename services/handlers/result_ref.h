// What a write made: enough to build its answer, the first time and again.
#pragma once

#include <cstdint>
#include <string>

namespace stegvis::handlers {

// The name of the result and its version then. Nothing personal.
struct ResultRef {
  std::string resource;
  int64_t version = 0;
};

}  // namespace stegvis::handlers
