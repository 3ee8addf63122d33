#include "services/handlers/access_handler.h"

#include <gtest/gtest.h>

#include <string>

#include "services/handlers/admin_handler.h"
#include "services/handlers/code_list_handler.h"
#include "services/handlers/test_installation.h"
#include "tests/support/status_matchers.h"

namespace stegvis::handlers {
namespace {

using domain::Role;
using ::stegvis::testing::CallerWith;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::TestInstallation;

class AccessHandlerTest : public ::testing::Test {
 protected:
  static v1::Grant AGrant(const std::string& user, v1::Role role,
                          const std::string& scope) {
    v1::Grant grant;
    grant.set_user(user);
    grant.set_role(role);
    grant.set_scope(scope);
    return grant;
  }

  absl::StatusOr<v1::Grant> Grant(const access::Caller& caller,
                                  const v1::Grant& grant) {
    v1::GrantRoleRequest request;
    *request.mutable_grant() = grant;
    return installation_.Write<v1::Grant>(handler_, &AccessHandler::GrantRole,
                                          caller, request);
  }

  absl::Status Revoke(const access::Caller& caller, const v1::Grant& grant) {
    v1::RevokeRoleRequest request;
    *request.mutable_grant() = grant;
    return installation_
        .Write<v1::RevokeRoleResponse>(handler_, &AccessHandler::RevokeRole,
                                       caller, request)
        .status();
  }

  v1::ListGrantsResponse List(const access::Caller& caller) {
    return *installation_.Read(handler_, &AccessHandler::ListGrants, caller,
                               v1::ListGrantsRequest());
  }

  TestInstallation installation_;
  const AccessHandler handler_{installation_.Codes(), installation_.GetClock()};
  const access::Caller operator_ = CallerWith("op", Role::kOperator);
  const access::Caller admin_ =
      CallerWith("adm", Role::kForbundAdmin, installation_.Forbund());
};

TEST_F(AccessHandlerTest, GrantsTheSameOnce) {
  const v1::Grant grant =
      AGrant("sam", v1::ROLE_SAMORDNARE, installation_.Insats());

  const v1::Grant first = *Grant(admin_, grant);
  installation_.GetClock().Advance(absl::Hours(1));
  const v1::Grant again = *Grant(admin_, grant);

  EXPECT_EQ(first.user(), "sam");
  EXPECT_EQ(first.scope(), installation_.Insats());
  EXPECT_TRUE(first.has_create_time());
  EXPECT_EQ(again.SerializeAsString(), first.SerializeAsString());
  EXPECT_EQ(List(admin_).grants_size(), 1);
}

TEST_F(AccessHandlerTest, LetsAForbundAdminGrantInItsOwnForbundOnly) {
  EXPECT_THAT(Grant(admin_, AGrant("x", v1::ROLE_ANALYST, "forbund/-")),
              HasReason("NOT_PERMITTED"));
  EXPECT_THAT(Grant(admin_, AGrant("x", v1::ROLE_OPERATOR, "forbund/-")),
              HasReason("NOT_PERMITTED"));
  EXPECT_THAT(Grant(CallerWith("a", Role::kForbundAdmin),
                    AGrant("x", v1::ROLE_NATIONAL, "forbund/-")),
              HasReason("NOT_PERMITTED"));
  EXPECT_THAT(Grant(operator_, AGrant("x", v1::ROLE_NATIONAL, "forbund/-")),
              IsOk());
}

TEST_F(AccessHandlerTest, NamesFaultsUnderTheGrant) {
  v1::Grant grant = AGrant("", v1::ROLE_ANALYST, installation_.Insats());
  EXPECT_THAT(Grant(operator_, grant), HasFault("grant.user", "MISSING"));
  EXPECT_THAT(Grant(operator_, grant), HasFault("grant.scope", "NOT_ALLOWED"));

  grant.clear_role();
  EXPECT_THAT(Grant(operator_, grant), HasFault("grant.role", "MISSING"));
}

TEST_F(AccessHandlerTest, RefusesRolesThatExcludeEachOther) {
  EXPECT_THAT(Grant(admin_, AGrant("x", v1::ROLE_FORBUND_ADMIN,
                                   installation_.Forbund())),
              IsOk());

  EXPECT_THAT(
      Grant(admin_, AGrant("x", v1::ROLE_SAMORDNARE, installation_.Insats())),
      HasReason("ROLES_EXCLUDE_EACH_OTHER"));
}

TEST_F(AccessHandlerTest, RefusesAScopeThatIsNotThere) {
  std::string nowhere = installation_.Forbund();
  nowhere.replace(nowhere.size() - 4, 4, "0000");

  EXPECT_THAT(Grant(operator_, AGrant("x", v1::ROLE_ANALYST, nowhere)),
              HasReason("NOT_FOUND"));
}

TEST_F(AccessHandlerTest, RevokesWhatThereIs) {
  const v1::Grant grant =
      AGrant("x", v1::ROLE_ANALYST, installation_.Forbund());
  EXPECT_THAT(Grant(admin_, grant), IsOk());

  EXPECT_THAT(Revoke(admin_, grant), IsOk());
  EXPECT_THAT(Revoke(admin_, grant), HasReason("NOT_FOUND"));
  EXPECT_EQ(List(operator_).grants_size(), 0);
}

TEST_F(AccessHandlerTest, ListsByUserWhatTheCallerMayAdminister) {
  EXPECT_THAT(
      Grant(operator_, AGrant("b", v1::ROLE_ANALYST, installation_.Forbund())),
      IsOk());
  EXPECT_THAT(Grant(operator_,
                    AGrant("a", v1::ROLE_DATASKYDD, installation_.Forbund())),
              IsOk());
  EXPECT_THAT(Grant(operator_, AGrant("c", v1::ROLE_NATIONAL, "forbund/-")),
              IsOk());

  EXPECT_EQ(List(operator_).grants_size(), 3);
  const v1::ListGrantsResponse own = List(admin_);
  ASSERT_EQ(own.grants_size(), 2);
  EXPECT_EQ(own.grants(0).user(), "a");
  EXPECT_EQ(own.grants(1).user(), "b");
}

TEST_F(AccessHandlerTest, ShowsCodesOfOneListOrAllPageByPage) {
  const CodeListHandler codes(installation_.Codes(), installation_.GetClock());
  v1::ListCodesRequest request;
  request.set_list("EDUCATION");
  const auto education =
      installation_.Read(codes, &CodeListHandler::ListCodes, admin_, request);
  EXPECT_EQ(education->codes_size(), 6);
  EXPECT_EQ(education->codes(0).code(), "ej_grundskola");
  EXPECT_EQ(education->version(), installation_.Codes().Version());

  request.set_list("OTHER");
  EXPECT_THAT(
      installation_.Read(codes, &CodeListHandler::ListCodes, admin_, request),
      HasFault("list", "CODE_UNKNOWN"));

  request.clear_list();
  int shown = 0;
  do {
    const auto page =
        installation_.Read(codes, &CodeListHandler::ListCodes, admin_, request);
    shown += page->codes_size();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  int all = 0;
  for (int list = 0; list < domain::kCodeLists; ++list) {
    all += static_cast<int>(installation_.Codes()
                                .Codes(static_cast<domain::CodeList>(list))
                                .size());
  }
  EXPECT_EQ(shown, all);
}

}  // namespace
}  // namespace stegvis::handlers
