#include "storage/seal/key_ring.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
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
  static std::shared_ptr<const VersionedKey> NewRoot(uint32_t version) {
    return std::make_shared<const VersionedKey>(
        VersionedKey{Key::Random(), version});
  }

  KeyVersions roots_ = {NewRoot(1)};
  KeyRing ring_ = KeyRing::Create();
  std::vector<WrappedKey> wrapped_ = ring_.Wrap(*roots_[0], kScope).value();
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
  const absl::StatusOr<KeyRing> opened =
      KeyRing::Open(roots_, kScope, wrapped_);

  ASSERT_THAT(opened, IsOk());
  for (KeyPurpose purpose : kAllKeyPurposes) {
    EXPECT_EQ(opened->Get(purpose).key.Bytes(), ring_.Get(purpose).key.Bytes());
  }
}

TEST_F(ARing, KeepsItsKeysWhenTheKeySourceIsReplaced) {
  const KeyVersions next = {NewRoot(2)};

  const std::vector<WrappedKey> rewrapped =
      ring_.WrapWithNewScopeKey(*next[0], kScope).value();

  const absl::StatusOr<KeyRing> opened = KeyRing::Open(next, kScope, rewrapped);
  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->Get(KeyPurpose::kBlindIndex).key.Bytes(),
            ring_.Get(KeyPurpose::kBlindIndex).key.Bytes());
  EXPECT_THAT(KeyRing::Open(roots_, kScope, rewrapped),
              HasReason("RECORD_UNREADABLE"));
}

TEST_F(ARing, HasTheOldScopeKeyBesideTheNewOneWhileBothAreStored) {
  const SealPlace place("participation");
  const Key secret = Key::Random();
  const std::string under_old = ring_.WrapInScope(place, secret).value();
  roots_.push_back(NewRoot(2));
  std::vector<WrappedKey> rows =
      ring_.WrapWithNewScopeKey(*roots_[1], kScope).value();
  for (const WrappedKey& row : wrapped_) {
    if (row.purpose == KeyPurpose::kScope) rows.push_back(row);
  }

  const KeyRing both = KeyRing::Open(roots_, kScope, rows).value();

  EXPECT_EQ(both.ScopeVersion(), 2U);
  EXPECT_TRUE(both.HasScopeKeyOf(under_old));
  EXPECT_TRUE(both.UnwrapInScope(place, under_old).value().Equals(secret));
  const std::string under_new = both.WrapInScope(place, secret).value();
  EXPECT_EQ(KeyVersionOf(under_new), 2U);
  EXPECT_FALSE(ring_.HasScopeKeyOf(under_new));
  EXPECT_THAT(ring_.UnwrapInScope(place, under_new),
              HasReason("RECORD_UNREADABLE"));

  const KeyRing newest = both.WithoutOlder();

  EXPECT_TRUE(newest.UnwrapInScope(place, under_new).value().Equals(secret));
  EXPECT_THAT(newest.UnwrapInScope(place, under_old),
              HasReason("RECORD_UNREADABLE"));
  EXPECT_TRUE(newest.Get(KeyPurpose::kSigning)
                  .key.Equals(ring_.Get(KeyPurpose::kSigning).key));
}

TEST_F(ARing, OpensWithoutAnOlderScopeKeyThatIsDamaged) {
  roots_.push_back(NewRoot(2));
  std::vector<WrappedKey> rows =
      ring_.WrapWithNewScopeKey(*roots_[1], kScope).value();
  for (WrappedKey row : wrapped_) {
    if (row.purpose != KeyPurpose::kScope) continue;
    row.wrapped.back() = static_cast<char>(row.wrapped.back() ^ 1);
    rows.push_back(row);
  }

  const absl::StatusOr<KeyRing> opened = KeyRing::Open(roots_, kScope, rows);

  ASSERT_THAT(opened, IsOk());
  EXPECT_EQ(opened->ScopeVersion(), 2U);
}

TEST_F(ARing, OpensInNoOtherScope) {
  EXPECT_THAT(KeyRing::Open(roots_, IdBytes{2}, wrapped_),
              HasReason("RECORD_UNREADABLE"));
}

TEST_F(ARing, OpensWithNoKeyInAnothersPlace) {
  std::swap(wrapped_[2].wrapped, wrapped_[3].wrapped);

  EXPECT_THAT(KeyRing::Open(roots_, kScope, wrapped_),
              HasReason("RECORD_UNREADABLE"));
}

TEST_F(ARing, OpensOnlyWhole) {
  wrapped_.pop_back();

  EXPECT_THAT(KeyRing::Open(roots_, kScope, wrapped_),
              HasReason("RECORD_UNREADABLE"));
}

}  // namespace
}  // namespace stegvis::seal
