// The formulas of the report that are more than a sum.
//
// Pure functions. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>

namespace stegvis::outcome {

// part ÷ whole; nothing when `whole` is 0.
std::optional<double> Share(int64_t part, int64_t whole);

// Between what a share is.
struct Interval {
  double low = 0;
  double high = 0;
};

// Wilson's score interval of `part` out of `whole` with z = 1.959964; within
// 0..1. Nothing when `whole` is 0.
std::optional<Interval> Wilson(int64_t part, int64_t whole);

// The share of everybody, if of those whose outcome nobody knows none, or all,
// were of the part: part ÷ (whole + unknown), (part + unknown) ÷ (whole +
// unknown). Rough: it says what cannot be ruled out, not what is likely.
// Nothing when `whole` is 0, as there is no share then.
std::optional<Interval> RoughBounds(int64_t part, int64_t whole,
                                    int64_t unknown);

}  // namespace stegvis::outcome
