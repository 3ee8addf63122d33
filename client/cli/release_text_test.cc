#include "client/cli/release_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

using ::testing::EndsWith;
using ::testing::StartsWith;

TEST(UnsafeText, NamesTheFirstCountsOfTheRelease) {
  v1::UnsafeCounts unsafe;
  unsafe.set_forbund("Samordningsförbundet Prov");
  unsafe.set_counts(1234);
  for (int i = 0; i < 100; ++i) unsafe.add_names(absl::StrCat("flows/", i));

  const std::string text = UnsafeText(unsafe);

  EXPECT_THAT(text, StartsWith("De här antalen skulle gå att räkna ut. Bara "
                               "för er som publicerar:\n  flows/0\n"));
  EXPECT_THAT(text, EndsWith("  flows/19\n  … och 1 214 till\n"));
}

TEST(UnsafeText, SaysOfOthersWhoTheyAre) {
  v1::UnsafeCounts unsafe;
  unsafe.set_counts(1);
  EXPECT_EQ(UnsafeText(unsafe),
            "Skyddade antal som redan är publicerade för hela landet skulle gå "
            "att räkna ut: 1.\n");
  unsafe.set_forbund("Samordningsförbundet Prov");
  unsafe.set_counts(12);
  EXPECT_EQ(UnsafeText(unsafe),
            "Skyddade antal som Samordningsförbundet Prov redan har publicerat "
            "skulle gå att räkna ut: 12.\n");
}

}  // namespace
}  // namespace stegvis::cli
