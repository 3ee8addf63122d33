// What lies within the sight of a caller: what lists show.
#pragma once

#include <algorithm>

#include "services/access/caller.h"
#include "services/base/ids.h"

namespace stegvis::handlers {

// Whether the caller has any role in the förbund or in an insats of it.
inline bool Sees(const access::Caller& caller, ForbundId forbund) {
  return std::any_of(caller.grants.begin(), caller.grants.end(),
                     [&](const domain::Grant& grant) {
                       return !grant.scope.forbund.has_value() ||
                              *grant.scope.forbund == forbund;
                     });
}

// Whether a role of the caller covers the insats.
inline bool Sees(const access::Caller& caller, const InsatsKey& insats) {
  const domain::Scope scope{insats.forbund, insats.insats};
  return std::any_of(
      caller.grants.begin(), caller.grants.end(),
      [&](const domain::Grant& grant) { return grant.scope.Covers(scope); });
}

// Whether the caller may see who the persons of `scope` are.
inline bool SeesPersons(const access::Caller& caller,
                        const domain::Scope& scope) {
  return caller.Has(domain::Role::kSamordnare, scope) ||
         caller.Has(domain::Role::kDataskydd, scope);
}

// Whether the caller may read the reports of the förbund.
inline bool MayReadReports(const access::Caller& caller, ForbundId forbund) {
  const domain::Scope scope{forbund, std::nullopt};
  return caller.Has(domain::Role::kForbundAdmin, scope) ||
         caller.Has(domain::Role::kAnalyst, scope) ||
         caller.Has(domain::Role::kNational, {});
}

}  // namespace stegvis::handlers
