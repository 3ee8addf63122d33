// How long the fault tests run.
#pragma once

#include <algorithm>
#include <cstdlib>

namespace stegvis::fault {

// N of STEGVIS_FAULTS=N in the environment: so many times as long; 1 without.
inline int Rounds() {
  const char* const text = std::getenv("STEGVIS_FAULTS");
  return text == nullptr ? 1 : std::max(1, std::atoi(text));
}

}  // namespace stegvis::fault
