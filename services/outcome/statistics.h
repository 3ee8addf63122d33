// The formulas of the report that are more than a sum.
//
// Pure functions. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>

namespace stegvis::outcome {

// part ÷ whole; nothing when `whole` is 0.
std::optional<double> Share(int64_t part, int64_t whole);

// A 95 % confidence interval of a share.
struct Interval {
  double low = 0;
  double high = 0;
};

// Wilson's score interval of `part` out of `whole` with z = 1.959964; within
// 0..1. Nothing when `whole` is 0.
std::optional<Interval> Wilson(int64_t part, int64_t whole);

}  // namespace stegvis::outcome
