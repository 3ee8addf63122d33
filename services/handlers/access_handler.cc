#include "services/handlers/access_handler.h"

#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_access.h"
#include "services/handlers/page.h"
#include "services/handlers/reading.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Grant;
using domain::Role;
using storage::Versioned;

bool MayAdminister(const access::Caller& caller, const Grant& grant) {
  if (caller.Has(Role::kOperator, domain::Scope{})) return true;
  return grant.role != Role::kOperator && grant.role != Role::kNational &&
         caller.Has(Role::kForbundAdmin, grant.scope);
}

// The grant in `message`, if the caller may administer it.
absl::StatusOr<Grant> ReadPermitted(const access::Caller& caller,
                                    const v1::Grant& message) {
  absl::StatusOr<Grant> grant = ReadGrant(message);
  if (!grant.ok()) return InField("grant", grant.status());
  if (!MayAdminister(caller, *grant)) return errors::NotPermitted();
  return grant;
}

// NOT_FOUND unless there is what `scope` names.
absl::Status CheckScope(const domain::Scope& scope,
                        storage::ReadTransaction& tx) {
  if (!scope.forbund.has_value()) return absl::OkStatus();
  if (!scope.insats.has_value()) return tx.GetForbund(*scope.forbund).status();
  return tx.GetInsats(InsatsKey{*scope.forbund, *scope.insats}).status();
}

}  // namespace

absl::StatusOr<ResultRef> AccessHandler::GrantRole(
    const access::Caller& caller, const v1::GrantRoleRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Grant grant, ReadPermitted(caller, request.grant()));
  ASSIGN_OR_RETURN(const std::vector<Grant> grants, tx.GrantsOf(grant.user));
  RETURN_IF_ERROR(InField("grant", domain::CheckGrant(grant, grants)));
  RETURN_IF_ERROR(CheckScope(grant.scope, tx));
  ASSIGN_OR_RETURN(const Versioned<Grant> stored, tx.PutGrant(grant));
  return ResultRef{validation::GrantName(grant), stored.version};
}

absl::StatusOr<ResultRef> AccessHandler::RevokeRole(
    const access::Caller& caller, const v1::RevokeRoleRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Grant grant, ReadPermitted(caller, request.grant()));
  RETURN_IF_ERROR(tx.RemoveGrant(grant));
  return ResultRef{validation::GrantName(grant), 0};
}

absl::Status AccessHandler::ListGrants(const access::Caller& caller,
                                       const v1::ListGrantsRequest& request,
                                       storage::ReadTransaction& tx,
                                       v1::ListGrantsResponse& response) const {
  ASSIGN_OR_RETURN(const std::vector<Versioned<Grant>> all, tx.ListGrants());
  std::vector<Keyed<const Versioned<Grant>*>> seen;
  for (const Versioned<Grant>& grant : all) {
    if (!MayAdminister(caller, grant.value)) continue;
    seen.push_back(
        {grant.value.user + "\n" + validation::GrantName(grant.value), &grant});
  }
  return FillPage(
      request, std::move(seen),
      [&](const Versioned<Grant>* one) {
        v1::Grant& added = *response.add_grants();
        added = ToProto(one->value);
        *added.mutable_create_time() = TimestampOf(one->created_at);
      },
      response);
}

absl::Status AccessHandler::Answer(const access::Caller& /*caller*/,
                                   const ResultRef& result,
                                   storage::ReadTransaction& tx,
                                   v1::Grant& response) const {
  ASSIGN_OR_RETURN(const Grant grant,
                   validation::ParseGrantName(result.resource));
  response = ToProto(grant);
  ASSIGN_OR_RETURN(const std::vector<Versioned<Grant>> all, tx.ListGrants());
  for (const Versioned<Grant>& stored : all) {
    if (stored.value == grant) {
      *response.mutable_create_time() = TimestampOf(stored.created_at);
    }
  }
  return absl::OkStatus();
}

absl::Status AccessHandler::Answer(const access::Caller& /*caller*/,
                                   const ResultRef& /*result*/,
                                   storage::ReadTransaction& /*tx*/,
                                   v1::RevokeRoleResponse& response) const {
  response.Clear();
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
