// What a rotation of the keys does to the rows. In the order of the functions:
// each may be run again after it was cut off.
//
//   1. A rotation is begun: it names a version of the key source's key, which
//   is
//      made before anything else happens.
//   2. Each scope gets a new scope key, wrapped by that; its other keys are
//      wrapped anew.
//   3. The participations' keys are wrapped anew, some at a time.
//   4. The old scope keys are removed, and the rotation has ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/ids.h"
#include "storage/sql/connection.h"
#include "storage/store/key_status.h"
#include "storage/store/session.h"

namespace stegvis::storage {

// One that has not ended.
struct BegunRotation {
  uint32_t source_version;
  int64_t begun_at;
};

// A rotation that has not ended is there with its beginning alone.
absl::StatusOr<KeyStatus> ReadKeyStatus(sql::Connection& connection);
absl::StatusOr<std::optional<BegunRotation>> FindRotation(
    sql::Connection& connection);
// Those that have a scope key.
absl::StatusOr<std::vector<IdBytes>> ListScopes(sql::Connection& connection);
absl::StatusOr<int64_t> CountParticipations(sql::Connection& connection);
absl::StatusOr<int64_t> CountParticipationsOf(sql::Connection& connection,
                                              const IdBytes& forbund);

// Nothing when one is under way.
absl::Status BeginKeyRotation(WriteSession& session);

// Gives the scope a new key unless it has one under the key source's
// `source_version`. DATA_LOSS (RECORD_UNREADABLE) when its keys do not open.
absl::Status RenewScopeKey(WriteSession& session, const IdBytes& scope,
                           uint32_t source_version);

// What RewrapSome came to.
struct Rewrapped {
  // The id of the last one as it stands there; nothing at the end of the
  // förbund.
  std::optional<std::string> last;
  int64_t rotated = 0;
  int64_t unreadable = 0;
  std::string first_unreadable;  // A participation's name.
};

// Wraps the keys of the next `limit` participations of the förbund `scope`
// after the id `after` under its newest scope key, where they are not. One that
// does not open is left as it is. The keys that are opened for others must be
// the new ones by now: else these would write with the old ones behind this.
absl::StatusOr<Rewrapped> RewrapSome(WriteSession& session,
                                     const IdBytes& scope,
                                     const std::string& after, int limit);

// Ends the rotation. False, and nothing is done, when a scope has come to that
// is not rotated.
absl::StatusOr<bool> EndRotation(WriteSession& session,
                                 const BegunRotation& rotation);

}  // namespace stegvis::storage
