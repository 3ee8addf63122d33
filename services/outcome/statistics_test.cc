#include "services/outcome/statistics.h"

#include <gtest/gtest.h>

namespace stegvis::outcome {
namespace {

// The examples of Newcombe, "Two-sided confidence intervals for the single
// proportion" (1998), table I, method 3.
TEST(Wilson, AgreesWithPublishedIntervals) {
  const struct {
    int part, whole;
    double low, high;
  } examples[] = {{81, 263, 0.2553, 0.3662},
                  {15, 148, 0.0624, 0.1605},
                  {0, 20, 0.0, 0.1611},
                  {1, 29, 0.0061, 0.1718}};
  for (const auto& example : examples) {
    const std::optional<Interval> interval =
        Wilson(example.part, example.whole);

    ASSERT_TRUE(interval.has_value());
    EXPECT_NEAR(interval->low, example.low, 0.00005);
    EXPECT_NEAR(interval->high, example.high, 0.00005);
  }
}

TEST(Wilson, StaysWithinZeroAndOne) {
  EXPECT_EQ(Wilson(0, 3)->low, 0);
  EXPECT_EQ(Wilson(3, 3)->high, 1);
}

TEST(Wilson, IsAbsentWhenThereIsNobody) {
  EXPECT_FALSE(Wilson(0, 0).has_value());
}

TEST(RoughBounds, LetAllOthersFailOrSucceed) {
  const std::optional<Interval> bounds = RoughBounds(31, 100, 100);

  ASSERT_TRUE(bounds.has_value());
  EXPECT_DOUBLE_EQ(bounds->low, 0.155);
  EXPECT_DOUBLE_EQ(bounds->high, 0.655);
}

TEST(RoughBounds, AreTheShareWhenNobodyIsUnknown) {
  const std::optional<Interval> bounds = RoughBounds(31, 100, 0);

  ASSERT_TRUE(bounds.has_value());
  EXPECT_DOUBLE_EQ(bounds->low, 0.31);
  EXPECT_DOUBLE_EQ(bounds->high, 0.31);
}

TEST(RoughBounds, AreAbsentWhenThereIsNoShare) {
  EXPECT_FALSE(RoughBounds(0, 0, 50).has_value());
}

TEST(Share, IsThePartOfTheWhole) {
  EXPECT_DOUBLE_EQ(*Share(31, 100), 0.31);
  EXPECT_DOUBLE_EQ(*Share(-4, 25), -0.16);
}

TEST(Share, IsAbsentWhenTheWholeIsZero) {
  EXPECT_FALSE(Share(0, 0).has_value());
}

}  // namespace
}  // namespace stegvis::outcome
