#include "client/cli/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stegvis/v1/count.pb.h"

namespace stegvis::cli {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(JsonText, EndsWithOneLineBreakAndPrintsZeros) {
  v1::Count count;
  count.set_year(2020);
  const std::string json = JsonText(count);

  EXPECT_THAT(json, EndsWith("}\n"));
  EXPECT_THAT(json, Not(EndsWith("\n\n")));
  EXPECT_THAT(json, HasSubstr("\"migrated\": false"));
}

}  // namespace
}  // namespace stegvis::cli
