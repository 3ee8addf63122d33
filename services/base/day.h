// A day of the calendar, and how days relate to moments in Sweden.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"

namespace stegvis {

// A day, 1800-01-01 to 2199-12-31. A value.
class Day {
 public:
  // Parses `YYYY-MM-DD`. INVALID_ARGUMENT with DATE_INVALID for anything else.
  static absl::StatusOr<Day> Parse(absl::string_view text);

  // The day, or nothing when there is none such.
  static std::optional<Day> FromCivil(int year, int month, int day);

  // The day that is `number` days after 1970-01-01; the inverse of Number().
  static Day FromNumber(int32_t number) { return Day(number); }

  static Day FirstOfYear(int year);
  static Day LastOfYear(int year);

  int32_t Number() const { return number_; }
  int Year() const;
  std::string Text() const;

  Day PlusDays(int days) const { return Day(number_ + days); }

  // The same day of the month `months` later, or the last one of that month:
  // 31 August + 6 months = the last of February.
  Day PlusMonths(int months) const;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const Day&, const Day&) = default;

 private:
  explicit Day(int32_t number) : number_(number) {}

  int32_t number_;
};

// Whole years from `birth` to `day`; who is born on 29 February turns on
// 1 March in other years.
int YearsBetween(Day birth, Day day);

// The Swedish day (Europe/Stockholm) that `moment` lies in.
Day SwedishDay(absl::Time moment);

// The last microsecond of `day` in Sweden.
absl::Time EndOfSwedishDay(Day day);

}  // namespace stegvis
