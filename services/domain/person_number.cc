#include "services/domain/person_number.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/base/errors.h"
#include "services/domain/forbund.h"
#include "services/domain/text_checks.h"

namespace stegvis::domain {
namespace {

constexpr size_t kSerialSize = 4;  // The last four, check digit included.
constexpr int kSamordningsOffset = 60;
constexpr int kHundred = 100;
constexpr int kCenturiesOfLeapYears = 4;

// A written form taken apart. Views into the text that was read.
struct Written {
  absl::string_view date;    // YYYYMMDD or YYMMDD.
  absl::string_view serial;  // Four digits.
  bool plus = false;

  bool HasCentury() const { return date.size() == 8; }
};

int Number(absl::string_view digits) {
  int number = 0;
  for (const char c : digits) number = number * 10 + (c - '0');
  return number;
}

std::optional<Written> TakeApart(absl::string_view text) {
  if (text.size() <= kSerialSize) return std::nullopt;
  Written written;
  written.serial = text.substr(text.size() - kSerialSize);
  written.date = text.substr(0, text.size() - kSerialSize);
  const char sign = written.date.back();
  if (sign == '-' || sign == '+') written.date.remove_suffix(1);
  written.plus = sign == '+';
  const bool right_size = written.date.size() == 6 || written.HasCentury();
  if (!right_size || !AllDigits(written.date) || !AllDigits(written.serial)) {
    return std::nullopt;
  }
  return written;
}

// Month and day of birth, which stand last in both forms of the date.
struct MonthAndDay {
  int month;
  int day;
  bool samordningsnummer;
};

MonthAndDay MonthAndDayOf(absl::string_view date) {
  const absl::string_view last_four = date.substr(date.size() - 4);
  const int day = Number(last_four.substr(2));
  const bool samordningsnummer = day > kSamordningsOffset;
  return MonthAndDay{Number(last_four.substr(0, 2)),
                     samordningsnummer ? day - kSamordningsOffset : day,
                     samordningsnummer};
}

// The latest birth with these last two digits of the year that is a day of the
// calendar and not after `today`; with `plus`, a hundred years before that.
std::optional<Day> LatestBirth(int year_of_century, const MonthAndDay& born,
                               bool plus, Day today) {
  int year = today.Year() / kHundred * kHundred + year_of_century;
  // A 29 February may be absent from a year and there a century or more before.
  for (int step = 0; step < kCenturiesOfLeapYears; ++step, year -= kHundred) {
    const std::optional<Day> birth = Day::FromCivil(year, born.month, born.day);
    if (!birth.has_value() || *birth > today) continue;
    return plus ? Day::FromCivil(year - kHundred, born.month, born.day) : birth;
  }
  return std::nullopt;
}

std::optional<Day> StatedBirth(const Written& written, const MonthAndDay& born,
                               Day today) {
  const std::optional<Day> birth =
      Day::FromCivil(Number(written.date.substr(0, 4)), born.month, born.day);
  if (!birth.has_value() || *birth > today) return std::nullopt;
  if (written.plus && YearsBetween(*birth, today) < kHundred) {
    return std::nullopt;
  }
  return birth;
}

std::optional<Day> BirthOf(const Written& written, const MonthAndDay& born,
                           Day today) {
  if (written.HasCentury()) return StatedBirth(written, born, today);
  return LatestBirth(Number(written.date.substr(0, 2)), born, written.plus,
                     today);
}

bool SerialCanBe(const Written& written) {
  const absl::string_view ten_date =
      written.date.substr(written.date.size() - 6);
  return written.serial.substr(0, 3) != "000" &&
         CheckDigitHolds(absl::StrCat(ten_date, written.serial));
}

Sex SexOf(absl::string_view serial) {
  return (serial[2] - '0') % 2 == 0 ? Sex::kWoman : Sex::kMan;
}

// The end of days: what was valid once stays so, whatever today is.
Day AnyDay() { return Day::LastOfYear(2199); }

}  // namespace

absl::StatusOr<PersonNumber> PersonNumber::Parse(absl::string_view text,
                                                 Day today) {
  const std::optional<Written> written = TakeApart(text);
  if (!written.has_value()) return errors::PersonNumberMalformed();
  const MonthAndDay born = MonthAndDayOf(written->date);
  const std::optional<Day> birth = BirthOf(*written, born, today);
  if (!birth.has_value() || !SerialCanBe(*written)) {
    return errors::PersonNumberImpossible();
  }
  const std::string digits = absl::StrCat(
      absl::StrFormat("%04d", birth->Year()),
      written->date.substr(written->date.size() - 4), written->serial);
  return PersonNumber(digits, SexOf(written->serial), *birth,
                      born.samordningsnummer);
}

absl::StatusOr<PersonNumber> PersonNumber::FromStored(
    absl::string_view digits) {
  if (digits.size() != 12 || !AllDigits(digits)) {
    return errors::Bug("person_number_stored");
  }
  absl::StatusOr<PersonNumber> number = Parse(digits, AnyDay());
  if (!number.ok()) return errors::Bug("person_number_stored");
  return number;
}

}  // namespace stegvis::domain
