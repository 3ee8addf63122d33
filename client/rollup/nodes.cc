#include "client/rollup/nodes.h"

#include "absl/strings/ascii.h"

namespace stegvis::rollup {

bool IsOrganizationNumber(const std::string& text) {
  constexpr size_t kLength = 11;
  constexpr size_t kHyphen = 6;
  if (text.size() != kLength) return false;
  for (size_t i = 0; i < kLength; ++i) {
    const bool right =
        i == kHyphen ? text[i] == '-'
                     : absl::ascii_isdigit(static_cast<unsigned char>(text[i]));
    if (!right) return false;
  }
  return true;
}

}  // namespace stegvis::rollup
