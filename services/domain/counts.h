// Counts: people about whom nothing personal is recorded.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/day.h"
#include "services/domain/insats.h"

namespace stegvis::domain {

enum class CountKind : uint8_t { kAnonymous, kVolume };

// A count of an insats, a kind and a year.
struct Count {
  InsatsId insats;
  CountKind kind = CountKind::kAnonymous;
  int year = 0;
  int64_t total = 0;
  // Both or neither; always both for kAnonymous. Then total is their sum.
  std::optional<int64_t> women;
  std::optional<int64_t> men;
  bool migrated = false;

  friend bool operator==(const Count&, const Count&) = default;
};

// What a person or a file says of a count.
struct CountStatement {
  CountKind kind = CountKind::kAnonymous;
  int year = 0;
  std::optional<int64_t> total;
  std::optional<int64_t> women;
  std::optional<int64_t> men;
};

// The count that `said` makes for `insats`. FAILED_PRECONDITION
// METHOD_IS_VOLUME (anonymous) or METHOD_IS_PERSONAL (volume); else
// INVALID_ARGUMENT naming every fault by the field paths of proto Count:
// OUT_OF_RANGE, MISSING, SUM_DIFFERS (total beside women and men), `year`
// DATE_IN_FUTURE or OUTSIDE_INSATS (no day of the year is in its period).
absl::StatusOr<Count> MakeCount(const CountStatement& said,
                                const Insats& insats, Day today);

}  // namespace stegvis::domain
