#include "client/cli/field_text.h"

#include <gtest/gtest.h>

namespace stegvis::cli {
namespace {

TEST(FieldText, IsTheWordOfTheLongestKnownEnd) {
  EXPECT_EQ(FieldText("registration.entry.date"), "datum in");
  EXPECT_EQ(FieldText("registration.entry.situation.supports[0].source"),
            "försörjning in");
  EXPECT_EQ(FieldText("insats.start_date"), "startdatum");
  EXPECT_EQ(FieldText("forbund.display_name"), "förbundets namn");
}

TEST(FieldText, IsThePathWhenNothingIsKnown) {
  EXPECT_EQ(FieldText("from.the.future"), "from.the.future");
  EXPECT_EQ(FieldText(""), "");
}

TEST(FieldText, DoesNotMatchHalfAWord) {
  EXPECT_EQ(FieldText("subtitle"), "subtitle");
}

TEST(WithoutIndexes, DropsWhatIsInBrackets) {
  EXPECT_EQ(WithoutIndexes("a[12].b[0]"), "a.b");
}

}  // namespace
}  // namespace stegvis::cli
