// The text that backups keep a digest of: it must stay the same for as long as
// there are backups.
#include "services/outcome/report_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/outcome/test_world.h"

namespace stegvis::outcome {
namespace {

using testing::ARegistration;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::On;
using testing::TestId;

const absl::Time kAsOf = NoonOf("2030-01-01");

std::string TextFrom(const World& world, int year = 2020) {
  return TextOfCounts(
      world.Report(YearOf({TestId<ForbundId>(1)}, year, kAsOf)));
}

World TwoPeople() {
  World world;
  world.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-09-01")));
  world.Register(ARegistration().Of(Man(2)));
  return world;
}

// Whoever changes it gives the definition another number.
TEST(TextOfCounts, IsThatOfDefinitionOne) {
  ASSERT_EQ(kReportTextDefinition, 1);
  EXPECT_EQ(TextFrom(TwoPeople()), R"(started: 2 1 1
ongoing: 1 0 1
ended: 1 1 0
base: 1 1 0
individuals: 1 1 0
registered: 2 1 1
occupation ARBETE_ELLER_STUDIER after: 1 1 0
occupation ARBETE after: 1 1 0
occupation OVRIG before: 1 1 0
work_or_study_after: 1 1 0
began: 1 1 0
support sjukpenning before: 1 1 0
support ingen_offentlig after: 1 1 0
support_group OHALSA before: 1 1 0
support_group ANY_PUBLIC before: 1 1 0
follow_up 6 due: 1 1 0
follow_up 12 due: 1 1 0
flow sjukpenning ingen_offentlig: 1 1 0
flow sjukpenning WORK: 1 1 0
FORBUND Prov started: 2 1 1
FORBUND Prov ongoing: 1 0 1
FORBUND Prov ended: 1 1 0
FORBUND Prov base: 1 1 0
FORBUND Prov individuals: 1 1 0
FORBUND Prov registered: 2 1 1
FORBUND Prov occupation ARBETE_ELLER_STUDIER after: 1 1 0
FORBUND Prov occupation ARBETE after: 1 1 0
FORBUND Prov occupation OVRIG before: 1 1 0
FORBUND Prov work_or_study_after: 1 1 0
FORBUND Prov began: 1 1 0
FORBUND Prov support sjukpenning before: 1 1 0
FORBUND Prov support ingen_offentlig after: 1 1 0
FORBUND Prov support_group OHALSA before: 1 1 0
FORBUND Prov support_group ANY_PUBLIC before: 1 1 0
FORBUND Prov follow_up 6 due: 1 1 0
FORBUND Prov follow_up 12 due: 1 1 0
)");
}

TEST(TextOfCounts, HasNoLineOfZeros) {
  EXPECT_EQ(TextFrom(World()), "");
  EXPECT_THAT(TextFrom(TwoPeople()), Not(HasSubstr(": 0 0 0\n")));
}

TEST(TextOfCounts, DiffersWhenOnePersonDoes) {
  const std::string before = TextFrom(TwoPeople());
  World other;
  other.Register(ARegistration().Of(Woman(1)).Exiting(On("2020-09-02")));
  other.Register(ARegistration().Of(Woman(2)));

  EXPECT_NE(TextFrom(other), before);
}

TEST(TextOfCounts, DoesNotDependOnWhenItIsMade) {
  const World world = TwoPeople();

  EXPECT_EQ(TextOfCounts(world.Report(
                YearOf({TestId<ForbundId>(1)}, 2020, NoonOf("2031-01-01")))),
            TextFrom(world));
}

TEST(TextOfRegistered, StaysWhenAPersonBecomesACount) {
  World counted = TwoPeople();
  counted.AddCount(
      {TestId<InsatsId>(1), domain::CountKind::kAnonymous, 2020, 1, 1, 0});
  World person = TwoPeople();
  person.Register(ARegistration().Of(Woman(3)));
  const auto text = [](const World& world) {
    return TextOfRegistered(
        world.Report(YearOf({TestId<ForbundId>(1)}, 2020, kAsOf)));
  };

  EXPECT_EQ(text(counted),
            "registered: 3 2 1\nFORBUND Prov registered: 3 2 1\n");
  EXPECT_EQ(text(person), text(counted));
  EXPECT_NE(TextFrom(person), TextFrom(counted));
}

}  // namespace
}  // namespace stegvis::outcome
