// The key source's key that a backup's own is wrapped under. All that backups
// know of key sources stands here.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "storage/seal/key.h"

namespace stegvis::storage {

// The key of a key source's file that new backups are made under. As
// seal::KeySource::Load fails.
absl::StatusOr<std::shared_ptr<const seal::VersionedKey>> NewestRoot(
    const std::string& key_source);

// The key of that version. As above, and FAILED_PRECONDITION with
// KEY_SOURCE_WRONG when the file has none.
absl::StatusOr<std::shared_ptr<const seal::VersionedKey>> RootOfVersion(
    const std::string& key_source, uint32_t version);

}  // namespace stegvis::storage
