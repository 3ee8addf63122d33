#include "storage/backup/backup_root.h"

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/key_source.h"

namespace stegvis::storage {

absl::StatusOr<std::shared_ptr<const seal::VersionedKey>> NewestRoot(
    const std::string& key_source) {
  ASSIGN_OR_RETURN(const seal::KeySource source,
                   seal::KeySource::Load(key_source));
  return source.Newest();
}

absl::StatusOr<std::shared_ptr<const seal::VersionedKey>> RootOfVersion(
    const std::string& key_source, uint32_t version) {
  ASSIGN_OR_RETURN(const seal::KeySource source,
                   seal::KeySource::Load(key_source));
  for (const auto& key : source.Keys()) {
    if (key->version == version) return key;
  }
  return errors::KeySourceWrong();
}

}  // namespace stegvis::storage
