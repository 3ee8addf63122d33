#include "storage/seal/key_ring.h"

#include <algorithm>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/locked_memory.h"

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

absl::StatusOr<WrappedKey> WrapAs(const VersionedKey& wrapping,
                                  const IdBytes& scope, KeyPurpose purpose,
                                  const VersionedKey& key) {
  ASSIGN_OR_RETURN(
      std::string wrapped,
      Wrap(wrapping, PlaceOf(scope, purpose, key.version), key.key));
  return WrappedKey{purpose, key.version, std::move(wrapped)};
}

absl::StatusOr<std::shared_ptr<const VersionedKey>> UnwrapRow(
    const KeyVersions& wrapping, const IdBytes& scope, const WrappedKey& row) {
  const VersionedKey* const key =
      FindVersion(wrapping, KeyVersionOf(row.wrapped));
  if (key == nullptr) return errors::RecordUnreadable();
  ASSIGN_OR_RETURN(
      Key secret,
      Unwrap(*key, PlaceOf(scope, row.purpose, row.version), row.wrapped));
  return KeepLocked(VersionedKey{std::move(secret), row.version});
}

// Those for `purpose`, the oldest first.
std::vector<const WrappedKey*> RowsFor(const std::vector<WrappedKey>& wrapped,
                                       KeyPurpose purpose) {
  std::vector<const WrappedKey*> rows;
  for (const WrappedKey& row : wrapped) {
    if (row.purpose == purpose) rows.push_back(&row);
  }
  std::sort(rows.begin(), rows.end(),
            [](const WrappedKey* one, const WrappedKey* other) {
              return one->version < other->version;
            });
  return rows;
}

// An older one that does not open is left out: what it wraps does not either.
absl::StatusOr<KeyVersions> OpenScopeKeys(
    const KeyVersions& roots, const IdBytes& scope,
    const std::vector<WrappedKey>& wrapped) {
  KeyVersions keys;
  absl::Status newest = errors::RecordUnreadable();
  for (const WrappedKey* row : RowsFor(wrapped, KeyPurpose::kScope)) {
    auto key = UnwrapRow(roots, scope, *row);
    newest = key.status();
    if (key.ok()) keys.push_back(*std::move(key));
  }
  RETURN_IF_ERROR(newest);
  return keys;
}

}  // namespace

KeyRing KeyRing::Create() {
  KeyVersions keys;
  keys.reserve(kAllKeyPurposes.size());
  for (size_t i = 0; i < kAllKeyPurposes.size(); ++i) {
    keys.push_back(KeepLocked(VersionedKey{Key::Random(), 1}));
  }
  KeyVersions scope_keys = {keys.front()};
  return KeyRing(std::move(keys), std::move(scope_keys));
}

absl::StatusOr<KeyRing> KeyRing::Open(const KeyVersions& roots,
                                      const IdBytes& scope,
                                      const std::vector<WrappedKey>& wrapped) {
  ASSIGN_OR_RETURN(KeyVersions scope_keys,
                   OpenScopeKeys(roots, scope, wrapped));
  KeyVersions keys = {scope_keys.back()};
  for (const KeyPurpose purpose : kAllKeyPurposes) {
    if (purpose == KeyPurpose::kScope) continue;
    const std::vector<const WrappedKey*> rows = RowsFor(wrapped, purpose);
    if (rows.empty()) return errors::RecordUnreadable();
    ASSIGN_OR_RETURN(std::shared_ptr<const VersionedKey> key,
                     UnwrapRow(scope_keys, scope, *rows.back()));
    keys.push_back(std::move(key));
  }
  return KeyRing(std::move(keys), std::move(scope_keys));
}

absl::StatusOr<std::vector<WrappedKey>> KeyRing::Wrap(
    const VersionedKey& root, const IdBytes& scope) const {
  const VersionedKey& scope_key = Get(KeyPurpose::kScope);
  ASSIGN_OR_RETURN(std::vector<WrappedKey> rows, WrapOthers(scope_key, scope));
  ASSIGN_OR_RETURN(WrappedKey row,
                   WrapAs(root, scope, KeyPurpose::kScope, scope_key));
  rows.push_back(std::move(row));
  return rows;
}

absl::StatusOr<std::vector<WrappedKey>> KeyRing::WrapWithNewScopeKey(
    const VersionedKey& root, const IdBytes& scope) const {
  const VersionedKey scope_key{Key::Random(), ScopeVersion() + 1};
  ASSIGN_OR_RETURN(std::vector<WrappedKey> rows, WrapOthers(scope_key, scope));
  ASSIGN_OR_RETURN(WrappedKey row,
                   WrapAs(root, scope, KeyPurpose::kScope, scope_key));
  rows.push_back(std::move(row));
  return rows;
}

absl::StatusOr<std::vector<WrappedKey>> KeyRing::WrapOthers(
    const VersionedKey& scope_key, const IdBytes& scope) const {
  std::vector<WrappedKey> rows;
  for (const KeyPurpose purpose : kAllKeyPurposes) {
    if (purpose == KeyPurpose::kScope) continue;
    ASSIGN_OR_RETURN(WrappedKey row,
                     WrapAs(scope_key, scope, purpose, Get(purpose)));
    rows.push_back(std::move(row));
  }
  return rows;
}

KeyRing KeyRing::WithoutOlder() const { return {keys_, {keys_.front()}}; }

bool KeyRing::HasScopeKeyOf(absl::string_view wrapped) const {
  return FindVersion(scope_keys_, KeyVersionOf(wrapped)) != nullptr;
}

absl::StatusOr<std::string> KeyRing::WrapInScope(const SealPlace& place,
                                                 const Key& secret) const {
  return seal::Wrap(Get(KeyPurpose::kScope), place, secret);
}

absl::StatusOr<Key> KeyRing::UnwrapInScope(const SealPlace& place,
                                           absl::string_view wrapped) const {
  const VersionedKey* const key =
      FindVersion(scope_keys_, KeyVersionOf(wrapped));
  if (key == nullptr) return errors::RecordUnreadable();
  return Unwrap(*key, place, wrapped);
}

}  // namespace stegvis::seal
