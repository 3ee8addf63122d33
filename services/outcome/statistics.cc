#include "services/outcome/statistics.h"

#include <algorithm>
#include <cmath>

namespace stegvis::outcome {
namespace {

constexpr double kZ = 1.959964;

}  // namespace

std::optional<double> Share(int64_t part, int64_t whole) {
  if (whole == 0) return std::nullopt;
  return static_cast<double>(part) / static_cast<double>(whole);
}

std::optional<Interval> Wilson(int64_t part, int64_t whole) {
  if (whole == 0) return std::nullopt;
  const double n = static_cast<double>(whole);
  const double p = static_cast<double>(part) / n;
  const double z2 = kZ * kZ;
  const double scale = 1 + z2 / n;
  const double middle = (p + z2 / (2 * n)) / scale;
  const double half =
      kZ * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / scale;
  // At the ends the formula gives 0 and 1, but for rounding.
  return Interval{part == 0 ? 0 : std::max(0.0, middle - half),
                  part == whole ? 1 : std::min(1.0, middle + half)};
}

std::optional<Interval> RoughBounds(int64_t part, int64_t whole,
                                    int64_t unknown) {
  if (whole == 0) return std::nullopt;
  return Interval{*Share(part, whole + unknown),
                  *Share(part + unknown, whole + unknown)};
}

}  // namespace stegvis::outcome
