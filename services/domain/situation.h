// Situation: support sources and occupation of a person on a date.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/day.h"
#include "services/domain/code_list.h"

namespace stegvis::domain {

// Hours a week in halves, 0 to 160. A value.
class HalfHours {
 public:
  HalfHours() = default;
  // From hours in steps of 0.5. INVALID_ARGUMENT with HOURS_OUT_OF_RANGE unless
  // 0–80 and a whole number of halves (NaN is neither).
  static absl::StatusOr<HalfHours> FromHours(double hours);
  // INTERNAL unless 0–160.
  static absl::StatusOr<HalfHours> FromStored(int64_t halves);

  int Halves() const { return halves_; }
  double Hours() const { return halves_ / 2.0; }
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const HalfHours&, const HalfHours&) = default;

 private:
  explicit HalfHours(uint8_t halves) : halves_(halves) {}

  uint8_t halves_ = 0;
};

struct Support {
  std::string source;
  std::optional<int> extent_percent;

  friend bool operator==(const Support&, const Support&) = default;
};

struct Situation {
  std::vector<Support> supports;  // In the order given; equality ignores it.
  HalfHours work;
  HalfHours study;
  bool seeking = false;

  // What a row said nothing about: it counts as 0 and no, but sent again it
  // contradicts nothing. Only of what is sent; not stored, not compared.
  struct Silence {
    bool work = false;
    bool study = false;
    bool seeking = false;
  };
  Silence silence;

  bool WorksOrStudies() const { return work.Halves() + study.Halves() > 0; }
  friend bool operator==(const Situation& a, const Situation& b);
};

// The situation of a person of whom nothing is known: the code for unknown,
// class OVRIG.
Situation UnknownSituation(const CodeBook& codes);

// INVALID_ARGUMENT naming every fault: `supports` MISSING, DUPLICATE or
// SOURCES_EXCLUDE; `supports[i].source` CODE_UNKNOWN or CODE_NOT_IN_FORCE on
// `day`; `supports[i].extent_percent` EXTENT_OUT_OF_RANGE.
absl::Status CheckSituation(const Situation& situation, const CodeBook& codes,
                            Day day);

}  // namespace stegvis::domain
