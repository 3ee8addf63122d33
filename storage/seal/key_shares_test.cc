#include "storage/seal/key_shares.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <bitset>
#include <cstdlib>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "storage/seal/hash.h"
#include "tests/support/status_matchers.h"

namespace stegvis::seal {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::SizeIs;

KeyShare Copy(const KeyShare& share) {
  return {share.set, share.number, *Key::FromBytes(share.bytes.Bytes())};
}

// Those whose bit is set in `chosen`.
std::vector<KeyShare> Some(const std::vector<KeyShare>& shares,
                           unsigned int chosen) {
  std::vector<KeyShare> some;
  for (size_t i = 0; i < shares.size(); ++i) {
    if ((chosen >> i & 1U) != 0) some.push_back(Copy(shares[i]));
  }
  return some;
}

size_t HowMany(unsigned int chosen) { return std::bitset<32>(chosen).count(); }

class SharesOfAKey : public ::testing::Test {
 protected:
  std::vector<KeyShare> Make(const Sharing& sharing) const {
    absl::StatusOr<std::vector<KeyShare>> made = Split(key_, sharing);
    EXPECT_THAT(made, IsOk());
    return *std::move(made);
  }

  const VersionedKey key_ = {Key::Random(), 7};
};

TEST_F(SharesOfAKey, GiveItBackInEverySubsetThatIsLargeEnough) {
  for (int of = 2; of <= 6; ++of) {
    for (int need = 2; need <= of; ++need) {
      const std::vector<KeyShare> shares = Make({of, need});
      ASSERT_THAT(shares, SizeIs(of));
      for (unsigned int chosen = 0; chosen < 1U << of; ++chosen) {
        const absl::StatusOr<VersionedKey> key = Combine(Some(shares, chosen));
        if (HowMany(chosen) < static_cast<size_t>(need)) {
          EXPECT_THAT(key, HasReason("KEY_SHARES_TOO_FEW")) << chosen;
          continue;
        }
        ASSERT_THAT(key, IsOk()) << need << " of " << of << ": " << chosen;
        EXPECT_TRUE(key->key.Equals(key_.key));
        EXPECT_EQ(key->version, 7U);
      }
    }
  }
}

TEST_F(SharesOfAKey, GiveItBackInAnyOrder) {
  std::vector<KeyShare> shares = Make({20, 3});
  std::vector<KeyShare> some;
  for (const size_t i : {19U, 0U, 7U}) some.push_back(Copy(shares[i]));

  const absl::StatusOr<VersionedKey> key = Combine(some);

  ASSERT_THAT(key, IsOk());
  EXPECT_TRUE(key->key.Equals(key_.key));
}

TEST_F(SharesOfAKey, AreRefusedOutsideTheLimits) {
  for (const Sharing& sharing : std::vector<Sharing>{
           {3, 1}, {1, 1}, {2, 3}, {21, 2}, {0, 0}, {-3, -4}}) {
    const auto made = Split(key_, sharing);
    EXPECT_THAT(made, HasReason("OUT_OF_RANGE")) << sharing.of;
    EXPECT_THAT(made, HasFault("need", "OUT_OF_RANGE"));
  }
  EXPECT_THAT(Make({20, 20}), SizeIs(20));
}

// Shares that claim to be enough although they are not.
TEST_F(SharesOfAKey, GiveAnotherKeyWhenTheyAreFewerThanTheKeyWasSplitFor) {
  for (int need = 3; need <= 6; ++need) {
    std::vector<KeyShare> shares = Make({need, need});
    shares.pop_back();
    for (KeyShare& share : shares) {
      share.set.need = static_cast<uint8_t>(need - 1);
    }
    EXPECT_THAT(Combine(shares), HasReason("KEY_SHARES_WRONG")) << need;
  }
}

// A share alone must be able to be anything. Each byte of each share takes
// every value when one key is split often; that one value of 256 never comes
// in 10 000 draws has the probability 256 · (255/256)^10000 < 10^-14.
TEST_F(SharesOfAKey, MayEachHoldAnythingWhateverTheKey) {
  std::array<std::set<char>, Key::kBytes> seen_in_first, seen_in_second;
  for (int i = 0; i < 10'000; ++i) {
    const std::vector<KeyShare> shares = Make({2, 2});
    for (size_t at = 0; at < Key::kBytes; ++at) {
      seen_in_first[at].insert(shares[0].bytes.Bytes()[at]);
      seen_in_second[at].insert(shares[1].bytes.Bytes()[at]);
    }
  }
  EXPECT_THAT(seen_in_first, ::testing::Each(SizeIs(256)));
  EXPECT_THAT(seen_in_second, ::testing::Each(SizeIs(256)));
}

// What the library itself takes random(3) for: seeded alike, it gives alike.
TEST_F(SharesOfAKey, DoNotComeFromTheLibrarysOwnRandomness) {
  srandom(1);
  const std::vector<KeyShare> first = Make({2, 2});
  srandom(1);
  const std::vector<KeyShare> second = Make({2, 2});

  EXPECT_FALSE(first[0].bytes.Equals(second[0].bytes));
}

TEST_F(SharesOfAKey, DoNotGoTogetherWithThoseOfAnotherTime) {
  const std::vector<KeyShare> first = Make({3, 2});
  const std::vector<KeyShare> second = Make({3, 2});
  std::vector<KeyShare> mixed = Some(first, 1);
  mixed.push_back(Copy(second[1]));

  EXPECT_THAT(Combine(mixed), HasReason("KEY_SHARES_MIXED"));

  const std::vector<std::function<void(ShareSet&)>> changes = {
      [](ShareSet& set) { set.id[3] ^= 1; }, [](ShareSet& set) { ++set.need; },
      [](ShareSet& set) { ++set.of; }, [](ShareSet& set) { ++set.key_version; },
      [](ShareSet& set) { set.fingerprint[7] ^= 1; }};
  for (const auto& change : changes) {
    std::vector<KeyShare> some = Some(first, 3);
    change(some[1].set);
    EXPECT_THAT(Combine(some), HasReason("KEY_SHARES_MIXED"));
  }
}

TEST_F(SharesOfAKey, AreRefusedTwice) {
  std::vector<KeyShare> shares = Make({3, 2});
  std::vector<KeyShare> twice = Some(shares, 1);
  twice.push_back(Copy(shares[0]));
  EXPECT_THAT(Combine(twice), HasReason("KEY_SHARE_TWICE"));

  // Also beside enough others.
  shares.push_back(Copy(shares[2]));
  EXPECT_THAT(Combine(shares), HasReason("KEY_SHARE_TWICE"));
}

TEST_F(SharesOfAKey, AreTooFewWhenThereAreNone) {
  EXPECT_THAT(Combine({}), HasReason("KEY_SHARES_TOO_FEW"));
}

TEST_F(SharesOfAKey, GiveNoKeyWithAFalseOneAmongThem) {
  for (size_t at = 0; at < 3; ++at) {
    std::vector<KeyShare> shares = Make({3, 2});
    shares[at].bytes = Key::Random();
    // Also where there would be enough without it.
    EXPECT_THAT(Combine(shares), HasReason("KEY_SHARES_WRONG")) << at;
  }
  std::vector<KeyShare> shares = Make({2, 2});
  std::swap(shares[0].number, shares[1].number);
  EXPECT_THAT(Combine(shares), HasReason("KEY_SHARES_WRONG"));
}

TEST_F(SharesOfAKey, GiveNoKeyUnderTheFingerprintOfAnother) {
  std::vector<KeyShare> shares = Make({2, 2});
  for (KeyShare& share : shares) share.set.fingerprint[0] ^= 1;

  EXPECT_THAT(Combine(shares), HasReason("KEY_SHARES_WRONG"));
}

TEST_F(SharesOfAKey, SayTheirFingerprintAsItIsWrittenDown) {
  const std::vector<KeyShare> shares = Make({2, 2});

  const std::string hash = HmacSha256(key_.key.Bytes(), "stegvis key share");
  const auto& fingerprint = shares[0].set.fingerprint;
  EXPECT_EQ(std::string(fingerprint.begin(), fingerprint.end()),
            hash.substr(0, 8));
}

}  // namespace
}  // namespace stegvis::seal
