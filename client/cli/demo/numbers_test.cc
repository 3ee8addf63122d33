#include "client/cli/demo/numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace stegvis::demo {
namespace {

TEST(CheckDigit, IsThatOfAKnownNumber) {
  EXPECT_EQ(CheckDigit("811218987"), '6');
  EXPECT_EQ(CheckDigit("000000000"), '0');
}

TEST(OrganizationNumber, EndsWithItsCheckDigit) {
  EXPECT_EQ(OrganizationNumber(1), "222999-0011");
}

TEST(PersonNumbers, AreNeverGivenTwice) {
  Chance chance(1);
  PersonNumbers numbers(chance);
  std::set<std::string> seen;

  for (int i = 0; i < 200'000; ++i) {
    seen.insert(numbers.Next(1980, /*woman=*/true,
                             /*samordningsnummer=*/false));
  }

  EXPECT_EQ(seen.size(), 200'000u);
}

TEST(PersonNumbers, SayTheSexInTheLastDigitButOne) {
  Chance chance(1);
  PersonNumbers numbers(chance);

  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ((numbers.Next(1980, true, false)[10] - '0') % 2, 0);
    EXPECT_EQ((numbers.Next(1980, false, false)[10] - '0') % 2, 1);
  }
}

TEST(PersonNumbers, AddSixtyToTheDayOfASamordningsnummer) {
  Chance chance(1);
  PersonNumbers numbers(chance);

  const std::string number = numbers.Next(1980, true, true);

  EXPECT_EQ(number.substr(0, 4), "1980");
  EXPECT_GE(number.substr(6, 2), "61");
  EXPECT_LE(number.substr(6, 2), "91");
}

}  // namespace
}  // namespace stegvis::demo
