// Chance that comes out the same on every machine: one generator the standard
// fixes bit by bit, and whole-number arithmetic on top of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include "services/base/day.h"

namespace stegvis::demo {

// A source of chance. One thread.
class Chance {
 public:
  explicit Chance(uint64_t seed) : engine_(seed) {}

  // 0 to n - 1; n is at least 1.
  int64_t Below(int64_t n) {
    return static_cast<int64_t>(engine_() % static_cast<uint64_t>(n));
  }
  // From `low` to `high`, both possible.
  int64_t Between(int64_t low, int64_t high) {
    return low + Below(high - low + 1);
  }
  Day Between(Day first, Day last);

  bool PerMille(int64_t share) { return Below(1000) < share; }

 private:
  std::mt19937_64 engine_;
};

// Whole parts of `total` in proportion to `weights`; their sum is `total`.
std::vector<int64_t> Share(int64_t total, const std::vector<int64_t>& weights);

// Draws kinds without putting back: every kind comes exactly as often as it was
// put in, in an order left to chance. This is how figures come out exactly
// without anything being kept in memory. One thread.
class Urn {
 public:
  Urn() = default;
  explicit Urn(std::vector<int64_t> counts);

  bool Empty() const { return left_ == 0; }

  // The kind, an index of the counts given. Not when empty.
  size_t Draw(Chance& chance);

 private:
  std::vector<int64_t> counts_;
  int64_t left_ = 0;
};

}  // namespace stegvis::demo
