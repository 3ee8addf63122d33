#include "storage/seal/signer.h"

#include <gtest/gtest.h>

#include "absl/strings/escaping.h"

namespace stegvis::seal {
namespace {

struct Vector {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032, section 7.1, tests 1 to 3.
constexpr Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb882159"
     "0"
     "a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43"
     "e"
     "15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538"
     "d"
     "16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}};

std::string FromHex(const char* hex) { return absl::HexStringToBytes(hex); }

Key KeyOf(const char* hex) { return *Key::FromBytes(FromHex(hex)); }

TEST(Signer, MakesThePublishedSignatures) {
  for (const Vector& vector : kVectors) {
    const Key seed = KeyOf(vector.seed);

    EXPECT_EQ(PublicKeyOf(seed), FromHex(vector.public_key));
    EXPECT_EQ(Sign(seed, FromHex(vector.message)), FromHex(vector.signature));
    EXPECT_TRUE(IsSignedBy(FromHex(vector.public_key), FromHex(vector.message),
                           FromHex(vector.signature)));
  }
}

TEST(Signer, RefusesEveryChangedBit) {
  const Vector& vector = kVectors[2];
  const std::string key = FromHex(vector.public_key);
  const std::string message = FromHex(vector.message);
  const std::string signature = FromHex(vector.signature);
  for (size_t bit = 0; bit < signature.size() * 8; ++bit) {
    std::string changed = signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(IsSignedBy(key, message, changed)) << bit;
  }
  EXPECT_FALSE(IsSignedBy(key, "af83", signature));
  EXPECT_FALSE(IsSignedBy(FromHex(kVectors[0].public_key), message, signature));
}

// The order of the group added to S: the same point, but not the one signature.
TEST(Signer, RefusesASignatureThatIsNotReduced) {
  const Vector& vector = kVectors[0];
  std::string forged = FromHex(vector.signature);
  const std::string order = FromHex(
      "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  int carry = 0;
  for (size_t i = 0; i < order.size(); ++i) {
    const int sum = static_cast<unsigned char>(forged[32 + i]) +
                    static_cast<unsigned char>(order[i]) + carry;
    forged[32 + i] = static_cast<char>(sum);
    carry = sum >> 8;
  }

  EXPECT_FALSE(IsSignedBy(FromHex(vector.public_key), "", forged));
}

TEST(Signer, RefusesWhatHasNotTheRightLength) {
  const Vector& vector = kVectors[0];
  const std::string key = FromHex(vector.public_key);
  const std::string signature = FromHex(vector.signature);

  EXPECT_FALSE(IsSignedBy(key, "", ""));
  EXPECT_FALSE(IsSignedBy(key, "", signature + "x"));
  EXPECT_FALSE(IsSignedBy(key.substr(1), "", signature));
}

TEST(Signer, WritesThePublicKeyForOtherPrograms) {
  EXPECT_EQ(PublicKeyPem(FromHex(kVectors[0].public_key)),
            "-----BEGIN PUBLIC KEY-----\n"
            "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
            "-----END PUBLIC KEY-----\n");
}

}  // namespace
}  // namespace stegvis::seal
