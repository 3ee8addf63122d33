#include "client/cli/text_table.h"

#include <gtest/gtest.h>

#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

TEST(TextTable, AlignsByWhatIsSeen) {
  TextTable table({{"namn"}, {"antal", Align::kRight}});
  table.AddRow({"Åsa Öberg", "1 200"});
  table.AddRow({"Bo", "−3"});

  EXPECT_EQ(table.Text(),
            "namn       antal\n"
            "Åsa Öberg  1 200\n"
            "Bo            −3\n");
}

TEST(TextTable, CountsWideAndComposedLetters) {
  TextTable table({{"a"}, {"b"}});
  table.AddRow({"日本", "x"});
  table.AddRow({"A\u030a", "y"});  // A with a ring above, in two code points.

  EXPECT_EQ(table.Text(), "a     b\n日本  x\nA\u030a     y\n");
}

TEST(TextTable, LeavesOutTheLineOfEmptyTitles) {
  TextTable table({{""}, {""}});
  table.AddRow({"x", "y"});

  EXPECT_EQ(table.Text(), "x  y\n");
}

TEST(TextTable, ShowsNothingThatSteersATerminal) {
  TextTable table({{"a"}});
  table.AddRow({"x\x1b[2Jy\nz"});

  EXPECT_EQ(table.Text(), "a\nx\uFFFD[2Jy z\n");
}

TEST(Comparable, IsTheSameForLettersTypedInTwoWays) {
  EXPECT_EQ(Comparable("Malmo\u0308 "), Comparable("MALMÖ"));
}

TEST(IsCleanUtf8, RefusesWhatIsNot) {
  EXPECT_TRUE(IsCleanUtf8("Åäö 日本"));
  EXPECT_TRUE(IsCleanUtf8(""));
  EXPECT_FALSE(IsCleanUtf8("\xE5"));
  EXPECT_FALSE(IsCleanUtf8("\xC0\xAF"));      // Overlong.
  EXPECT_FALSE(IsCleanUtf8("\xED\xA0\x80"));  // Half a surrogate pair.
  EXPECT_FALSE(IsCleanUtf8(absl::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace stegvis::cli
