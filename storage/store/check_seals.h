// Opens everything that is sealed: whether a database is as it was written.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/store/open.h"

namespace stegvis::storage {

// What was found.
struct SealCheck {
  int64_t records = 0;         // That were opened, or tried.
  int64_t participations = 0;  // With a version that opens, or without.
  int64_t unreadable = 0;
  // The first of those, at most kMostNamed: the table and the ids of the row.
  std::vector<std::string> first_unreadable;
};
inline constexpr size_t kMostNamed = 10;

// Told now and then how many records were tried; an error of its ends the check
// with it.
using SealProgress = std::function<absl::Status(int64_t records)>;

// Opens every sealed row of every table of a database that is of this program's
// version and that no server serves. Fails as OpenStore does; a row that does
// not open is no failure.
absl::StatusOr<SealCheck> CheckSeals(const StoreOptions& options,
                                     const SealProgress& progress);

}  // namespace stegvis::storage
