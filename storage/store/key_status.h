// How the keys of an installation are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace stegvis::storage {

// A rotation that has begun and not ended.
struct KeyRotation {
  absl::Time begun_at;
  int64_t keys = 0;     // Of participations: to be wrapped anew,
  int64_t rotated = 0;  // and those of them that are.
  // Those that do not open. The rotation cannot end before they are gone, as
  // the old keys may be what they need.
  int64_t unreadable = 0;
  std::string first_unreadable;  // The name of one; empty when there is none.
  // Why it stands still; OK while it goes on.
  absl::Status hindrance;
};

struct KeyStatus {
  // Of the key source's key that everything is wrapped under.
  uint32_t source_version = 0;
  std::optional<absl::Time> made_at;  // Nothing when that is not known.
  std::optional<KeyRotation> rotation;
};

}  // namespace stegvis::storage
