#include "services/domain/access.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::TestId;

Scope Everywhere() { return {}; }
Scope InForbund(uint8_t forbund) {
  return {.forbund = TestId<ForbundId>(forbund), .insats = std::nullopt};
}
Scope InInsats(uint8_t forbund, uint8_t insats) {
  return {.forbund = TestId<ForbundId>(forbund),
          .insats = TestId<InsatsId>(insats)};
}
Grant Of(Role role, Scope scope) {
  return {.user = "anna", .role = role, .scope = scope};
}

TEST(Scope, CoversWhatLiesInIt) {
  EXPECT_TRUE(Everywhere().Covers(Everywhere()));
  EXPECT_TRUE(Everywhere().Covers(InInsats(1, 1)));
  EXPECT_TRUE(InForbund(1).Covers(InForbund(1)));
  EXPECT_TRUE(InForbund(1).Covers(InInsats(1, 2)));
  EXPECT_TRUE(InInsats(1, 2).Covers(InInsats(1, 2)));
}

TEST(Scope, DoesNotCoverWhatReachesBeyondIt) {
  EXPECT_FALSE(InForbund(1).Covers(Everywhere()));
  EXPECT_FALSE(InForbund(1).Covers(InForbund(2)));
  EXPECT_FALSE(InForbund(1).Covers(InInsats(2, 1)));
  EXPECT_FALSE(InInsats(1, 1).Covers(InForbund(1)));
  EXPECT_FALSE(InInsats(1, 1).Covers(InInsats(1, 2)));
  EXPECT_FALSE(InInsats(1, 1).Covers(InInsats(2, 1)));
}

TEST(Grant, NeedsAUserOfLimitedLength) {
  Grant grant = Of(Role::kAnalyst, InForbund(1));
  grant.user = "";
  EXPECT_THAT(CheckGrant(grant, {}), HasFault("user", "MISSING"));
  grant.user = std::string(64, 'a');
  EXPECT_THAT(CheckGrant(grant, {}), IsOk());
  grant.user = std::string(65, 'a');
  EXPECT_THAT(CheckGrant(grant, {}), HasFault("user", "TOO_LONG"));
}

TEST(Grant, OfAnInsatsIsForSamordnareOnly) {
  EXPECT_THAT(CheckGrant(Of(Role::kSamordnare, InInsats(1, 1)), {}), IsOk());
  for (const Role role : {Role::kForbundAdmin, Role::kAnalyst, Role::kDataskydd,
                          Role::kImporter, Role::kNational, Role::kOperator}) {
    EXPECT_THAT(CheckGrant(Of(role, InInsats(1, 1)), {}),
                HasFault("scope", "NOT_ALLOWED"));
  }
}

TEST(Grant, OfAForbundIsNotForOperatorAndNational) {
  for (const Role role : {Role::kNational, Role::kOperator}) {
    EXPECT_THAT(CheckGrant(Of(role, InForbund(1)), {}),
                HasFault("scope", "NOT_ALLOWED"));
    EXPECT_THAT(CheckGrant(Of(role, Everywhere()), {}), IsOk());
  }
}

TEST(Grant, OfAnInsatsNeedsItsForbund) {
  const Scope lost = {.forbund = std::nullopt, .insats = TestId<InsatsId>(1)};

  EXPECT_THAT(CheckGrant(Of(Role::kSamordnare, lost), {}),
              HasFault("scope", "NOT_ALLOWED"));
}

TEST(Grant, NeverMakesAnAdminASamordnareInScopesThatMeet) {
  const Grant admin = Of(Role::kForbundAdmin, InForbund(1));
  const Grant samordnare = Of(Role::kSamordnare, InInsats(1, 1));

  EXPECT_THAT(CheckGrant(samordnare, {admin}),
              HasReason("ROLES_EXCLUDE_EACH_OTHER"));
  EXPECT_THAT(CheckGrant(admin, {samordnare}),
              StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(CheckGrant(Of(Role::kForbundAdmin, Everywhere()), {samordnare}),
              HasReason("ROLES_EXCLUDE_EACH_OTHER"));
}

TEST(Grant, MayMakeAnAdminASamordnareElsewhere) {
  const Grant admin = Of(Role::kForbundAdmin, InForbund(1));

  EXPECT_THAT(CheckGrant(Of(Role::kSamordnare, InInsats(2, 1)), {admin}),
              IsOk());
}

TEST(Grant, OfOtherRolesMayStandBesideEachOther) {
  const Grant admin = Of(Role::kForbundAdmin, InForbund(1));

  EXPECT_THAT(CheckGrant(Of(Role::kOperator, Everywhere()), {admin}), IsOk());
  EXPECT_THAT(CheckGrant(Of(Role::kAnalyst, InForbund(1)), {admin}), IsOk());
}

}  // namespace
}  // namespace stegvis::domain
