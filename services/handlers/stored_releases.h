// Releases as the store keeps them.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/ids.h"
#include "services/validation/resource_name.h"
#include "stegvis/v1/publication.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// The nation's releases lie under the installation's own key.
ForbundId ScopeOf(const std::optional<ForbundId>& forbund);
validation::ReleaseName NameOf(const storage::SealedReportKey& key);

// Who may let out: the förbund's own admin, and for the nation its own role or
// an admin of every förbund.
bool MayPublish(const access::Caller& caller,
                const std::optional<ForbundId>& forbund);

// What is kept of a release, with its name and its time.
absl::StatusOr<v1::ReleaseProof> ReadProof(storage::ReadTransaction& tx,
                                           const storage::SealedReportKey& key);

// Whether the release was made elsewhere, and only announced here.
bool IsAnnounced(const v1::ReleaseProof& kept);

// Those of a year, the oldest first.
absl::StatusOr<std::vector<storage::SealedReportKey>> KeysOf(
    storage::SealedKind kind, ForbundId scope, int year,
    storage::ReadTransaction& tx);
// The newest of a year; nothing when there is none.
absl::StatusOr<std::optional<storage::SealedReportKey>> NewestOf(
    storage::SealedKind kind, ForbundId scope, int year,
    storage::ReadTransaction& tx);

}  // namespace stegvis::handlers
