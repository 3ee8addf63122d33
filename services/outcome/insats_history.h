// What is known of insatser and of counts, version by version.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/domain/counts.h"
#include "services/domain/insats.h"
#include "services/outcome/code_tables.h"

namespace stegvis::outcome {

// A moment in microseconds since 1970; kNever is after every other.
using Micros = int64_t;
inline constexpr Micros kNever = std::numeric_limits<Micros>::max();
Micros MicrosOf(absl::Time moment);

// What an insats was, from a moment on.
struct InsatsVersion {
  Micros known_from = 0;
  std::string title;
  domain::Orientation orientation = domain::Orientation::kIndividual;
  std::optional<size_t> focus;        // Place in CodeTables::FocusCodes.
  std::vector<size_t> target_groups;  // Places, each once.
};
InsatsVersion InsatsVersionOf(const domain::Insats& insats, Micros known_from,
                              const CodeTables& codes);

struct InsatsHistory {
  InsatsId id;
  std::vector<InsatsVersion> versions;  // Oldest first.

  // The version known at `moment`; before it was known at all, the first one:
  // participations from another system may be older than their insats here.
  const InsatsVersion& At(Micros moment) const;
};

// A version of a count.
struct CountVersion {
  uint32_t insats = 0;
  domain::CountKind kind = domain::CountKind::kAnonymous;
  int year = 0;
  int64_t total = 0;
  std::optional<int64_t> women;
  std::optional<int64_t> men;
  Micros known_from = 0;
  Micros known_until = kNever;

  bool KnownAt(Micros moment) const {
    return known_from <= moment && moment < known_until;
  }
};

}  // namespace stegvis::outcome
