#include "services/base/nearest.h"

#include <algorithm>
#include <numeric>

namespace stegvis {
namespace {

// How many letters must be put in, left out or replaced to get from one to the
// other (Levenshtein).
size_t Distance(absl::string_view from, absl::string_view to) {
  std::vector<size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < from.size(); ++i) {
    size_t diagonal = row[0]++;
    for (size_t j = 0; j < to.size(); ++j) {
      const size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string NearestName(absl::string_view name,
                        const std::vector<absl::string_view>& known) {
  const auto nearest =
      std::min_element(known.begin(), known.end(),
                       [&](absl::string_view a, absl::string_view b) {
                         return Distance(name, a) < Distance(name, b);
                       });
  return std::string(*nearest);
}

}  // namespace stegvis
