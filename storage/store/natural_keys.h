// The natural keys of rows whose columns must not show them, as bytes for a
// keyed hash. Each begins with what it is, so that no two kinds can meet.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "services/domain/access.h"
#include "services/domain/counts.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

std::string CountKey(InsatsId insats, domain::CountKind kind, int year);
std::string GrantKey(const domain::Grant& grant);
std::string UserKey(absl::string_view user);
std::string MemoryKey(const RequestKey& key);

}  // namespace stegvis::storage
