// The keys of a scope: a förbund, or the installation itself.
//
// The key source wraps the scope's key; that wraps the scope's other keys and
// the keys of its participations. The others are random and independent, so
// that a new scope key re-wraps them and nothing they made must change.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "storage/seal/key.h"
#include "storage/seal/sealer.h"

namespace stegvis::seal {

// What a key is for. Stored; numbers are never used again.
enum class KeyPurpose : uint8_t {
  kScope = 1,            // Wraps the others and the participations' keys.
  kContent = 2,          // Seals what is not a participation.
  kBlindIndex = 3,       // Finds a person.
  kRowId = 4,            // Ids of rows whose natural key is not readable.
  kRequestDigest = 5,    // Knows a request that is sent twice.
  kWithdrawalToken = 6,  // Knows a person who has withdrawn the consent.
  kSigning = 7,          // The Ed25519 seed that signs reports and audit heads.
};
inline constexpr std::array<KeyPurpose, 7> kAllKeyPurposes = {
    KeyPurpose::kScope,         KeyPurpose::kContent,
    KeyPurpose::kBlindIndex,    KeyPurpose::kRowId,
    KeyPurpose::kRequestDigest, KeyPurpose::kWithdrawalToken,
    KeyPurpose::kSigning};

// A row of the table `wrapped_key`.
struct WrappedKey {
  KeyPurpose purpose;
  uint32_t version = 1;
  std::string wrapped;
};

// The scope of the installation's own keys.
inline constexpr IdBytes kInstallationScope = {};

// The open keys of a scope. Immutable, so safe from any thread.
class KeyRing {
 public:
  // New random keys, all of version 1.
  static KeyRing Create();

  // Opens the keys of `scope` with those of the key source; of each purpose
  // the newest, and of scope keys the older ones too, while there are any.
  // DATA_LOSS with RECORD_UNREADABLE when one is missing or does not open.
  static absl::StatusOr<KeyRing> Open(const KeyVersions& roots,
                                      const IdBytes& scope,
                                      const std::vector<WrappedKey>& wrapped);

  // The rows that Open takes, but for older scope keys.
  absl::StatusOr<std::vector<WrappedKey>> Wrap(const VersionedKey& root,
                                               const IdBytes& scope) const;
  // The same with a new scope key, of the version after the newest.
  absl::StatusOr<std::vector<WrappedKey>> WrapWithNewScopeKey(
      const VersionedKey& root, const IdBytes& scope) const;

  // The same keys but for the older scope keys.
  KeyRing WithoutOlder() const;

  // The newest key for `purpose`.
  const VersionedKey& Get(KeyPurpose purpose) const {
    return *keys_[static_cast<size_t>(purpose) - 1];
  }
  uint32_t ScopeVersion() const { return Get(KeyPurpose::kScope).version; }

  // Whether the scope key that `wrapped` names is there.
  bool HasScopeKeyOf(absl::string_view wrapped) const;
  // Wraps under the newest scope key.
  absl::StatusOr<std::string> WrapInScope(const SealPlace& place,
                                          const Key& secret) const;
  // Unwraps with the scope key that `wrapped` names. DATA_LOSS with
  // RECORD_UNREADABLE.
  absl::StatusOr<Key> UnwrapInScope(const SealPlace& place,
                                    absl::string_view wrapped) const;

 private:
  KeyRing(KeyVersions keys, KeyVersions scope_keys)
      : keys_(std::move(keys)), scope_keys_(std::move(scope_keys)) {}

  absl::StatusOr<std::vector<WrappedKey>> WrapOthers(
      const VersionedKey& scope_key, const IdBytes& scope) const;

  // The newest of each purpose, in the order of kAllKeyPurposes.
  KeyVersions keys_;
  KeyVersions scope_keys_;
};

}  // namespace stegvis::seal
