// Keys: 32 secret bytes that wipe themselves.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis::seal {

// A secret of 32 bytes. Moves, never copies; no stream operator, and compared
// by Equals alone.
class Key {
 public:
  static constexpr size_t kBytes = 32;

  static Key Random();
  // Nothing unless `bytes` are 32.
  static std::optional<Key> FromBytes(absl::string_view bytes);

  Key(Key&& other) noexcept;
  Key& operator=(Key&& other) noexcept;
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key();

  // Takes as long whether they are equal or not.
  bool Equals(const Key& other) const;

  // The secret itself, for the primitives and for wrapping.
  absl::string_view Bytes() const {
    return absl::string_view(reinterpret_cast<const char*>(bytes_.data()),
                             bytes_.size());
  }

 private:
  Key() = default;
  void Wipe();

  std::array<uint8_t, kBytes> bytes_;
};

// A key with the number that sealed bytes name it by.
struct VersionedKey {
  Key key;
  uint32_t version = 1;
};

// The versions of one key that are in use, the oldest first: more than one
// while it is rotated.
using KeyVersions = std::vector<std::shared_ptr<const VersionedKey>>;

// Null when that version is not there.
const VersionedKey* FindVersion(const KeyVersions& keys, uint32_t version);

}  // namespace stegvis::seal
