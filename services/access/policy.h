// Who may do what: role × assignment.
//
// Pure functions. Safe from any thread.
#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/access/methods.h"
#include "services/domain/access.h"

namespace stegvis::access {

// What a request is about, in the form of its scope field's names.
struct Target {
  std::vector<std::string> names;     // Empty: the request names nothing.
  std::vector<domain::Scope> scopes;  // One of each name.
};

// The target of `request`. INVALID_ARGUMENT with NAME_INVALID at the field when
// a name is none.
absl::StatusOr<Target> TargetOf(const Method& method,
                                const google::protobuf::Message& request);

// OK when the caller may call `method` on all of `scopes`; PERMISSION_DENIED
// with NOT_PERMITTED else, the same whether the things exist or not. Without
// scopes, when some grant has a role for it.
absl::Status Permit(const Caller& caller, const Method& method,
                    const std::vector<domain::Scope>& scopes);

// The same for the start of an import, or of a migration: some grant has a role
// for it. Each row's own place is checked with the row.
absl::Status PermitImport(const Caller& caller, const Method& method,
                          bool migrate);

// The text of a field by its path, for fields of type string.
std::string TextAt(const google::protobuf::Message& message,
                   absl::string_view path);

}  // namespace stegvis::access
