// The Merkle tree of an audit log: leaves, nodes, roots and proofs as in
// RFC 6962, section 2.1.
//
// Pure functions over hashes. Safe from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace stegvis::audit {

using Hash = std::array<char, 32>;
// Hashes in the order of RFC 6962.
using Proof = std::vector<Hash>;

inline absl::string_view View(const Hash& hash) {
  return {hash.data(), hash.size()};
}
// DATA_LOSS (RECORD_UNREADABLE) unless `bytes` are 32.
absl::StatusOr<Hash> HashFrom(absl::string_view bytes);

// SHA-256 of a zero byte and `entry`.
Hash LeafHash(absl::string_view entry);

// MTH: the root over `leaves`, which are leaf hashes; of none the hash of
// nothing. Linear in their number.
Hash Root(absl::Span<const Hash> leaves);

// PATH: that leaf `index` (from 0) is under Root(leaves). `index` is less than
// their number.
Proof InclusionProof(size_t index, absl::Span<const Hash> leaves);

// PROOF: that the first `first` leaves are those of an earlier root. `first` is
// at most their number; of none or all of them the proof is empty.
Proof ConsistencyProof(size_t first, absl::Span<const Hash> leaves);

// Whether `proof` shows that `leaf` is number `index` of `size` under `root`.
bool ShowsInclusion(const Proof& proof, const Hash& leaf, uint64_t index,
                    uint64_t size, const Hash& root);

// A tree of so many leaves with that root.
struct TreeHead {
  uint64_t size = 0;
  Hash root = Root({});

  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

// Whether `proof` shows that the leaves of `earlier` begin those of `later`.
bool ShowsConsistency(const Proof& proof, const TreeHead& earlier,
                      const TreeHead& later);

// A tree that only grows, by the roots of its full subtrees from left to right:
// appending a leaf reads no other. A value.
class Frontier {
 public:
  Frontier() = default;
  // The inverse of Bytes. DATA_LOSS (RECORD_UNREADABLE) when the two do not
  // fit.
  static absl::StatusOr<Frontier> Parse(uint64_t size, absl::string_view bytes);

  void Append(const Hash& leaf);

  uint64_t Size() const { return size_; }
  TreeHead Head() const;
  std::string Bytes() const;

 private:
  uint64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

}  // namespace stegvis::audit
