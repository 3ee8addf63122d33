#include "client/cli/demo/chance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stegvis::demo {
namespace {

using ::testing::ElementsAre;

TEST(Share, LosesNothingInRounding) {
  EXPECT_THAT(Share(10, {1, 1, 1}), ElementsAre(3, 4, 3));
  EXPECT_THAT(Share(7, {0, 5, 0}), ElementsAre(0, 7, 0));
}

TEST(Share, IsExactWhenThePartsAreWhole) {
  EXPECT_THAT(Share(300, {20, 70, 10}), ElementsAre(60, 210, 30));
}

TEST(Share, GivesNobodyAnythingWithoutWeights) {
  EXPECT_THAT(Share(0, {0, 0}), ElementsAre(0, 0));
}

TEST(Urn, GivesEachKindAsOftenAsItWasPutIn) {
  Chance chance(7);
  Urn urn({3, 0, 5});
  std::vector<int> drawn(3, 0);

  while (!urn.Empty()) ++drawn[urn.Draw(chance)];

  EXPECT_THAT(drawn, ElementsAre(3, 0, 5));
}

TEST(Chance, IsTheOneTheStandardFixes) {
  // [rand.predef]: the 10 000th value of a default mt19937_64.
  Chance chance(5489);
  for (int i = 1; i < 10'000; ++i) chance.Below(2);

  EXPECT_EQ(chance.Below(int64_t{1} << 62),
            9981545732273789042ull % (1ull << 62));
}

}  // namespace
}  // namespace stegvis::demo
