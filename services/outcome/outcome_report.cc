#include "services/outcome/outcome_report.h"

#include <array>

namespace stegvis::outcome {
namespace {

constexpr std::array<const char*, kDimensions> kNames = {
    "SEX",   "AGE_GROUP",    "EDUCATION", "REFERRED_BY", "MONTHS_ON_SUPPORT",
    "FOCUS", "TARGET_GROUP", "INSATS",    "FORBUND",     "KOMMUN",
    "YEAR",  "END_REASON"};

}  // namespace

std::string DimensionName(Dimension dimension) {
  return kNames[static_cast<size_t>(dimension)];
}

std::optional<Dimension> DimensionNamed(const std::string& name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (name == kNames[i]) return static_cast<Dimension>(i);
  }
  return std::nullopt;
}

}  // namespace stegvis::outcome
