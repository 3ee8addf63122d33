// Invented numbers of organisations and people: well formed, with right check
// digits, and nobody's on purpose.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/demo/chance.h"

namespace stegvis::demo {

// The check digit after `nine_digits` (Luhn, modulus 10).
char CheckDigit(absl::string_view nine_digits);

// `222999-NNNC`, a different one for each `index` from 0 to 999.
std::string OrganizationNumber(int index);

// Gives each person a number that nobody got before, without remembering them:
// every year of birth and sex walks through its dates and serials in an order
// of its own. One thread.
class PersonNumbers {
 public:
  static constexpr int kFirstYear = 1930;
  static constexpr int kLastYear = 2010;

  explicit PersonNumbers(Chance& chance);

  // Twelve digits of a person born in `year` (or, when that year is used up, in
  // the one before). A samordningsnummer has 60 added to the day.
  std::string Next(int year, bool woman, bool samordningsnummer);

 private:
  struct Walk {
    int64_t start = 0;
    int64_t taken = 0;
  };

  std::array<std::array<Walk, 2>, kLastYear - kFirstYear + 1> walks_;
};

}  // namespace stegvis::demo
