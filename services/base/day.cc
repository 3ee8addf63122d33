#include "services/base/day.h"

#include <algorithm>
#include <chrono>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "services/base/errors.h"

namespace stegvis {
namespace {

using std::chrono::days;
using std::chrono::month_day_last;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month;
using std::chrono::year_month_day;
using std::chrono::year_month_day_last;

constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2199;

year_month_day ToCivil(int32_t number) {
  return year_month_day(sys_days(days(number)));
}

int32_t ToNumber(const year_month_day& civil) {
  return static_cast<int32_t>(sys_days(civil).time_since_epoch().count());
}

year_month_day CivilOf(int year_number, int month, int day) {
  return year_month_day(year(year_number),
                        std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day)));
}

bool IsIsoForm(absl::string_view text) {
  if (text.size() != 10) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 4 || i == 7;
    if (dash ? text[i] != '-'
             : !absl::ascii_isdigit(static_cast<unsigned char>(text[i])))
      return false;
  }
  return true;
}

const absl::TimeZone& Stockholm() {
  static const absl::TimeZone zone = [] {
    absl::TimeZone loaded;
    // Without tzdata every day border would be wrong by an hour or two, and no
    // figure would show it: better not to run.
    if (!absl::LoadTimeZone("Europe/Stockholm", &loaded)) std::abort();
    return loaded;
  }();
  return zone;
}

}  // namespace

absl::StatusOr<Day> Day::Parse(absl::string_view text) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (!IsIsoForm(text) || !absl::SimpleAtoi(text.substr(0, 4), &year) ||
      !absl::SimpleAtoi(text.substr(5, 2), &month) ||
      !absl::SimpleAtoi(text.substr(8, 2), &day)) {
    return errors::DateInvalid();
  }
  const std::optional<Day> parsed = FromCivil(year, month, day);
  if (!parsed.has_value()) return errors::DateInvalid();
  return *parsed;
}

std::optional<Day> Day::FromCivil(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  const year_month_day civil = CivilOf(year, month, day);
  if (!civil.ok()) return std::nullopt;
  return Day(ToNumber(civil));
}

Day Day::FirstOfYear(int year) { return Day(ToNumber(CivilOf(year, 1, 1))); }

Day Day::LastOfYear(int year) { return Day(ToNumber(CivilOf(year, 12, 31))); }

int Day::Year() const { return static_cast<int>(ToCivil(number_).year()); }

std::string Day::Text() const {
  const year_month_day civil = ToCivil(number_);
  return absl::StrFormat("%04d-%02d-%02d", static_cast<int>(civil.year()),
                         static_cast<unsigned>(civil.month()),
                         static_cast<unsigned>(civil.day()));
}

Day Day::PlusMonths(int months) const {
  const year_month_day civil = ToCivil(number_);
  const year_month month =
      civil.year() / civil.month() + std::chrono::months(months);
  const year_month_day_last last(month.year(), month_day_last(month.month()));
  return Day(ToNumber(month / std::min(civil.day(), last.day())));
}

int YearsBetween(Day birth, Day day) {
  const year_month_day from = ToCivil(birth.Number());
  const year_month_day to = ToCivil(day.Number());
  const bool had_birthday =
      std::pair(to.month(), to.day()) >= std::pair(from.month(), from.day());
  return static_cast<int>((to.year() - from.year()).count()) -
         (had_birthday ? 0 : 1);
}

Day SwedishDay(absl::Time moment) {
  const absl::CivilDay civil = absl::ToCivilDay(moment, Stockholm());
  return Day::FromNumber(static_cast<int32_t>(civil - absl::CivilDay()));
}

absl::Time EndOfSwedishDay(Day day) {
  const absl::CivilDay next = absl::CivilDay() + day.Number() + 1;
  return absl::FromCivil(next, Stockholm()) - absl::Microseconds(1);
}

}  // namespace stegvis
