#include "storage/audit/merkle.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/bits.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/hash.h"

namespace stegvis::audit {
namespace {

constexpr absl::string_view kLeaf("\0", 1);
constexpr absl::string_view kNode("\1", 1);

Hash AsHash(absl::string_view bytes) {
  Hash hash{};
  std::copy_n(bytes.data(), hash.size(), hash.data());
  return hash;
}

Hash NodeHash(const Hash& left, const Hash& right) {
  return AsHash(seal::Sha256(absl::StrCat(kNode, View(left), View(right))));
}

// The largest power of two less than `size`, which is at least 2.
size_t Split(size_t size) { return absl::bit_floor(size - 1); }

// SUBPROOF. `whole` says that the first leaves are all of an earlier tree,
// whose root the verifier has.
Proof SubProof(size_t first, absl::Span<const Hash> leaves, bool whole) {
  if (first == leaves.size()) return whole ? Proof{} : Proof{Root(leaves)};
  const size_t split = Split(leaves.size());
  const auto left = leaves.subspan(0, split);
  const auto right = leaves.subspan(split);
  if (first <= split) {
    Proof proof = SubProof(first, left, whole);
    proof.push_back(Root(right));
    return proof;
  }
  Proof proof = SubProof(first - split, right, /*whole=*/false);
  proof.push_back(Root(left));
  return proof;
}

// A walk from a node of a tree up to its root, by the bits of the node's number
// and of the last one's (RFC 9162, 2.1.3.2 and 2.1.4.2).
class Climb {
 public:
  Climb(uint64_t node, uint64_t last) : node_(node), last_(last) {}

  bool IsAtTheTop() const { return last_ == 0; }
  // Whether the next hash of a proof stands to the left.
  bool NextIsLeft() const { return IsRight() || node_ == last_; }

  void UpWhileRight() {
    while (IsRight()) Up();
  }
  void Past(bool left) {
    if (left) {
      while (!IsRight() && node_ != 0) Up();
    }
    Up();
  }

 private:
  bool IsRight() const { return (node_ & 1) != 0; }
  void Up() {
    node_ >>= 1;
    last_ >>= 1;
  }

  uint64_t node_;
  uint64_t last_;
};

}  // namespace

absl::StatusOr<Hash> HashFrom(absl::string_view bytes) {
  if (bytes.size() != std::tuple_size<Hash>::value) {
    return errors::RecordUnreadable();
  }
  return AsHash(bytes);
}

Hash LeafHash(absl::string_view entry) {
  return AsHash(seal::Sha256(absl::StrCat(kLeaf, entry)));
}

Hash Root(absl::Span<const Hash> leaves) {
  if (leaves.empty()) return AsHash(seal::Sha256(""));
  if (leaves.size() == 1) return leaves[0];
  const size_t split = Split(leaves.size());
  return NodeHash(Root(leaves.subspan(0, split)), Root(leaves.subspan(split)));
}

Proof InclusionProof(size_t index, absl::Span<const Hash> leaves) {
  if (leaves.size() == 1) return {};
  const size_t split = Split(leaves.size());
  const auto left = leaves.subspan(0, split);
  const auto right = leaves.subspan(split);
  Proof proof = index < split ? InclusionProof(index, left)
                              : InclusionProof(index - split, right);
  proof.push_back(Root(index < split ? right : left));
  return proof;
}

Proof ConsistencyProof(size_t first, absl::Span<const Hash> leaves) {
  if (first == 0) return {};
  return SubProof(first, leaves, /*whole=*/true);
}

bool ShowsInclusion(const Proof& proof, const Hash& leaf, uint64_t index,
                    uint64_t size, const Hash& root) {
  if (index >= size) return false;
  Climb climb(index, size - 1);
  Hash reached = leaf;
  for (const Hash& beside : proof) {
    if (climb.IsAtTheTop()) return false;
    const bool left = climb.NextIsLeft();
    reached = left ? NodeHash(beside, reached) : NodeHash(reached, beside);
    climb.Past(left);
  }
  return climb.IsAtTheTop() && reached == root;
}

bool ShowsConsistency(const Proof& proof, const TreeHead& earlier,
                      const TreeHead& later) {
  if (earlier.size > later.size) return false;
  if (earlier.size == later.size) return proof.empty() && earlier == later;
  if (earlier.size == 0) return proof.empty() && earlier.root == Root({});

  // The root of a full tree is a node of the later one by itself.
  Proof path = proof;
  if (absl::has_single_bit(earlier.size)) {
    path.insert(path.begin(), earlier.root);
  }
  if (path.empty()) return false;
  Climb climb(earlier.size - 1, later.size - 1);
  climb.UpWhileRight();
  Hash old_root = path.front();
  Hash new_root = path.front();
  for (auto beside = path.begin() + 1; beside != path.end(); ++beside) {
    if (climb.IsAtTheTop()) return false;
    const bool left = climb.NextIsLeft();
    if (left) old_root = NodeHash(*beside, old_root);
    new_root = left ? NodeHash(*beside, new_root) : NodeHash(new_root, *beside);
    climb.Past(left);
  }
  return climb.IsAtTheTop() && old_root == earlier.root &&
         new_root == later.root;
}

absl::StatusOr<Frontier> Frontier::Parse(uint64_t size,
                                         absl::string_view bytes) {
  constexpr size_t kHash = std::tuple_size<Hash>::value;
  const auto subtrees = static_cast<size_t>(absl::popcount(size));
  if (bytes.size() != subtrees * kHash) return errors::RecordUnreadable();
  Frontier frontier;
  frontier.size_ = size;
  for (size_t i = 0; i < subtrees; ++i) {
    frontier.subtrees_.push_back(AsHash(bytes.substr(i * kHash, kHash)));
  }
  return frontier;
}

void Frontier::Append(const Hash& leaf) {
  Hash subtree = leaf;
  // Each full subtree of the same size becomes one with the new.
  for (uint64_t rest = size_; (rest & 1) != 0; rest >>= 1) {
    subtree = NodeHash(subtrees_.back(), subtree);
    subtrees_.pop_back();
  }
  subtrees_.push_back(subtree);
  ++size_;
}

TreeHead Frontier::Head() const {
  if (subtrees_.empty()) return TreeHead{};
  Hash root = subtrees_.back();
  for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left) {
    root = NodeHash(*left, root);
  }
  return TreeHead{size_, root};
}

std::string Frontier::Bytes() const {
  std::string bytes;
  for (const Hash& subtree : subtrees_) absl::StrAppend(&bytes, View(subtree));
  return bytes;
}

}  // namespace stegvis::audit
