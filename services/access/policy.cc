#include "services/access/policy.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/validation/resource_name.h"

namespace stegvis::access {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// The texts of a field by its path: one, or those of a repeated field.
std::vector<std::string> TextsAt(const Message& message,
                                 absl::string_view path) {
  const std::pair<std::string, std::string> steps =
      absl::StrSplit(path, absl::MaxSplits('.', 1));
  const FieldDescriptor* field =
      message.GetDescriptor()->FindFieldByName(steps.first);
  const Reflection& reflection = *message.GetReflection();
  if (!steps.second.empty()) {
    return TextsAt(reflection.GetMessage(message, field), steps.second);
  }
  if (!field->is_repeated()) return {reflection.GetString(message, field)};

  std::vector<std::string> texts;
  texts.reserve(static_cast<size_t>(reflection.FieldSize(message, field)));
  for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
    texts.push_back(reflection.GetRepeatedString(message, field, i));
  }
  return texts;
}

bool Reaches(Reach reach, const domain::Scope& granted,
             const domain::Scope& asked) {
  return granted.Covers(asked) ||
         (reach == Reach::kMeets && asked.Covers(granted));
}

bool HoldsSomewhere(const Caller& caller, const Roles& roles) {
  return std::any_of(
      caller.grants.begin(), caller.grants.end(),
      [&](const domain::Grant& grant) { return roles.Contain(grant.role); });
}

bool Holds(const Caller& caller, const Roles& roles, Reach reach,
           const domain::Scope& asked) {
  return std::any_of(caller.grants.begin(), caller.grants.end(),
                     [&](const domain::Grant& grant) {
                       return roles.Contain(grant.role) &&
                              Reaches(reach, grant.scope, asked);
                     });
}

}  // namespace

absl::StatusOr<Target> TargetOf(const Method& method, const Message& request) {
  Target target;
  if (method.scope_field.empty()) return target;
  target.names = TextsAt(request, method.scope_field);
  for (const std::string& name : target.names) {
    const absl::StatusOr<domain::Scope> scope = validation::ScopeOf(name);
    if (!scope.ok()) return AtField(method.scope_field, scope.status());
    target.scopes.push_back(*scope);
  }
  return target;
}

absl::Status Permit(const Caller& caller, const Method& method,
                    const std::vector<domain::Scope>& scopes) {
  if (method.reach == Reach::kKnownCaller) return absl::OkStatus();
  if (!HoldsSomewhere(caller, method.roles)) return errors::NotPermitted();
  for (const domain::Scope& scope : scopes) {
    if (!Holds(caller, method.roles, method.reach, scope)) {
      return errors::NotPermitted();
    }
  }
  return absl::OkStatus();
}

absl::Status PermitImport(const Caller& caller, const Method& method,
                          bool migrate) {
  return HoldsSomewhere(caller, migrate ? method.migrating : method.roles)
             ? absl::OkStatus()
             : errors::NotPermitted();
}

std::string TextAt(const Message& message, absl::string_view path) {
  const std::vector<std::string> texts = TextsAt(message, path);
  return texts.empty() ? std::string() : texts.front();
}

}  // namespace stegvis::access
