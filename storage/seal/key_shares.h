// A key in shares (Shamir's, over GF(2^8)): some of them give it back, fewer
// say nothing about it.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "storage/seal/key.h"

namespace stegvis::seal {

inline constexpr int kFewestShares = 2;
inline constexpr int kMostShares = 20;

// How many shares there are to be, and how many of them give the key.
struct Sharing {
  int of = 0;
  int need = 0;
};

// What the shares that were made together agree on.
struct ShareSet {
  std::array<uint8_t, 4> id{};  // Random: tells sets apart.
  uint8_t need = 0;
  uint8_t of = 0;
  uint32_t key_version = 0;
  // Tells the right key when it comes out, and nothing about it before.
  std::array<uint8_t, 8> fingerprint{};

  friend bool operator==(const ShareSet&, const ShareSet&) = default;
};

struct KeyShare {
  ShareSet set;
  uint8_t number = 0;  // From 1 to set.of.
  Key bytes;           // As long as a key and as secret, but not one.
};

// Whether 2 ≤ need ≤ of ≤ 20.
bool IsPossible(const Sharing& sharing);

// Splits a key anew, into shares that go together with no others.
// INVALID_ARGUMENT with OUT_OF_RANGE unless `sharing` is possible. Thread-safe.
absl::StatusOr<std::vector<KeyShare>> Split(const VersionedKey& key,
                                            const Sharing& sharing);

// The key that the shares give. All of them count, also those beyond what is
// needed: with a false one among them no key comes out. FAILED_PRECONDITION
// with
//   KEY_SHARES_MIXED   they were not made together,
//   KEY_SHARE_TWICE    two have the same number,
//   KEY_SHARES_TOO_FEW there are fewer than needed, or none,
//   KEY_SHARES_WRONG   what comes out is not the key that was split.
// Thread-safe.
absl::StatusOr<VersionedKey> Combine(absl::Span<const KeyShare> shares);

}  // namespace stegvis::seal
