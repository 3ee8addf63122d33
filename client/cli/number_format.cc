#include "client/cli/number_format.h"

#include <cmath>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace stegvis::cli {
namespace {

constexpr absl::string_view kMinus = "\u2212";

std::string Grouped(uint64_t number) {
  std::string digits = absl::StrCat(number);
  for (size_t at = digits.size(); at > 3; at -= 3)
    digits.insert(at - 3, 1, ' ');
  return digits;
}

uint64_t Magnitude(int64_t number) {
  return number < 0 ? 0 - static_cast<uint64_t>(number)
                    : static_cast<uint64_t>(number);
}

// Tenths of a per cent; llround rounds half away from zero. What the fraction
// lacks in binary is made good first, so that 0.0005 is half a tenth.
int64_t Tenths(double fraction) { return std::llround(fraction * 1000); }

std::string WithDecimal(int64_t tenths) {
  const uint64_t magnitude = Magnitude(tenths);
  return absl::StrCat(Grouped(magnitude / 10), ",", magnitude % 10);
}

absl::string_view Sign(int64_t number) {
  if (number < 0) return kMinus;
  return number > 0 ? "+" : "";
}

}  // namespace

std::string FormatNumber(int64_t number) {
  return absl::StrCat(number < 0 ? kMinus : "", Grouped(Magnitude(number)));
}

std::string FormatChange(int64_t change) {
  return absl::StrCat(Sign(change), Grouped(Magnitude(change)));
}

std::string FormatPercent(double fraction) {
  const int64_t tenths = Tenths(fraction);
  return absl::StrCat(tenths < 0 ? kMinus : "", WithDecimal(tenths), " %");
}

std::string FormatPoints(double fraction) {
  const int64_t tenths = Tenths(fraction);
  return absl::StrCat(Sign(tenths), WithDecimal(tenths));
}

std::string FormatPercentChange(double change) {
  return absl::StrCat(FormatPoints(change), " %");
}

}  // namespace stegvis::cli
