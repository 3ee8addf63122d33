// What the nation's release leaves to those of förbund.
#include "services/disclosure/release.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "absl/strings/str_cat.h"
#include "services/disclosure/test_people.h"

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;
using outcome::World;
using ::testing::AnyOf;
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

// Of 60 people 20 work after, 10 of them women.
TEST(Release, TheNationHasHeadroomForTheFewOfAForbundThatItCouldPrint) {
  World world;
  world.AddForbund("Andra");
  Fill(kFirst, 200, 100, world);
  Fill(kSecond, 60, 100, world);
  ReleaseTable nation(NationOf(world));
  const BlockId row =
      RowsBy(outcome::Dimension::kForbund, nation.Cells()).back();
  const CellId women = nation.Model().CellAt(
      row, SlotOf(kOccupationAfter + kWorkOrStudy, Sex::kWomen));
  ASSERT_EQ(nation.Model().At(women).value, 10);

  const std::vector<Headroom> headroom = LeaveToForbund(nation);

  EXPECT_EQ(nation.Model().At(women).shown, Shown::kWithheld);
  EXPECT_THAT(headroom, Contains(Headroom{women, kSpan}));
}

TEST(Release, TheNationHasHeadroomWhereItHasFew) {
  ReleaseTable nation(NationOf(ThreeForbund(100, 100, 100)));
  const std::vector<BlockId> forbund =
      RowsBy(outcome::Dimension::kForbund, nation.Cells());

  const std::vector<Headroom> few = LeaveToForbund(nation);

  EXPECT_THAT(few, Contains(Headroom{SjukpenningBefore(nation), kSpan}));
  for (const Headroom& headroom : few) {
    const Cell& it = nation.Model().At(headroom.cell);
    EXPECT_NE(it.shown, Shown::kPrinted);
    EXPECT_NE(it.value, 0);
    EXPECT_THAT(headroom.by,
                AnyOf(kSpan, it.value < kLeastBase ? kSpan : -kSpan));
    EXPECT_THAT(forbund, Not(Contains(it.block)));
  }
}

// 200 people of whom every third works after, and so many more who study.
OutcomeReport NationWithStudents(int students) {
  World world;
  Fill(kFirst, 200, 100, world);
  domain::Exit exit = testing::ExitOn(testing::On("2020-06-01"), "enligt_plan");
  exit.situation = SituationWith("studiestod", 0);
  exit.situation->study = *domain::HalfHours::FromHours(20);
  for (int number = 201; number <= 200 + students; ++number) {
    world.Register(OneOfMany(number).Exiting(exit), "2021-07-01",
                   testing::TestId<InsatsId>(1), kFirst);
  }
  return NationOf(world);
}

CellId OfWhole(const ReleaseTable& table, Measure measure, Sex sex) {
  return table.Model().CellAt(table.Cells().whole.id, SlotOf(measure, sex));
}

// So many more are in work or studies than in work.
void ExpectWorkIsLeft(const OutcomeReport& report, Sex sex, int64_t more) {
  ReleaseTable nation(report);
  const CellId work = OfWhole(nation, kOccupationAfter + kWork, sex);
  const CellId either = OfWhole(nation, kOccupationAfter + kWorkOrStudy, sex);
  ASSERT_EQ(nation.Model().At(either).value - nation.Model().At(work).value,
            more);

  const std::vector<Headroom> headroom = LeaveToForbund(nation);

  EXPECT_EQ(nation.Model().At(either).shown, Shown::kPrinted);
  EXPECT_EQ(nation.Model().At(work).shown, Shown::kWithheld);
  EXPECT_THAT(headroom, Contains(Headroom{work, -kSpan}));
}

TEST(Release, TheNationLeavesThatFewAreInOneAndNotInAnother) {
  ExpectWorkIsLeft(NationWithStudents(12), Sex::kWomen, 6);
}

TEST(Release, TheNationLeavesThatFewOfBothSexesAreInOneAndNotInAnother) {
  ExpectWorkIsLeft(NationWithStudents(8), Sex::kBoth, 8);
}

TEST(Release, TheNationLeavesThatNobodyIsInBoth) {
  ReleaseTable nation(NationWithStudents(30));
  const CellId work = OfWhole(nation, kOccupationAfter + kWork, Sex::kBoth);
  const CellId study = OfWhole(nation, kOccupationAfter + kStudy, Sex::kBoth);
  const CellId either =
      OfWhole(nation, kOccupationAfter + kWorkOrStudy, Sex::kBoth);
  ASSERT_EQ(nation.Model().At(study).value, 30);
  ASSERT_EQ(nation.Model().At(either).value,
            nation.Model().At(work).value + 30);

  const std::vector<Headroom> headroom = LeaveToForbund(nation);

  EXPECT_EQ(nation.Model().At(either).shown, Shown::kPrinted);
  EXPECT_EQ(nation.Model().At(study).shown, Shown::kWithheld);
  EXPECT_THAT(headroom, Contains(Headroom{study, kSpan}));
}

// 22 in as many of 53 förbund.
TEST(Release, TheNationLeavesMoreToMoreForbund) {
  World world;
  for (size_t forbund = 0; forbund < 53; ++forbund) {
    if (forbund > 0) world.AddForbund(absl::StrCat("Förbund ", forbund));
    Fill(forbund, 2, forbund % 5 < 2 ? 2 : 100, world);
  }
  ReleaseTable nation(NationOf(world));
  const CellId cell = SjukpenningBefore(nation);
  ASSERT_EQ(nation.Model().At(cell).value, 22);
  ASSERT_EQ(nation.Model().At(cell).shown, Shown::kPrinted);

  const std::vector<Headroom> headroom = LeaveToForbund(nation);

  EXPECT_EQ(nation.Model().At(cell).shown, Shown::kWithheld);
  EXPECT_THAT(headroom, Contains(Headroom{cell, kSpan}));
}

}  // namespace
}  // namespace stegvis::disclosure
