// Personnummer and samordningsnummer: who a person is, in twelve digits.
//
// Pure values. Safe from any thread. A PersonNumber has no stream operator and
// shows its digits only against a RevealKey.
#pragma once

#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/day.h"
#include "services/base/sensitive.h"

namespace stegvis::domain {

enum class Sex : uint8_t { kWoman, kMan };

class PersonNumber {
 public:
  // Parses `YYYYMMDDNNNN` and `YYMMDDNNNN`, each also with `-` or `+` before
  // the last four. Ten digits without century mean the latest birth date that
  // is not after `today`; `+` a hundred years earlier. Twelve digits with `+`
  // are accepted for births at least a hundred years before `today` only.
  // INVALID_ARGUMENT with PERSON_NUMBER_MALFORMED for any other form and
  // PERSON_NUMBER_IMPOSSIBLE when date, serial or check digit cannot be, or the
  // birth is after `today`.
  static absl::StatusOr<PersonNumber> Parse(absl::string_view text, Day today);

  // From twelve digits that were a PersonNumber before: the inverse of
  // Digits(). INTERNAL when they are not.
  static absl::StatusOr<PersonNumber> FromStored(absl::string_view digits);

  // The twelve digits; the day of a samordningsnummer as it is written (+60).
  const std::string& Digits(RevealKey) const { return digits_; }

  Sex GetSex() const { return sex_; }
  Day BirthDay() const { return birth_; }
  bool IsSamordningsnummer() const { return samordningsnummer_; }
  // Whole years.
  int AgeOn(Day day) const { return YearsBetween(birth_, day); }

  friend bool operator==(const PersonNumber& a, const PersonNumber& b) {
    return a.digits_ == b.digits_;
  }

 private:
  PersonNumber(std::string digits, Sex sex, Day birth, bool samordningsnummer)
      : digits_(std::move(digits)),
        sex_(sex),
        birth_(birth),
        samordningsnummer_(samordningsnummer) {}

  std::string digits_;
  Sex sex_;
  Day birth_;
  bool samordningsnummer_;
};

}  // namespace stegvis::domain
