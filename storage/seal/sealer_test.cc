#include "storage/seal/sealer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "storage/seal/aead.h"
#include "tests/support/status_matchers.h"

namespace stegvis::seal {
namespace {

using absl::BytesToHexString;
using absl::HexStringToBytes;
using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;

VersionedKey CountingKey(uint32_t version) {
  std::string bytes;
  for (size_t i = 0; i < Key::kBytes; ++i) bytes += static_cast<char>(i);
  return VersionedKey{*Key::FromBytes(bytes), version};
}

SealPlace APlace() {
  SealPlace place("audit_entry");
  place.Column("scope_id", std::string(16, '\x11'))
      .Column("sequence", int64_t{3})
      .Column("recorded_at", int64_t{1'700'000'000'000'000});
  return place;
}

// The worked example of storage/README.md, "The sealed record, byte by byte".
constexpr char kExamplePlace[] =
    "0000000b61756469745f656e747279"
    "0000000873636f70655f6964"
    "0000001011111111111111111111111111111111"
    "0000000873657175656e6365"
    "000000080000000000000003"
    "0000000b7265636f726465645f6174"
    "0000000800060a24181e4000";
constexpr char kExampleStart[] = "0100000002a0a1a2a3a4a5a6a7a8a9aaab";
constexpr char kExampleSealed[] =
    "0100000002a0a1a2a3a4a5a6a7a8a9aaabe6187c2a36bf67d8140cf4d3077ac0"
    "de70ac591092b7426c9c0e26867fab7501d27647ffaf22533d5f9c04c8097a83"
    "f9471b464862d01a7e415e0b5ea47085b0b4bc856f30a5e4e0f4e2ff188fcecc"
    "bacd0baba4c5c1997aee753e9ab19a4d948f842bab03ae8f9b9edb06508588ed"
    "28245061aede359b3c2fcfdea4b455f24dc511b07fd34280173759fe8b124a91"
    "d688d9ad6bbed0fa8cfdcdbdf5afc7342bc6181fb1b66a4016820a2b226fd2b6"
    "e17726fd980266ae3e828276395c821f5734364cc960d1bbedf35d40cf492432"
    "b552e9e4e83f63d8b8edc158e55dc6da103940e2ee63383e27c82086e5268762";

TEST(GoldenSeal, ThePlaceIsWhatTheReadmeSays) {
  EXPECT_EQ(BytesToHexString(APlace().Bytes()), kExamplePlace);
}

// Nonces are random, so the example's is opened here and made with the bare
// cipher below.
TEST(GoldenSeal, TheExampleOfTheReadmeOpens) {
  std::string buffer;

  const auto text =
      Open(CountingKey(2), APlace(), HexStringToBytes(kExampleSealed), buffer);

  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(*text, "stegvis");
}

TEST(GoldenSeal, TheExampleOfTheReadmeIsMadeOfItsParts) {
  const std::string start = HexStringToBytes(kExampleStart);
  const std::string plain =
      std::string("\0\0\0\7stegvis", 11) + std::string(212, '\0');
  std::string sealed = start;

  ASSERT_TRUE(Encrypt(CountingKey(2).key, start.substr(5),
                      {start.substr(0, 5), APlace().Bytes()}, plain, sealed));

  EXPECT_EQ(BytesToHexString(sealed), kExampleSealed);
  EXPECT_EQ(sealed.size(), kPadding);
}

TEST(GoldenSeal, TheReadmeShowsThisExample) {
  std::ifstream file(absl::StrCat(STEGVIS_SOURCE_DIR, "/storage/README.md"));
  std::string shown;
  for (std::string line; std::getline(file, line);) {
    // Of the associated data, without the words beside it.
    shown += line.substr(0, line.find('"'));
  }
  shown.erase(std::remove(shown.begin(), shown.end(), ' '), shown.end());

  EXPECT_THAT(shown, HasSubstr(kExampleSealed));
  EXPECT_THAT(shown, HasSubstr(kExamplePlace));
}

class ASeal : public ::testing::Test {
 protected:
  ASeal() { EXPECT_THAT(Seal(key_, APlace(), "a text", sealed_), IsOk()); }

  absl::Status OpenAt(const SealPlace& place) {
    std::string buffer;
    return Open(key_, place, sealed_, buffer).status();
  }

  const VersionedKey key_{Key::Random(), 1};
  std::string sealed_;
};

TEST_F(ASeal, OpensInItsPlace) {
  std::string buffer;

  EXPECT_EQ(Open(key_, APlace(), sealed_, buffer).value(), "a text");
}

TEST_F(ASeal, IsAsLongAsAMultipleOf256) {
  for (const size_t size : {0U, 1U, 218U, 219U, 220U, 475U, 476U, 5000U}) {
    const std::string text(size, 'x');
    ASSERT_THAT(Seal(key_, APlace(), text, sealed_), IsOk());

    EXPECT_EQ(sealed_.size(), (size + 37 + 255) / 256 * 256) << size;
    std::string buffer;
    EXPECT_EQ(Open(key_, APlace(), sealed_, buffer).value(), text);
  }
}

TEST_F(ASeal, IsAnotherEachTime) {
  std::set<std::string> nonces;
  for (int i = 0; i < 1000; ++i) {
    ASSERT_THAT(Seal(key_, APlace(), "a text", sealed_), IsOk());
    nonces.insert(sealed_.substr(5, kNonceBytes));
  }

  EXPECT_EQ(nonces.size(), 1000U);
}

TEST_F(ASeal, OpensWithNoBitFlipped) {
  const std::string whole = sealed_;
  for (size_t bit = 0; bit < whole.size() * 8; ++bit) {
    sealed_ = whole;
    sealed_[bit / 8] = static_cast<char>(sealed_[bit / 8] ^ (1 << (bit % 8)));

    EXPECT_THAT(OpenAt(APlace()), HasReason("RECORD_UNREADABLE")) << bit;
  }
}

TEST_F(ASeal, OpensAtNoOtherLength) {
  const std::string whole = sealed_;
  for (size_t size = 0; size < whole.size(); ++size) {
    sealed_ = whole.substr(0, size);
    EXPECT_THAT(OpenAt(APlace()), HasReason("RECORD_UNREADABLE")) << size;
  }
  sealed_ = whole + '\0';
  EXPECT_THAT(OpenAt(APlace()), HasReason("RECORD_UNREADABLE"));
}

TEST_F(ASeal, OpensInNoOtherPlace) {
  const std::string scope(16, '\x11');
  SealPlace other_table("audit_entr");
  other_table.Column("yscope_id", scope)
      .Column("sequence", int64_t{3})
      .Column("recorded_at", int64_t{1'700'000'000'000'000});
  SealPlace other_value("audit_entry");
  other_value.Column("scope_id", scope)
      .Column("sequence", int64_t{4})
      .Column("recorded_at", int64_t{1'700'000'000'000'000});
  SealPlace column_less("audit_entry");
  column_less.Column("scope_id", scope).Column("sequence", int64_t{3});
  SealPlace column_more = APlace();
  column_more.Column("more", "");

  for (const SealPlace& place :
       {other_table, other_value, column_less, column_more}) {
    EXPECT_THAT(OpenAt(place), HasReason("RECORD_UNREADABLE"));
  }
}

TEST_F(ASeal, OpensWithNoOtherKeyOrVersion) {
  const VersionedKey other{Key::Random(), 1};
  const VersionedKey later{*Key::FromBytes(key_.key.Bytes()), 2};
  std::string buffer;

  EXPECT_THAT(Open(other, APlace(), sealed_, buffer),
              HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Open(later, APlace(), sealed_, buffer),
              HasReason("RECORD_UNREADABLE"));
}

TEST(AWrappedKey, ComesBackInItsPlaceAlone) {
  const VersionedKey wrapping{Key::Random(), 3};
  const Key secret = Key::Random();

  const std::string wrapped = Wrap(wrapping, APlace(), secret).value();

  EXPECT_EQ(wrapped.size(), 65U);
  EXPECT_EQ(Unwrap(wrapping, APlace(), wrapped).value().Bytes(),
            secret.Bytes());
  EXPECT_THAT(Unwrap(wrapping, SealPlace("other"), wrapped),
              HasReason("RECORD_UNREADABLE"));
}

TEST(AWrappedKey, IsNoRecordAndNoRecordIsAWrappedKey) {
  const VersionedKey key{Key::Random(), 1};
  const std::string wrapped = Wrap(key, APlace(), Key::Random()).value();
  std::string sealed;
  ASSERT_THAT(Seal(key, APlace(), "text", sealed), IsOk());
  std::string buffer;

  EXPECT_THAT(Open(key, APlace(), wrapped, buffer),
              HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(Unwrap(key, APlace(), sealed), HasReason("RECORD_UNREADABLE"));
}

}  // namespace
}  // namespace stegvis::seal
