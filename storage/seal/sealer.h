// Seals: bytes that open with their key, in their row, and nowhere else. The
// layout stands byte by byte in storage/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/seal/key.h"

namespace stegvis::seal {

// Sealed records are as long as a multiple of this.
inline constexpr size_t kPadding = 256;

// Binds a seal to its row: the table and every readable column, in order, each
// with its name and its length.
class SealPlace {
 public:
  explicit SealPlace(absl::string_view table);

  SealPlace& Column(absl::string_view name, absl::string_view value);
  SealPlace& Column(absl::string_view name, int64_t value);

  absl::string_view Bytes() const { return bytes_; }

 private:
  void Add(absl::string_view part);

  std::string bytes_;
};

// The version of the key that a seal or a wrapped key names; 0, which no key
// has, when it is too short to name one.
uint32_t KeyVersionOf(absl::string_view sealed);

// Sets `sealed` to the padded seal of `plain`. Thread-safe, as all below.
absl::Status Seal(const VersionedKey& key, const SealPlace& place,
                  absl::string_view plain, std::string& sealed);

// Opens a seal. `buffer` takes the padded text, the result is a view into it.
// DATA_LOSS with RECORD_UNREADABLE unless every bit is right.
absl::StatusOr<absl::string_view> Open(const VersionedKey& key,
                                       const SealPlace& place,
                                       absl::string_view sealed,
                                       std::string& buffer);

// Seals a key under another one; not padded.
absl::StatusOr<std::string> Wrap(const VersionedKey& key,
                                 const SealPlace& place, const Key& secret);

// The inverse of Wrap. DATA_LOSS with RECORD_UNREADABLE.
absl::StatusOr<Key> Unwrap(const VersionedKey& key, const SealPlace& place,
                           absl::string_view wrapped);

}  // namespace stegvis::seal
