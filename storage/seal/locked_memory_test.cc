#include "storage/seal/locked_memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#include <string>
#include <utility>

#include "storage/seal/key_ring.h"

namespace stegvis::seal {
namespace {

TEST(LockedMemory, HoldsTheKeysOfARing) {
  const KeyRing ring = KeyRing::Create();
  for (const KeyPurpose purpose : kAllKeyPurposes) {
    EXPECT_TRUE(IsLocked(&ring.Get(purpose)));
  }
}

TEST(LockedMemory, OfARingMovesWithIt) {
  KeyRing ring = KeyRing::Create();
  const std::string content(ring.Get(KeyPurpose::kContent).key.Bytes());

  const KeyRing moved = std::move(ring);

  EXPECT_EQ(moved.Get(KeyPurpose::kContent).key.Bytes(), content);
  EXPECT_TRUE(IsLocked(&moved.Get(KeyPurpose::kContent)));
}

TEST(LockedMemory, IsOrdinaryMemoryWhenTheHeapIsFull) {
  // The heap is made with the first one.
  const auto first = KeepLocked(VersionedKey{Key::Random(), 1});
  const size_t used = CRYPTO_secure_used();
  KeyVersions all;
  while (all.empty() || IsLocked(all.back().get())) {
    ASSERT_LT(all.size(), 1'000'000U);
    all.push_back(KeepLocked(VersionedKey{Key::Random(), 1}));
  }

  EXPECT_EQ(all.back()->key.Bytes().size(), Key::kBytes);
  EXPECT_EQ(ERR_peek_error(), 0U);
  all.clear();
  EXPECT_EQ(CRYPTO_secure_used(), used);
}

}  // namespace
}  // namespace stegvis::seal
