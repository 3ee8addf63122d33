// One participation of the demo data: when it began and ended, and when that
// was recorded.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/demo/chance.h"
#include "client/cli/demo/courses.h"
#include "client/cli/demo/person.h"
#include "client/cli/demo/plan.h"
#include "services/base/day.h"

namespace stegvis::demo {

struct ExitMoment {
  Day day;
  Day recorded;
  absl::string_view reason;
  std::optional<SituationText> situation;
};

struct FollowUpMoment {
  Day day;
  Day recorded;
  SituationText situation;
};

// All moments of a participation; nothing in it lies after the day it was
// recorded, and the days of recording do not go back.
struct Participation {
  Day entry;
  Day entry_recorded;
  SituationText situation;
  std::optional<ExitMoment> exit;
  std::optional<FollowUpMoment> after_6_months;
  std::optional<FollowUpMoment> after_12_months;
  // Nothing was known before the exit.
  bool recorded_at_exit = false;
};

// The next participation of `batch`, not before `earliest`.
Participation MakeParticipation(const Batch& batch, const Course& course,
                                Day earliest, Chance& chance);

}  // namespace stegvis::demo
