// The releases of both levels of a year, as the store keeps them.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/disclosure/together.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// The nation's release of a year.
struct NationOut {
  disclosure::EarlierRelease release;
  absl::Time published_at;
};

// What a new release must be safe beside.
struct Beside {
  std::optional<NationOut> nation;
  // Those of each förbund that has any, the oldest first.
  std::map<ForbundId, std::vector<disclosure::EarlierRelease>> forbund;
  // What was found when they were put beside each other.
  disclosure::WitnessesByRelease kept;

  bool HasAny() const { return nation.has_value() || !forbund.empty(); }
  disclosure::ReleasesOut Out() const;
};

// What is out beside the next release of a förbund, or of the nation: for a
// förbund nothing while the nation's is not out, as förbund share nobody.
// FAILED_PRECONDITION with RELEASE_OF_OTHER_LEVEL for a förbund where the
// nation's was made elsewhere, or has been replaced.
absl::StatusOr<Beside> ReadBeside(const std::optional<ForbundId>& forbund,
                                  int year, storage::ReadTransaction& tx);

// FAILED_PRECONDITION with RELEASE_OF_OTHER_LEVEL where a förbund's is out.
absl::Status CheckNoForbundIsOut(int year, storage::ReadTransaction& tx);

}  // namespace stegvis::handlers
