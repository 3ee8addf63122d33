#include "services/domain/insats.h"

#include <gtest/gtest.h>

#include <string>

#include "services/base/limits.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::AnInsats;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::TestCodeBook;

absl::Status Check(const Insats& insats) {
  return CheckInsats(insats, TestCodeBook(), On("2026-11-20"));
}

TEST(Insats, IsValidAsBuilt) {
  EXPECT_THAT(Check(AnInsats().Build()), IsOk());
  EXPECT_THAT(Check(AnInsats().ByVolume().Build()), IsOk());
  EXPECT_THAT(Check(AnInsats().Structural().Build()), IsOk());
}

TEST(Insats, OfStructuresAllowsOnlyVolume) {
  Insats insats = AnInsats().Structural().Build();
  insats.method = RegistrationMethod::kPersonal;

  EXPECT_THAT(Check(insats),
              HasFault("registration_method", "STRUCTURAL_NEEDS_VOLUME"));
}

TEST(Insats, HasAFocusOfItsOwnOrientation) {
  EXPECT_THAT(Check(AnInsats().Focused("dialog").Build()),
              HasFault("focus", "CODE_UNKNOWN"));
  EXPECT_THAT(Check(AnInsats().Structural().Focused("forebyggande").Build()),
              HasFault("focus", "CODE_UNKNOWN"));
  EXPECT_THAT(Check(AnInsats().Focused("").Build()),
              HasFault("focus", "MISSING"));
}

TEST(Insats, HasAtLeastOneTargetGroupAndEachOnce) {
  EXPECT_THAT(Check(AnInsats().For({}).Build()),
              HasFault("target_groups", "MISSING"));
  EXPECT_THAT(Check(AnInsats().For({"ovriga", "ovriga"}).Build()),
              HasFault("target_groups[1]", "DUPLICATE"));
  EXPECT_THAT(Check(AnInsats().For({"ovriga", "alla"}).Build()),
              HasFault("target_groups[1]", "CODE_UNKNOWN"));
}

TEST(Insats, MayEndOnItsFirstDayButNotBefore) {
  const AnInsats given = AnInsats().From(On("2020-01-01"));

  EXPECT_THAT(Check(AnInsats(given).Until(On("2020-01-01")).Build()), IsOk());
  EXPECT_THAT(Check(AnInsats(given).Until(On("2019-12-31")).Build()),
              HasFault("end_date", "ENDS_BEFORE_START"));
}

TEST(Insats, NamesEveryFaultAtOnce) {
  Insats insats = AnInsats().Titled("").Build();
  insats.description = std::string(limits::kMaxDescriptionBytes + 1, 'x');
  insats.parties = {"Region", "", "Region"};
  insats.planned_years = {{2003, 10}, {2020, -1}, {2020, 10}, {2101, 10}};

  const absl::Status status = Check(insats);

  EXPECT_THAT(status, HasFault("title", "MISSING"));
  EXPECT_THAT(status, HasFault("description", "TOO_LONG"));
  EXPECT_THAT(status, HasFault("parties[1]", "MISSING"));
  EXPECT_THAT(status, HasFault("parties[2]", "DUPLICATE"));
  EXPECT_THAT(status, HasFault("planned_years[0].year", "OUT_OF_RANGE"));
  EXPECT_THAT(status,
              HasFault("planned_years[1].participants", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("planned_years[2].year", "DUPLICATE"));
  EXPECT_THAT(status, HasFault("planned_years[3].year", "OUT_OF_RANGE"));
}

TEST(Insats, KeepsOrientationMethodAndEsf) {
  const Insats before = AnInsats().Build();
  Insats after = AnInsats().Structural().Titled("Nytt namn").Build();
  after.esf_financed = true;

  const absl::Status status = CheckUnchangeable(before, after);

  EXPECT_THAT(status, HasFault("orientation", "IMMUTABLE"));
  EXPECT_THAT(status, HasFault("registration_method", "IMMUTABLE"));
  EXPECT_THAT(status, HasFault("esf_financed", "IMMUTABLE"));
  EXPECT_THAT(CheckUnchangeable(before, AnInsats().Titled("Nytt").Build()),
              IsOk());
}

struct ProposalCase {
  MethodQuestions answers;
  RegistrationMethod method;
  ProposalReason reason;
};

TEST(ProposeMethod, FollowsTheTrainingMaterial) {
  using Method = RegistrationMethod;
  using Reason = ProposalReason;
  const ProposalCase cases[] = {
      {{.steered = false, .own_team = false, .structural = false},
       Method::kVolume,
       Reason::kNeitherSteeredNorCoordinated},
      {{.steered = true, .own_team = false, .structural = false},
       Method::kVolume,
       Reason::kNoTeamOfItsOwn},
      {{.steered = true, .own_team = true, .structural = false},
       Method::kPersonal,
       Reason::kTeamWithOwnMethod},
      {{.steered = true, .own_team = false, .structural = true},
       Method::kVolume,
       Reason::kWorksWithStructures},
      {{.steered = true, .own_team = true, .structural = true},
       Method::kVolume,
       Reason::kWorksWithStructures},
  };
  for (const ProposalCase& expected : cases) {
    const MethodProposal proposal = ProposeMethod(expected.answers);
    EXPECT_EQ(proposal.method, expected.method);
    EXPECT_EQ(proposal.reason, expected.reason);
  }
}

}  // namespace
}  // namespace stegvis::domain
