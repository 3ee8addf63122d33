#include "storage/store/grant_cache.h"

namespace stegvis::storage {

int64_t GrantCache::Edition() const {
  absl::MutexLock lock(&mutex_);
  return edition_;
}

std::optional<std::vector<domain::Grant>> GrantCache::Find(
    absl::string_view user) const {
  absl::MutexLock lock(&mutex_);
  const auto found = grants_.find(user);
  if (found == grants_.end()) return std::nullopt;
  return found->second;
}

void GrantCache::Keep(int64_t edition, absl::string_view user,
                      const std::vector<domain::Grant>& grants) {
  // Who has none is not kept: there is no end to those.
  if (grants.empty()) return;
  absl::MutexLock lock(&mutex_);
  if (edition != edition_) return;
  grants_.insert_or_assign(std::string(user), grants);
}

void GrantCache::Clear() {
  absl::MutexLock lock(&mutex_);
  ++edition_;
  grants_.clear();
}

}  // namespace stegvis::storage
