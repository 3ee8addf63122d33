#include "storage/audit/merkle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace stegvis::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// The published test tree of Certificate Transparency: eight entries, the root
// over the first n of them, and proofs.
const std::vector<std::string>& Entries() {
  static const auto& entries = *new std::vector<std::string>{
      "",
      absl::HexStringToBytes("00"),
      absl::HexStringToBytes("10"),
      absl::HexStringToBytes("2021"),
      absl::HexStringToBytes("3031"),
      absl::HexStringToBytes("40414243"),
      absl::HexStringToBytes("5051525354555657"),
      absl::HexStringToBytes("606162636465666768696a6b6c6d6e6f")};
  return entries;
}

constexpr const char* kRoots[] = {
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash> Leaves(size_t size) {
  std::vector<Hash> leaves;
  for (size_t i = 0; i < size; ++i) {
    leaves.push_back(
        LeafHash(i < Entries().size() ? Entries()[i] : std::to_string(i)));
  }
  return leaves;
}

TreeHead HeadOf(size_t size) { return {size, Root(Leaves(size))}; }

std::string Hex(const Hash& hash) { return absl::BytesToHexString(View(hash)); }

std::vector<std::string> Hex(const Proof& proof) {
  std::vector<std::string> texts;
  for (const Hash& hash : proof) texts.push_back(Hex(hash).substr(0, 8));
  return texts;
}

Hash Changed(Hash hash) {
  hash[7] = static_cast<char>(hash[7] ^ 1);
  return hash;
}

TEST(Merkle, RootsAreThePublishedOnes) {
  for (size_t size = 0; size <= Entries().size(); ++size) {
    EXPECT_EQ(Hex(HeadOf(size).root), kRoots[size]) << size;
  }
}

TEST(Merkle, InclusionProofsAreThePublishedOnes) {
  EXPECT_THAT(Hex(InclusionProof(0, Leaves(1))), IsEmpty());
  EXPECT_THAT(Hex(InclusionProof(0, Leaves(8))),
              ElementsAre("96a296d2", "5f083f0a", "6b47aaf2"));
  EXPECT_THAT(Hex(InclusionProof(5, Leaves(8))),
              ElementsAre("bc1a0643", "ca854ea1", "d37ee418"));
  EXPECT_THAT(Hex(InclusionProof(2, Leaves(3))), ElementsAre("fac54203"));
  EXPECT_THAT(Hex(InclusionProof(1, Leaves(5))),
              ElementsAre("6e340b9c", "5f083f0a", "bc1a0643"));
}

TEST(Merkle, ConsistencyProofsAreThePublishedOnes) {
  EXPECT_THAT(Hex(ConsistencyProof(1, Leaves(1))), IsEmpty());
  EXPECT_THAT(Hex(ConsistencyProof(1, Leaves(8))),
              ElementsAre("96a296d2", "5f083f0a", "6b47aaf2"));
  EXPECT_THAT(Hex(ConsistencyProof(6, Leaves(8))),
              ElementsAre("0ebc5d34", "ca854ea1", "d37ee418"));
  EXPECT_THAT(Hex(ConsistencyProof(2, Leaves(5))),
              ElementsAre("5f083f0a", "bc1a0643"));
}

TEST(Merkle, EveryInclusionIsShownAndNoOther) {
  for (size_t size = 1; size <= 40; ++size) {
    const std::vector<Hash> leaves = Leaves(size);
    const Hash root = Root(leaves);
    for (size_t i = 0; i < size; ++i) {
      const Proof proof = InclusionProof(i, leaves);
      EXPECT_TRUE(ShowsInclusion(proof, leaves[i], i, size, root));
      EXPECT_FALSE(ShowsInclusion(proof, Changed(leaves[i]), i, size, root));
      EXPECT_FALSE(ShowsInclusion(proof, leaves[i], i + 1, size, root));
      EXPECT_FALSE(ShowsInclusion(proof, leaves[i], i, size, Changed(root)));
      Proof longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(ShowsInclusion(longer, leaves[i], i, size, root));
      if (proof.empty()) continue;
      Proof shorter = proof;
      shorter.pop_back();
      EXPECT_FALSE(ShowsInclusion(shorter, leaves[i], i, size, root));
    }
  }
}

TEST(Merkle, EveryConsistencyIsShownAndNoOther) {
  for (size_t size = 0; size <= 40; ++size) {
    const TreeHead later = HeadOf(size);
    for (size_t first = 0; first <= size; ++first) {
      const TreeHead earlier = HeadOf(first);
      const Proof proof = ConsistencyProof(first, Leaves(size));
      EXPECT_TRUE(ShowsConsistency(proof, earlier, later))
          << first << " of " << size;
      EXPECT_FALSE(
          ShowsConsistency(proof, {first, Changed(earlier.root)}, later));
      if (first > 0) {
        EXPECT_FALSE(
            ShowsConsistency(proof, earlier, {size, Changed(later.root)}));
      }
      EXPECT_FALSE(ShowsConsistency(proof, {size + 1, earlier.root}, later));
      for (size_t i = 0; i < proof.size(); ++i) {
        Proof wrong = proof;
        wrong[i] = Changed(wrong[i]);
        EXPECT_FALSE(ShowsConsistency(wrong, earlier, later));
      }
    }
  }
}

TEST(Merkle, AnEarlierTreeWithAnotherEntryIsNotConsistent) {
  std::vector<Hash> changed = Leaves(6);
  changed[2] = Changed(changed[2]);

  EXPECT_FALSE(ShowsConsistency(ConsistencyProof(6, Leaves(13)),
                                {6, Root(changed)}, HeadOf(13)));
}

TEST(Frontier, GrowsToTheSameRootsAndComesBackFromItsBytes) {
  Frontier frontier;
  const std::vector<Hash> leaves = Leaves(100);
  for (size_t size = 0; size <= leaves.size(); ++size) {
    ASSERT_EQ(frontier.Head(), HeadOf(size));
    const auto parsed = Frontier::Parse(size, frontier.Bytes());
    ASSERT_TRUE(parsed.ok());
    ASSERT_EQ(parsed->Head(), HeadOf(size));
    frontier = *parsed;
    if (size < leaves.size()) frontier.Append(leaves[size]);
  }
}

TEST(Frontier, OfBytesThatDoNotFitIsUnreadable) {
  Frontier frontier;
  for (const Hash& leaf : Leaves(5)) frontier.Append(leaf);

  EXPECT_FALSE(Frontier::Parse(7, frontier.Bytes()).ok());
  EXPECT_FALSE(Frontier::Parse(5, frontier.Bytes() + "x").ok());
}

}  // namespace
}  // namespace stegvis::audit
