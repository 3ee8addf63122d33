#include "services/domain/situation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <string>
#include <vector>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::SupportedBy;
using ::stegvis::testing::TestCodeBook;
using ::stegvis::testing::Working;

Situation With(std::vector<Support> supports) {
  Situation situation;
  situation.supports = std::move(supports);
  return situation;
}

absl::Status Check(const Situation& situation) {
  return CheckSituation(situation, TestCodeBook(), On("2020-03-02"));
}

TEST(HalfHours, AreTakenFrom0To80InStepsOfAHalf) {
  for (const double hours : {0.0, -0.0, 0.5, 37.5, 79.5, 80.0}) {
    const absl::StatusOr<HalfHours> half_hours = HalfHours::FromHours(hours);
    ASSERT_THAT(half_hours, IsOk());
    EXPECT_EQ(half_hours->Hours(), hours);
  }
}

TEST(HalfHours, AreRefusedOutsideAndBetween) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const double hours : {-0.5, -1e-300, 0.25, 0.1, 37.75, 80.5, 1e300,
                             infinity, -infinity, nan}) {
    EXPECT_THAT(HalfHours::FromHours(hours), HasFault("", "HOURS_OUT_OF_RANGE"))
        << hours;
  }
}

TEST(HalfHours, ComeBackFromStorage) {
  EXPECT_EQ(HalfHours::FromStored(160)->Hours(), 80);
  EXPECT_EQ(HalfHours::FromStored(0)->Hours(), 0);
  EXPECT_THAT(HalfHours::FromStored(161),
              StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(HalfHours::FromStored(-1), StatusIs(absl::StatusCode::kInternal));
}

RC_GTEST_PROP(HalfHoursProperty, EveryHalfHourComesBack, ()) {
  const int halves = *rc::gen::inRange(0, 161);

  RC_ASSERT(HalfHours::FromHours(halves / 2.0)->Halves() == halves);
  RC_ASSERT(HalfHours::FromStored(halves)->Halves() == halves);
}

TEST(Situation, IsEqualWhateverTheOrderOfSources) {
  const Situation one = With({{"sjukpenning", 50}, {"forsorjningsstod", {}}});
  const Situation other = With({{"forsorjningsstod", {}}, {"sjukpenning", 50}});

  EXPECT_EQ(one, other);
}

TEST(Situation, DiffersByExtentHoursOrSeeking) {
  const Situation plain = SupportedBy("sjukpenning");
  Situation seeking = plain;
  seeking.seeking = true;

  EXPECT_FALSE(plain == With({{"sjukpenning", 50}}));
  EXPECT_FALSE(plain == Working(0.5, "sjukpenning"));
  EXPECT_FALSE(plain == seeking);
}

TEST(Situation, MayHaveSeveralSourcesEachWithItsExtent) {
  EXPECT_THAT(Check(With({{"sjukpenning", 1},
                          {"aktivitetsstod", 100},
                          {"forsorjningsstod", {}}})),
              IsOk());
}

TEST(Situation, NeedsASource) {
  EXPECT_THAT(Check(With({})), HasFault("supports", "MISSING"));
}

TEST(Situation, NamesEachSourceOnce) {
  EXPECT_THAT(Check(With({{"sjukpenning", 50}, {"sjukpenning", 25}})),
              HasFault("supports", "DUPLICATE"));
}

TEST(Situation, LetsNothingStandBesideASourceThatStandsAlone) {
  for (const std::string alone : {"ingen_offentlig", "uppgift_saknas"}) {
    EXPECT_THAT(Check(SupportedBy(alone)), IsOk());
    EXPECT_THAT(Check(With({{"sjukpenning", {}}, {alone, {}}})),
                HasFault("supports", "SOURCES_EXCLUDE"));
  }
}

TEST(Situation, CallsADoubledLoneSourceADuplicateOnly) {
  const absl::Status status =
      Check(With({{"ingen_offentlig", {}}, {"ingen_offentlig", {}}}));

  EXPECT_THAT(status, HasFault("supports", "DUPLICATE"));
  EXPECT_EQ(FaultsOf(status).size(), 1u);
}

TEST(Situation, NamesEveryFaultAtOnce) {
  const absl::Status status =
      Check(With({{"sjukpenning", 0}, {"lotteri", 101}, {"", -1}}));

  EXPECT_THAT(status,
              HasFault("supports[0].extent_percent", "EXTENT_OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("supports[1].source", "CODE_UNKNOWN"));
  EXPECT_THAT(status,
              HasFault("supports[1].extent_percent", "EXTENT_OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("supports[2].source", "CODE_UNKNOWN"));
}

TEST(Situation, MaySeekBesideWork) {
  Situation situation = Working(20);
  situation.seeking = true;

  EXPECT_THAT(Check(situation), IsOk());
  EXPECT_TRUE(situation.WorksOrStudies());
}

TEST(Situation, OfWhomNothingIsKnownIsValidAndWithoutWork) {
  const Situation unknown = UnknownSituation(TestCodeBook());

  EXPECT_THAT(Check(unknown), IsOk());
  EXPECT_EQ(unknown, SupportedBy("uppgift_saknas"));
  EXPECT_FALSE(unknown.WorksOrStudies());
}

}  // namespace
}  // namespace stegvis::domain
