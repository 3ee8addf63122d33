// Who calls, and what roles they have.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "services/domain/access.h"

namespace stegvis::access {

// A known caller. A value.
struct Caller {
  std::string user;                   // The common name of the certificate.
  std::vector<domain::Grant> grants;  // As they were when the request came.

  // Whether some grant of `role` covers `scope`.
  bool Has(domain::Role role, const domain::Scope& scope) const {
    return std::any_of(grants.begin(), grants.end(),
                       [&](const domain::Grant& grant) {
                         return grant.role == role && grant.scope.Covers(scope);
                       });
  }
};

}  // namespace stegvis::access
