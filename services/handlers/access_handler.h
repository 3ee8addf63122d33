// Handles AccessService. See forbund_handler.h for what all handlers promise.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/access.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// An operator administers every grant; a forbund_admin those within its own
// scope, but not the roles operator and national.
class AccessHandler {
 public:
  AccessHandler(const domain::CodeBook& /*codes*/, const Clock& /*clock*/) {}

  // PERMISSION_DENIED; NOT_FOUND for a scope that is not there;
  // INVALID_ARGUMENT naming faults under `grant`; FAILED_PRECONDITION with
  // ROLES_EXCLUDE_EACH_OTHER.
  absl::StatusOr<ResultRef> GrantRole(const access::Caller& caller,
                                      const v1::GrantRoleRequest& request,
                                      storage::WriteTransaction& tx) const;

  // PERMISSION_DENIED; NOT_FOUND when there is no such grant.
  absl::StatusOr<ResultRef> RevokeRole(const access::Caller& caller,
                                       const v1::RevokeRoleRequest& request,
                                       storage::WriteTransaction& tx) const;

  // Those the caller may administer, by user.
  absl::Status ListGrants(const access::Caller& caller,
                          const v1::ListGrantsRequest& request,
                          storage::ReadTransaction& tx,
                          v1::ListGrantsResponse& response) const;

  // Without a create time when the grant has been revoked since.
  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx, v1::Grant& response) const;
  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::RevokeRoleResponse& response) const;
};

}  // namespace stegvis::handlers
