#include "client/cli/number_format.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace stegvis::cli {
namespace {

TEST(FormatNumber, SetsThousandsApart) {
  EXPECT_EQ(FormatNumber(0), "0");
  EXPECT_EQ(FormatNumber(999), "999");
  EXPECT_EQ(FormatNumber(24867), "24 867");
  EXPECT_EQ(FormatNumber(1234567), "1 234 567");
  EXPECT_EQ(FormatNumber(-1200), "−1 200");
  EXPECT_EQ(FormatNumber(std::numeric_limits<int64_t>::min()),
            "−9 223 372 036 854 775 808");
}

TEST(FormatChange, HasASignUnlessZero) {
  EXPECT_EQ(FormatChange(1200), "+1 200");
  EXPECT_EQ(FormatChange(0), "0");
  EXPECT_EQ(FormatChange(-16), "−16");
}

TEST(FormatPercent, HasOneDecimalAndAComma) {
  EXPECT_EQ(FormatPercent(0), "0,0 %");
  EXPECT_EQ(FormatPercent(0.31), "31,0 %");
  EXPECT_EQ(FormatPercent(17454.0 / 24867), "70,2 %");
  EXPECT_EQ(FormatPercent(1), "100,0 %");
  EXPECT_EQ(FormatPercent(12.345), "1 234,5 %");
}

TEST(FormatPercent, RoundsHalfAwayFromZero) {
  EXPECT_EQ(FormatPercent(0.0005), "0,1 %");
  EXPECT_EQ(FormatPercent(0.1105), "11,1 %");
  EXPECT_EQ(FormatPercent(0.0625 / 2), "3,1 %");  // 3.125
  EXPECT_EQ(FormatPercent(0.2225), "22,3 %");
  EXPECT_EQ(FormatPercentChange(-0.0005), "−0,1 %");
}

TEST(FormatPoints, HasASignAndNoUnit) {
  EXPECT_EQ(FormatPoints(0.2), "+20,0");
  EXPECT_EQ(FormatPoints(-0.054), "−5,4");
  EXPECT_EQ(FormatPoints(0), "0,0");
}

TEST(FormatPoints, HasNoSignWhenItRoundsToZero) {
  EXPECT_EQ(FormatPoints(-0.0004), "0,0");
}

TEST(FormatPercentChange, HasSignAndUnit) {
  EXPECT_EQ(FormatPercentChange(-0.16), "−16,0 %");
  EXPECT_EQ(FormatPercentChange(1.528), "+152,8 %");
}

}  // namespace
}  // namespace stegvis::cli
