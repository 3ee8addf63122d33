// Grants as rows. Each function is the call of the same name in transaction.h.
#pragma once

#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

absl::StatusOr<std::vector<Versioned<domain::Grant>>> ListGrants(
    Session& session);
absl::StatusOr<std::vector<domain::Grant>> GrantsOf(Session& session,
                                                    absl::string_view user);
absl::StatusOr<Versioned<domain::Grant>> PutGrant(WriteSession& session,
                                                  const domain::Grant& grant);
absl::Status RemoveGrant(WriteSession& session, const domain::Grant& grant);

}  // namespace stegvis::storage
