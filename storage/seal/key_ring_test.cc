#include "storage/seal/key_ring.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/status_matchers.h"

namespace stegvis::seal {
namespace {

using testing::HasReason;
using testing::IsOk;

constexpr IdBytes kScope = {1};

class ARing : public ::testing::Test {
 protected:
  VersionedKey root_{Key::Random(), 1};
  KeyRing ring_ = KeyRing::Create();
  std::vector<WrappedKey> wrapped_ = ring_.Wrap(root_, kScope).value();
};

TEST_F(ARing, HasIndependentKeys) {
  for (KeyPurpose one : kAllKeyPurposes) {
    for (KeyPurpose other : kAllKeyPurposes) {
      if (one == other) continue;
      EXPECT_NE(ring_.Get(one).key.Bytes(), ring_.Get(other).key.Bytes());
    }
  }
}

TEST_F(ARing, ComesBackFromItsRows) {
  const absl::StatusOr<KeyRing> opened = KeyRing::Open(root_, kScope, wrapped_);

  ASSERT_THAT(opened, IsOk());
  for (KeyPurpose purpose : kAllKeyPurposes) {
    EXPECT_EQ(opened->Get(purpose).key.Bytes(), ring_.Get(purpose).key.Bytes());
  }
}

TEST_F(ARing, KeepsItsKeysWhenTheKeySourceIsReplaced) {
  const VersionedKey next{Key::Random(), 2};

  const std::vector<WrappedKey> rewrapped = ring_.Wrap(next, kScope).value();

  const absl::StatusOr<KeyRing> opened = KeyRing::Open(next, kScope, rewrapped);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->Get(KeyPurpose::kBlindIndex).key.Bytes(),
            ring_.Get(KeyPurpose::kBlindIndex).key.Bytes());
  EXPECT_THAT(KeyRing::Open(root_, kScope, rewrapped),
              HasReason("RECORD_UNREADABLE"));
}

TEST_F(ARing, OpensInNoOtherScope) {
  EXPECT_THAT(KeyRing::Open(root_, IdBytes{2}, wrapped_),
              HasReason("RECORD_UNREADABLE"));
}

TEST_F(ARing, OpensWithNoKeyInAnothersPlace) {
  std::swap(wrapped_[2].wrapped, wrapped_[3].wrapped);

  EXPECT_THAT(KeyRing::Open(root_, kScope, wrapped_),
              HasReason("RECORD_UNREADABLE"));
}

TEST_F(ARing, OpensOnlyWhole) {
  wrapped_.pop_back();

  EXPECT_THAT(KeyRing::Open(root_, kScope, wrapped_),
              HasReason("RECORD_UNREADABLE"));
}

}  // namespace
}  // namespace stegvis::seal
