#include "storage/seal/key_ring.h"

#include <optional>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/sealer.h"

namespace stegvis::seal {
namespace {

SealPlace PlaceOf(const IdBytes& scope, KeyPurpose purpose, uint32_t version) {
  SealPlace place("wrapped_key");
  place
      .Column("scope_id",
              absl::string_view(reinterpret_cast<const char*>(scope.data()),
                                scope.size()))
      .Column("purpose", static_cast<int64_t>(purpose))
      .Column("key_version", static_cast<int64_t>(version));
  return place;
}

// The newest key of `purpose`; null when there is none.
const WrappedKey* Newest(const std::vector<WrappedKey>& wrapped,
                         KeyPurpose purpose) {
  const WrappedKey* newest = nullptr;
  for (const WrappedKey& key : wrapped) {
    if (key.purpose != purpose) continue;
    if (newest == nullptr || key.version > newest->version) newest = &key;
  }
  return newest;
}

}  // namespace

KeyRing KeyRing::Create() {
  std::vector<VersionedKey> keys;
  keys.reserve(kAllKeyPurposes.size());
  for (size_t i = 0; i < kAllKeyPurposes.size(); ++i) {
    keys.push_back(VersionedKey{Key::Random(), 1});
  }
  return KeyRing(std::move(keys));
}

absl::StatusOr<KeyRing> KeyRing::Open(const VersionedKey& root,
                                      const IdBytes& scope,
                                      const std::vector<WrappedKey>& wrapped) {
  std::vector<VersionedKey> keys;
  keys.reserve(kAllKeyPurposes.size());
  for (KeyPurpose purpose : kAllKeyPurposes) {
    const WrappedKey* const row = Newest(wrapped, purpose);
    if (row == nullptr) return errors::RecordUnreadable();
    const VersionedKey& wrapping = keys.empty() ? root : keys.front();
    ASSIGN_OR_RETURN(
        Key key,
        Unwrap(wrapping, PlaceOf(scope, purpose, row->version), row->wrapped));
    keys.push_back(VersionedKey{std::move(key), row->version});
  }
  return KeyRing(std::move(keys));
}

absl::StatusOr<std::vector<WrappedKey>> KeyRing::Wrap(
    const VersionedKey& root, const IdBytes& scope) const {
  std::vector<WrappedKey> rows;
  for (KeyPurpose purpose : kAllKeyPurposes) {
    const VersionedKey& key = Get(purpose);
    const VersionedKey& wrapping =
        purpose == KeyPurpose::kScope ? root : Get(KeyPurpose::kScope);
    ASSIGN_OR_RETURN(
        std::string wrapped,
        seal::Wrap(wrapping, PlaceOf(scope, purpose, key.version), key.key));
    rows.push_back(WrappedKey{purpose, key.version, std::move(wrapped)});
  }
  return rows;
}

}  // namespace stegvis::seal
