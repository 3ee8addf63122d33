#include "services/handlers/convert_access.h"

#include <optional>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

std::optional<domain::Role> RoleFrom(v1::Role role) {
  switch (role) {
    case v1::ROLE_FORBUND_ADMIN:
      return domain::Role::kForbundAdmin;
    case v1::ROLE_SAMORDNARE:
      return domain::Role::kSamordnare;
    case v1::ROLE_ANALYST:
      return domain::Role::kAnalyst;
    case v1::ROLE_DATASKYDD:
      return domain::Role::kDataskydd;
    case v1::ROLE_IMPORTER:
      return domain::Role::kImporter;
    case v1::ROLE_NATIONAL:
      return domain::Role::kNational;
    case v1::ROLE_OPERATOR:
      return domain::Role::kOperator;
    default:  // Unspecified, or a value of a later version.
      return std::nullopt;
  }
}

v1::Role ToProto(domain::Role role) {
  switch (role) {
    case domain::Role::kForbundAdmin:
      return v1::ROLE_FORBUND_ADMIN;
    case domain::Role::kSamordnare:
      return v1::ROLE_SAMORDNARE;
    case domain::Role::kAnalyst:
      return v1::ROLE_ANALYST;
    case domain::Role::kDataskydd:
      return v1::ROLE_DATASKYDD;
    case domain::Role::kImporter:
      return v1::ROLE_IMPORTER;
    case domain::Role::kNational:
      return v1::ROLE_NATIONAL;
    case domain::Role::kOperator:
      return v1::ROLE_OPERATOR;
  }
  return v1::ROLE_UNSPECIFIED;
}

}  // namespace

absl::StatusOr<domain::Grant> ReadGrant(const v1::Grant& message) {
  Faults faults;
  const std::optional<domain::Role> role = RoleFrom(message.role());
  if (!role.has_value()) {
    faults.Add("role", message.role() == v1::ROLE_UNSPECIFIED
                           ? reasons::kMissing
                           : reasons::kOutOfRange);
  }
  const absl::StatusOr<domain::Scope> scope =
      validation::ParseScopeName(message.scope());
  faults.AddFrom("scope", scope.status());
  RETURN_IF_ERROR(faults.ToStatus());
  return domain::Grant{message.user(), *role, *scope};
}

v1::Grant ToProto(const domain::Grant& grant) {
  v1::Grant message;
  message.set_user(grant.user);
  message.set_role(ToProto(grant.role));
  message.set_scope(validation::ScopeName(grant.scope));
  return message;
}

}  // namespace stegvis::handlers
