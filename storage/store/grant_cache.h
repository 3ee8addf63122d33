// The grants of those who called lately, so that a call need not read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "absl/synchronization/mutex.h"
#include "services/domain/access.h"

namespace stegvis::storage {

// Good for the one server that writes the database. Thread-safe.
class GrantCache {
 public:
  // How often grants have changed. Ask before the snapshot is taken from which
  // grants are read: what was read before a change is not kept after it.
  int64_t Edition() const;

  // Nothing when they are not known.
  std::optional<std::vector<domain::Grant>> Find(absl::string_view user) const;
  // Does nothing when grants have changed since `edition`.
  void Keep(int64_t edition, absl::string_view user,
            const std::vector<domain::Grant>& grants);

  // Grants have changed: to be called after the commit, before it is told.
  void Clear();

 private:
  mutable absl::Mutex mutex_;
  int64_t edition_ ABSL_GUARDED_BY(mutex_) = 0;
  absl::flat_hash_map<std::string, std::vector<domain::Grant>> grants_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace stegvis::storage
