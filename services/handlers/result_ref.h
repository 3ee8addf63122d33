// What a write made: enough to answer the same request again.
#pragma once

#include <cstdint>
#include <string>

namespace stegvis::handlers {

// The name of the result and its version then.
struct ResultRef {
  std::string resource;
  int64_t version = 0;

  friend bool operator==(const ResultRef&, const ResultRef&) = default;
};

}  // namespace stegvis::handlers
