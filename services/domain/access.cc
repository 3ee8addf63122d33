#include "services/domain/access.h"

#include <algorithm>

#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/domain/text_checks.h"

namespace stegvis::domain {
namespace {

bool ScopeFits(const Grant& grant) {
  const Scope& scope = grant.scope;
  if (scope.insats.has_value() && !scope.forbund.has_value()) return false;
  switch (grant.role) {
    case Role::kSamordnare:
      return true;
    case Role::kOperator:
    case Role::kNational:
      return !scope.forbund.has_value();
    case Role::kForbundAdmin:
    case Role::kAnalyst:
    case Role::kDataskydd:
    case Role::kImporter:
      return !scope.insats.has_value();
  }
  return false;
}

bool Meet(const Scope& a, const Scope& b) { return a.Covers(b) || b.Covers(a); }

// Who administers a förbund must not see its people, and the other way round.
bool Exclude(Role a, Role b) {
  return (a == Role::kForbundAdmin && b == Role::kSamordnare) ||
         (a == Role::kSamordnare && b == Role::kForbundAdmin);
}

}  // namespace

bool Scope::Covers(const Scope& inner) const {
  if (!forbund.has_value()) return true;
  if (inner.forbund != forbund) return false;
  return !insats.has_value() || inner.insats == insats;
}

absl::Status CheckGrant(const Grant& grant,
                        const std::vector<Grant>& grants_of_user) {
  Faults faults;
  if (grant.user.empty()) faults.Add("user", reasons::kMissing);
  CheckSize(grant.user, limits::kMaxUserBytes, "user", faults);
  if (!ScopeFits(grant)) faults.Add("scope", reasons::kNotAllowed);
  if (!faults.Empty()) return faults.ToStatus();

  const bool excluded = std::any_of(
      grants_of_user.begin(), grants_of_user.end(), [&](const Grant& other) {
        return Exclude(grant.role, other.role) &&
               Meet(grant.scope, other.scope);
      });
  if (excluded) return errors::RolesExcludeEachOther();
  return absl::OkStatus();
}

}  // namespace stegvis::domain
