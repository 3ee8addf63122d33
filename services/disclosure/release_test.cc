// What the nation's release leaves to those of förbund.
#include "services/disclosure/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "services/disclosure/test_people.h"

namespace stegvis::disclosure {
namespace {

using ::testing::Contains;
using ::testing::Not;

// Of the row of the second förbund, both sexes together.
Shown InItsRow(const ReleaseTable& nation, Measure measure) {
  for (size_t i = 0; i < nation.Cells().rows.size(); ++i) {
    if (nation.Truth().breakdowns[i].value != "Andra") continue;
    const CellId cell = nation.Model().CellAt(nation.Cells().rows[i].id,
                                              SlotOf(measure, Sex::kBoth));
    return nation.Model().At(cell).shown;
  }
  return Shown::kHidden;
}

TEST(Release, TheNationLeavesToEachForbundItsOwn) {
  ReleaseTable nation(NationOf(ThreeForbund(13, 10, 12)));
  const Measures& measures = nation.Measures();
  const Measure sjukpenning =
      measures.Before(*measures.Find("sjukpenning", /*is_group=*/false));
  ASSERT_EQ(InItsRow(nation, sjukpenning), Shown::kPrinted);

  LeaveToForbund(nation);

  EXPECT_EQ(InItsRow(nation, sjukpenning), Shown::kWithheld);
  EXPECT_EQ(InItsRow(nation, kBase), Shown::kPrinted);
  EXPECT_EQ(InItsRow(nation, kStarted), Shown::kPrinted);
  EXPECT_EQ(InItsRow(nation, kOccupationAfter + kWorkOrStudy), Shown::kPrinted);
  // Nobody.
  EXPECT_EQ(InItsRow(nation, kOccupationBefore + kWorkOrStudy),
            Shown::kPrinted);
}

TEST(Release, TheNationHasHeadroomWhereItHasFew) {
  ReleaseTable nation(NationOf(ThreeForbund(100, 100, 100)));
  const std::vector<BlockId> forbund =
      RowsBy(outcome::Dimension::kForbund, nation.Cells());

  const std::vector<CellId> few = LeaveToForbund(nation);

  EXPECT_THAT(few, Contains(SjukpenningBefore(nation)));
  for (const CellId cell : few) {
    const Cell& it = nation.Model().At(cell);
    EXPECT_EQ(it.shown, Shown::kWithheld);
    EXPECT_LT(it.value, kLeastBase);
    EXPECT_THAT(forbund, Not(Contains(it.block)));
  }
}

// 22 in as many of 53 förbund.
TEST(Release, TheNationLeavesMoreToMoreForbund) {
  outcome::World world;
  for (size_t forbund = 0; forbund < 53; ++forbund) {
    if (forbund > 0) world.AddForbund(absl::StrCat("Förbund ", forbund));
    Fill(forbund, 2, forbund % 5 < 2 ? 2 : 100, world);
  }
  ReleaseTable nation(NationOf(world));
  const CellId cell = SjukpenningBefore(nation);
  ASSERT_EQ(nation.Model().At(cell).value, 22);
  ASSERT_EQ(nation.Model().At(cell).shown, Shown::kPrinted);

  const std::vector<CellId> headroom = LeaveToForbund(nation);

  EXPECT_EQ(nation.Model().At(cell).shown, Shown::kWithheld);
  EXPECT_THAT(headroom, Contains(cell));
}

}  // namespace
}  // namespace stegvis::disclosure
