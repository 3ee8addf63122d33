#include "client/cli/demo/numbers.h"

#include "absl/strings/str_cat.h"
#include "services/base/day.h"

namespace stegvis::demo {
namespace {

// Leap days are left out, so that every year is as long.
constexpr int64_t kDays = 365;
constexpr int64_t kSerials = 499;  // 002, 004 … 998 or 001, 003 … 997.
constexpr int64_t kPlaces = kDays * kSerials;
// Prime, so that its multiples meet every place once.
constexpr int64_t kStride = 1'000'003;

std::string BirthDay(int year, int64_t day_of_year, bool samordningsnummer) {
  // 2019 has no leap day; only its months and days are used.
  const std::string text =
      Day::FirstOfYear(2019).PlusDays(static_cast<int>(day_of_year)).Text();
  int day = (text[8] - '0') * 10 + (text[9] - '0');
  if (samordningsnummer) day += 60;
  return absl::StrCat(year, text.substr(5, 2), absl::Dec(day, absl::kZeroPad2));
}

}  // namespace

char CheckDigit(absl::string_view nine_digits) {
  int sum = 0;
  for (size_t i = 0; i < nine_digits.size(); ++i) {
    const int times = (nine_digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
    sum += times / 10 + times % 10;
  }
  return static_cast<char>('0' + (10 - sum % 10) % 10);
}

std::string OrganizationNumber(int index) {
  const std::string nine =
      absl::StrCat("222999", absl::Dec(index, absl::kZeroPad3));
  return absl::StrCat(nine.substr(0, 6), "-", nine.substr(6),
                      std::string(1, CheckDigit(nine)));
}

PersonNumbers::PersonNumbers(Chance& chance) {
  for (auto& year : walks_) {
    for (Walk& walk : year) walk.start = chance.Below(kPlaces);
  }
}

std::string PersonNumbers::Next(int year, bool woman, bool samordningsnummer) {
  const auto walk_of = [&]() -> Walk& {
    return walks_[static_cast<size_t>(year - kFirstYear)][woman ? 1 : 0];
  };
  while (walk_of().taken == kPlaces) --year;
  Walk& walk = walk_of();
  const int64_t place = (walk.start + kStride * walk.taken++) % kPlaces;
  const int64_t serial = 2 * (place / kDays) + (woman ? 2 : 1);
  std::string digits =
      absl::StrCat(BirthDay(year, place % kDays, samordningsnummer),
                   absl::Dec(serial, absl::kZeroPad3));
  // The check digit covers the ten digits, without the century.
  digits.push_back(CheckDigit(absl::string_view(digits).substr(2)));
  return digits;
}

}  // namespace stegvis::demo
