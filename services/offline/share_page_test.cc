#include "services/offline/share_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_split.h"
#include "storage/seal/share_text.h"
#include "tests/support/status_matchers.h"

namespace stegvis::offline {
namespace {

using ::stegvis::testing::IsOk;
using ::testing::HasSubstr;
using ::testing::SizeIs;

seal::KeyShare AShare() {
  const seal::VersionedKey key = {seal::Key::Random(), 4};
  return std::move(seal::Split(key, {5, 3}).value()[1]);
}

TEST(SharePage, SaysWhichShareItIs) {
  seal::KeyShare share = AShare();
  share.set.id = {0x0a, 0x1b, 0x2c, 0x3d};
  const seal::SecretText page = SharePage(share, *Day::Parse("2026-03-04"));

  const std::string text(page.View());
  EXPECT_THAT(text, HasSubstr("STEGVIS: ANDEL 2 AV 5 AV NYCKELKÄLLAN\n"));
  EXPECT_THAT(text, HasSubstr("nummer 2 av 5, 3 behövs\n"));
  EXPECT_THAT(text, HasSubstr("Vilka 3 som helst av dem"));
  EXPECT_THAT(text, HasSubstr("Gjord:                 2026-03-04\n"));
  EXPECT_THAT(text, HasSubstr("Nyckelkällans version: 4\n"));
  EXPECT_THAT(text, HasSubstr("Omgång:                0a1b2c3d "));
  EXPECT_THAT(text, HasSubstr("stegvis keys recover"));
}

TEST(SharePage, IsReadAsItsShareWhateverItsDate) {
  for (const char* day : {"2026-01-01", "1999-12-31", "2030-10-10"}) {
    const seal::KeyShare share = AShare();
    const seal::SecretText page = SharePage(share, *Day::Parse(day));

    seal::ShareReader reader;
    for (absl::string_view line : absl::StrSplit(page.View(), '\n')) {
      ASSERT_THAT(reader.AddLine(line), IsOk());
    }
    ASSERT_THAT(reader.Finish(), IsOk());
    ASSERT_THAT(reader.Shares(), SizeIs(1));
    EXPECT_TRUE(reader.Shares().front().bytes.Equals(share.bytes));
  }
}

TEST(SharePage, FitsOnPaper) {
  const seal::SecretText page = SharePage(AShare(), *Day::Parse("2026-03-04"));

  const std::vector<std::string> lines = absl::StrSplit(page.View(), '\n');
  EXPECT_LE(lines.size(), 60U);
  for (const std::string& line : lines) {
    EXPECT_LE(line.size(), 85U) << line;  // Bytes: ä has two.
  }
}

}  // namespace
}  // namespace stegvis::offline
