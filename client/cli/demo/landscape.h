// The förbund and insatser of the demo data: invented names, the right shape.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "client/cli/demo/chance.h"
#include "services/base/day.h"

namespace stegvis::demo {

enum class ActivityKind : uint8_t { kPersonal, kVolume, kStructural };

// What an insats does; several förbund do the same.
struct Activity {
  absl::string_view title;
  absl::string_view description;
  ActivityKind kind;
  absl::string_view focus;
  absl::string_view target_groups;  // With | between them.
  bool esf;
};

// A first and a last day; without last day it goes on.
struct Period {
  Day start;
  std::optional<Day> end;

  bool Holds(Day day) const {
    return start <= day && (!end.has_value() || day <= *end);
  }
  bool MeetsYear(int year) const {
    return start.Year() <= year && (!end.has_value() || year <= end->Year());
  }
};

struct Insats {
  const Activity* activity;
  Period period;
};

struct Forbund {
  std::string title;
  std::string organization_number;
  Period period;
  std::string description;
  std::string contact;
  std::vector<std::string> kommuner;
  int64_t size = 1;
  // At least kPermanentInsatser of kind kPersonal come first, and last as long
  // as the förbund.
  std::vector<Insats> insatser;
};

inline constexpr size_t kPermanentInsatser = 3;

// 83 förbund in 2013, 84 in 2015 and 78 in 2020: eight ended in 2016–2018, one
// began in 2014, two came from mergers.
std::vector<Forbund> MakeLandscape(Chance& chance);

}  // namespace stegvis::demo
