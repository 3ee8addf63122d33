// Who took part when, and when it was registered: the figures that were
// published, and the people around them.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "client/cli/demo/courses.h"
#include "services/base/day.h"

namespace stegvis::demo {

// What was published.
namespace published {
inline constexpr int64_t kPersonalJanuary2016 = 14'700;
inline constexpr int64_t kPersonalFebruary2016 = 14'900;
inline constexpr int64_t kRegisteredJanuary2016 = 33'500;
inline constexpr int64_t kRegisteredFebruary2016 = 34'400;
inline constexpr int64_t kPersonal2020 = 17'454;
inline constexpr int64_t kRegistered2020 = 24'867;
}  // namespace published

// A stretch of days, both ends in it.
struct Days {
  Day first;
  Day last;
};

// People who end their participations together, in the figures of one report:
// their courses are drawn from one Courses.
enum class Leaving : uint8_t {
  k2013,
  k2014,
  k2015,      // Known on 16 January 2016.
  k2015Late,  // Known on 26 February 2016.
  k2016,
  k2020,
  k2021,
  kNever,    // Still there.
  kWrongly,  // felregistrering
};
inline constexpr size_t kLeavings = 9;

const Outlook& OutlookOf(Leaving leaving);

// People of whom the same can be said.
struct Batch {
  int64_t people;
  Leaving leaving;
  Days entry;
  Days exit;            // Without meaning for kNever.
  Days entry_recorded;  // When the source system got to know it, at the
  Days exit_recorded;   // earliest and the latest.
  // The entry was recorded by itself; else that is left to chance.
  bool entry_first;
};

// All of them; `people` for a scale of 1.
absl::Span<const Batch> Batches();

// Anonymous and volume counts of a year.
struct CountPlan {
  int year;
  int64_t anonymous;
  int64_t volume;
  // What was added later, to counts that were recorded before.
  int64_t anonymous_added;
  int64_t volume_added;
  int64_t structural;  // In no published figure.
  Days recorded;
  Days added;
};

absl::Span<const CountPlan> CountPlans();

}  // namespace stegvis::demo
