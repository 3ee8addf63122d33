// Witnesses that are kept, and found again in another table.
#include "services/disclosure/origins.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stegvis::disclosure {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Kind = Origin::Kind;

// Cells 0 and 1 of the release itself, 2 and 3 of a partner.
Origins Before() {
  Origins origins;
  origins.SetOrigin({Kind::kOwn});
  origins.Add(0, 0);
  origins.Add(1, 1);
  origins.SetOrigin({Kind::kPartner, "Björken"});
  origins.Add(2, 0);
  origins.Add(3, 1);
  return origins;
}

KeptWitnesses Kept(const std::vector<Witness>& witnesses) {
  KeptWitnesses kept;
  for (const Witness& witness : witnesses) Before().Keep(witness, kept);
  return kept;
}

TEST(Origins, FindTheSameCellsWhereverTheyAreNow) {
  Origins now;
  now.SetOrigin({Kind::kPartner, "Björken"});
  now.Add(5, 1);
  now.SetOrigin({Kind::kOwn});
  now.Add(7, 1);

  const std::vector<Witness> found = now.Find(Kept({{{1, 4}, {3, -4}}}));

  EXPECT_THAT(found, ElementsAre(Witness{{5, -4}, {7, 4}}));
}

TEST(Origins, LeaveOutCellsThatAreNotThereNow) {
  Origins now;
  now.SetOrigin({Kind::kOwn});
  now.Add(0, 0);

  EXPECT_THAT(now.Find(Kept({{{0, 4}, {2, -4}}, {{2, 1}, {3, -1}}})),
              ElementsAre(Witness{{0, 4}}, Witness{}));
}

TEST(Origins, KeepNoWitnessOfACellWithoutOne) {
  EXPECT_THAT(Kept({{{0, 4}, {9, -4}}}).witnesses, IsEmpty());
}

TEST(KeptWitnesses, NameThePartnersThatMoveWithCells) {
  const KeptWitnesses kept = Kept({{{0, 4}}, {{1, 4}, {3, -4}}});

  EXPECT_THAT(PartnersIn(kept, {0}), IsEmpty());
  EXPECT_THAT(PartnersIn(kept, {1}), ElementsAre("Björken"));
}

TEST(KeptWitnesses, AreTheSameTogetherWithOthers) {
  KeptWitnesses kept = Kept({{{2, 4}, {3, -4}}});
  Keep(Kept({{{0, 4}, {2, -4}}}), kept);

  EXPECT_THAT(kept.origins, SizeIs(2));
  EXPECT_THAT(Before().Find(kept),
              ElementsAre(Witness{{2, 4}, {3, -4}}, Witness{{0, 4}, {2, -4}}));
}

}  // namespace
}  // namespace stegvis::disclosure
