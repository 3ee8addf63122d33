#include "client/cli/demo/chance.h"

#include <numeric>
#include <utility>

namespace stegvis::demo {

Day Chance::Between(Day first, Day last) {
  return first.PlusDays(
      static_cast<int>(Below(last.Number() - first.Number() + 1)));
}

std::vector<int64_t> Share(int64_t total, const std::vector<int64_t>& weights) {
  const int64_t all =
      std::accumulate(weights.begin(), weights.end(), int64_t{0});
  std::vector<int64_t> parts(weights.size(), 0);
  if (all == 0) return parts;
  // Rounds the running sum, not each part, so that nothing is lost or gained.
  int64_t weight_so_far = 0;
  int64_t given = 0;
  for (size_t i = 0; i < weights.size(); ++i) {
    weight_so_far += weights[i];
    const int64_t due = (2 * total * weight_so_far + all) / (2 * all);
    parts[i] = due - given;
    given = due;
  }
  return parts;
}

Urn::Urn(std::vector<int64_t> counts)
    : counts_(std::move(counts)),
      left_(std::accumulate(counts_.begin(), counts_.end(), int64_t{0})) {}

size_t Urn::Draw(Chance& chance) {
  int64_t place = chance.Below(left_);
  size_t kind = 0;
  while (place >= counts_[kind]) place -= counts_[kind++];
  --counts_[kind];
  --left_;
  return kind;
}

}  // namespace stegvis::demo
