#include "services/base/day.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "services/base/errors.h"

namespace stegvis {
namespace {

constexpr absl::CivilDay kEpoch(1970, 1, 1);
constexpr int kFirstYear = 1800;
constexpr int kLastYear = 2199;

absl::CivilDay ToCivil(int32_t number) { return kEpoch + number; }

int32_t ToNumber(absl::CivilDay civil) {
  return static_cast<int32_t>(civil - kEpoch);
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
  const absl::CivilDay civil(year, month, day);
  // CivilDay normalises 31 April to 1 May; a date that moved was not one.
  if (civil.year() != year || civil.month() != month || civil.day() != day) {
    return std::nullopt;
  }
  return Day(ToNumber(civil));
}

Day Day::FirstOfYear(int year) {
  return Day(ToNumber(absl::CivilDay(year, 1, 1)));
}

Day Day::LastOfYear(int year) {
  return Day(ToNumber(absl::CivilDay(year, 12, 31)));
}

int Day::Year() const { return static_cast<int>(ToCivil(number_).year()); }

std::string Day::Text() const {
  const absl::CivilDay civil = ToCivil(number_);
  return absl::StrFormat("%04d-%02d-%02d", civil.year(), civil.month(),
                         civil.day());
}

Day Day::PlusMonths(int months) const {
  const absl::CivilDay civil = ToCivil(number_);
  const absl::CivilMonth month = absl::CivilMonth(civil) + months;
  const absl::CivilDay last = absl::CivilDay(month + 1) - 1;
  const absl::CivilDay same(month.year(), month.month(),
                            std::min(civil.day(), last.day()));
  return Day(ToNumber(same));
}

int YearsBetween(Day birth, Day day) {
  const absl::CivilDay from = ToCivil(birth.Number());
  const absl::CivilDay to = ToCivil(day.Number());
  const bool had_birthday =
      std::pair(to.month(), to.day()) >= std::pair(from.month(), from.day());
  return static_cast<int>(to.year() - from.year()) - (had_birthday ? 0 : 1);
}

Day SwedishDay(absl::Time moment) {
  return Day::FromNumber(ToNumber(absl::ToCivilDay(moment, Stockholm())));
}

absl::Time EndOfSwedishDay(Day day) {
  const absl::CivilDay next = ToCivil(day.Number()) + 1;
  return absl::FromCivil(next, Stockholm()) - absl::Microseconds(1);
}

}  // namespace stegvis
