#include "storage/audit/log_check.h"

#include <algorithm>
#include <utility>

namespace stegvis::audit {

using Kind = Problem::Kind;

LogCheck::LogCheck(std::vector<EarlierHead> heads) : heads_(std::move(heads)) {
  std::sort(heads_.begin(), heads_.end(),
            [](const EarlierHead& a, const EarlierHead& b) {
              return a.tree.size < b.tree.size;
            });
  CheckHeads();
}

void LogCheck::Add(const FoundEntry& entry) {
  if (entry.sequence != log_.Size() + 1)
    Miss(log_.Size() + 1, entry.sequence - 1);
  if (entry.leaf != entry.recorded) {
    problems_.push_back({Kind::kChanged, entry.sequence, entry.sequence});
  } else if (!entry.readable) {
    problems_.push_back({Kind::kUnreadable, entry.sequence, entry.sequence});
  }
  log_.Append(entry.recorded);
  CheckHeads();
}

std::vector<Problem> LogCheck::Finish() {
  const uint64_t furthest = heads_.empty() ? 0 : heads_.back().tree.size;
  if (furthest > log_.Size()) {
    problems_.push_back({Kind::kMissing, log_.Size() + 1, furthest});
  }
  for (const EarlierHead& head : heads_) {
    if (head.is_signed) continue;
    problems_.push_back({Kind::kHeadNotSigned, head.tree.size, head.tree.size});
  }
  std::stable_sort(
      problems_.begin(), problems_.end(),
      [](const Problem& a, const Problem& b) { return a.first < b.first; });
  return std::move(problems_);
}

// Those of the size reached. What is not signed says nothing of the log.
void LogCheck::CheckHeads() {
  for (; next_head_ < heads_.size() &&
         heads_[next_head_].tree.size <= log_.Size();
       ++next_head_) {
    const EarlierHead& head = heads_[next_head_];
    if (!head.is_signed || !comparable_) continue;
    if (head.tree == log_.Head()) {
      sound_until_ = head.tree.size;
      continue;
    }
    problems_.push_back({Kind::kHeadDiffers, sound_until_ + 1, head.tree.size});
    comparable_ = false;
  }
}

// Leaves stand in for the missing ones, so that the others keep their places.
void LogCheck::Miss(uint64_t first, uint64_t last) {
  problems_.push_back({Kind::kMissing, first, last});
  comparable_ = false;
  while (log_.Size() < last) log_.Append(Hash{});
}

}  // namespace stegvis::audit
