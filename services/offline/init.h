// Makes a whole installation out of nothing.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "services/base/clock.h"
#include "services/base/day.h"
#include "services/domain/forbund.h"

namespace stegvis::offline {

// A förbund to begin with.
struct FirstForbund {
  std::string display_name;
  domain::OrganizationNumber organization_number;
  Day start;
};

struct InitRequest {
  std::string folder;
  int port = 7443;
  std::optional<FirstForbund> forbund;
};

// Makes in the folder: key-source, tls/, data/ with the database and an empty
// erasures.log, stegvis.toml and profiles/. All or nothing: what a failure
// leaves is removed.
//
// The users of the profiles: admin (operator and forbund_admin), import
// (importer), samordnare (no role yet), dataskydd, national; good for every
// förbund, also later ones.
//
// FAILED_PRECONDITION with FOLDER_NOT_EMPTY; INVALID_ARGUMENT naming faults of
// the förbund; else as the store and the files.
absl::Status Init(const InitRequest& request, const Clock& clock);

}  // namespace stegvis::offline
