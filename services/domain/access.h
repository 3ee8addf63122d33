// Roles, and where they hold: role × förbund or × insats.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/base/ids.h"

namespace stegvis::domain {

enum class Role : uint8_t {
  kForbundAdmin,
  kSamordnare,
  kAnalyst,
  kDataskydd,
  kImporter,
  kNational,
  kOperator,
};

// Where a role holds. Nothing = everywhere, also in what comes later.
struct Scope {
  std::optional<ForbundId> forbund;
  std::optional<InsatsId> insats;  // Only with a förbund.

  // Whether all of `inner` lies in this scope.
  bool Covers(const Scope& inner) const;
  friend bool operator==(const Scope&, const Scope&) = default;
};

struct Grant {
  std::string user;
  Role role = Role::kAnalyst;
  Scope scope;

  friend bool operator==(const Grant&, const Grant&) = default;
};

// INVALID_ARGUMENT naming faults by the field paths of proto Grant (`user`
// MISSING or TOO_LONG; `scope` NOT_ALLOWED: an insats for others than
// samordnare, less than everything for operator and national);
// FAILED_PRECONDITION with ROLES_EXCLUDE_EACH_OTHER when the user is, or would
// be, both forbund_admin and samordnare in scopes that meet.
absl::Status CheckGrant(const Grant& grant,
                        const std::vector<Grant>& grants_of_user);

}  // namespace stegvis::domain
