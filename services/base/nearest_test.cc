#include "services/base/nearest.h"

#include <gtest/gtest.h>

namespace stegvis {
namespace {

TEST(NearestName, IsTheOneWithFewestLettersChanged) {
  EXPECT_EQ(NearestName("adress", {"ca", "address", "forbund"}), "address");
  EXPECT_EQ(NearestName("forbund", {"ca", "address", "forbund"}), "forbund");
  EXPECT_EQ(NearestName("", {"address", "ca"}), "ca");
}

TEST(NearestName, OfAsNearOnesIsTheFirst) {
  EXPECT_EQ(NearestName("x", {"a", "b"}), "a");
}

}  // namespace
}  // namespace stegvis
