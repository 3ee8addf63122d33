#include "storage/store/natural_keys.h"

#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "storage/store/record_numbers.h"
#include "storage/store/session.h"

namespace stegvis::storage {
namespace {

// Each part with its length before it.
std::string Join(std::initializer_list<absl::string_view> parts) {
  std::string joined;
  for (absl::string_view part : parts) {
    absl::StrAppend(&joined, part.size(), ":", part, ";");
  }
  return joined;
}

}  // namespace

std::string CountKey(InsatsId insats, domain::CountKind kind, int year) {
  return Join({"count", insats.View(),
               absl::StrCat(NumberOf(kCountKinds, kind)), absl::StrCat(year)});
}

std::string GrantKey(const domain::Grant& grant) {
  const auto& [forbund, insats] = grant.scope;
  return Join({"grant", grant.user, absl::StrCat(NumberOf(kRoles, grant.role)),
               forbund.has_value() ? forbund->View() : absl::string_view(),
               insats.has_value() ? insats->View() : absl::string_view()});
}

std::string UserKey(absl::string_view user) { return Join({"user", user}); }

std::string MemoryKey(const RequestKey& key) {
  return Join({"request", key.user, key.method, View(key.request_id)});
}

}  // namespace stegvis::storage
