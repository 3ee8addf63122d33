#include "storage/seal/aead.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/escaping.h"

namespace stegvis::seal {
namespace {

using absl::HexStringToBytes;

struct Vector {
  const char* key;
  const char* nonce;
  const char* associated;
  const char* plain;
  const char* cipher;
  const char* tag;
  bool opens = true;
};

// NIST CAVP, gcmtestvectors.zip, gcmDecrypt256.rsp: [Keylen = 256] [IVlen = 96]
// [PTlen = 128] [AADlen = 128] [Taglen = 128], Count 0 to 6. Those marked FAIL
// there must be refused.
const Vector kNistDecrypt[] = {
    {"54e352ea1d84bfe64a1011096111fbe7668ad2203d902a01458c3bbd85bfce14",
     "df7c3bca00396d0c018495d9", "7e968d71b50c1f11fd001f3fef49d045",
     "85fc3dfad9b5a8d3258e4fc44571bd3b", "426e0efc693b7be1f3018db7ddbb7e4d",
     "ee8257795be6a1164d7e1d2d6cac77a7"},
    {"82f0d1ddc58123f805541f55a7eab43f56ddfefc06c73d57709df3d5a4aabfb3",
     "0c9d74af29ed4406c77a8e4b", "34325620a392739beeee6c370967d539",
     "3fe7811a8224a1881da34a27e03da86a", "c61155d41495e9fc76060fe7f8c926a2",
     "66d8c881d66370504d2bf00cdb06259e"},
    {"9a0343f850a6427120f764789ffec6d237447b898fbf51d2182f065d3861497d",
     "3deef6f453dd70d92143adcd", "dbb8226a624520863db6897017b2a4f8", "",
     "e93165935ac18e3a2845d15fe31a9286", "f5fc50d18766bc3d9e16dd136d45816b",
     false},
    {"562a865ddc042577284b34b6cd267aa3e9adedf6b8a9e2490d5519eaea3daccc",
     "f20e5db286f3ee11835a5103", "c638e57814cd44f8af9730208f5464d5",
     "7e59320cc09d1ccfb49f7c90e81326dc", "ae62b52018c253be2463ff235cd3ff1d",
     "6e481954d30c503ce6d448fda4116578"},
    {"2a765ceac97265c15209eea90bea85cd9586b972160502ff592a306dc017e6b9",
     "62c545d9d4e3c7acb66b4bf1", "7d12474e23dc233bc6312d4d5b2deee4", "",
     "ae0594a7b66d3a958e4e6212d3288f91", "ec9aa846d185cc0f43d392240cd6e2c4",
     false},
    {"b919ab155fc93ad5f3bac0e9706999031a3175356b070bd45fa6dbe7099126d0",
     "e65d8f9f6b67d5b333191044", "b04f3b04764aa3208165e8374faea266",
     "0c5b45bf8168b2cd8069702624c68dc5", "3da7bfdbe0fc98a1b657f70b2c046f46",
     "d9bfbcb1a1027b0d5dbe9e0accf587b5"},
    {"2b44f83492c05b784b6d9405c64a0530eb9ac7fcd6d5d1f0e3d4ab015a07398b",
     "88c16315108517124ba3b280", "af6406f8222a287ef1086a264929dfc5", "",
     "a0df8e1083853d740e80dd77e3a78d10", "08d0184cb2cbec32ebbebb30fb253e74",
     false}};

// McGrew and Viega, "The Galois/Counter Mode of Operation", test cases 13
// to 16.
const Vector kGcmPaper[] = {
    {"0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "", "", "",
     "530f8afbc74536b9a963b4f1c4cb738b"},
    {"0000000000000000000000000000000000000000000000000000000000000000",
     "000000000000000000000000", "", "00000000000000000000000000000000",
     "cea7403d4d606b6e074ec5d3baf39d18", "d0d1c8a799996bf0265b98b5d48ab919"},
    {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888", "",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
     "b094dac5d93471bdec1a502270e3cc6c"},
    {"feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
     "cafebabefacedbaddecaf888", "feedfacedeadbeeffeedfacedeadbeefabaddad2",
     "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
     "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
     "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
     "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
     "76fc6ece0f4e1768cddf8853bb2d551b"}};

Key KeyOf(const Vector& vector) {
  return *Key::FromBytes(HexStringToBytes(vector.key));
}

std::string SealedOf(const Vector& vector) {
  return HexStringToBytes(vector.cipher) + HexStringToBytes(vector.tag);
}

TEST(Aead, OpensAndRefusesThePublishedVectors) {
  for (const Vector& vector : kNistDecrypt) {
    std::string plain = "what was there before";

    const bool opened =
        Decrypt(KeyOf(vector), HexStringToBytes(vector.nonce),
                {HexStringToBytes(vector.associated)}, SealedOf(vector), plain);

    EXPECT_EQ(opened, vector.opens) << vector.key;
    EXPECT_EQ(plain, HexStringToBytes(vector.plain)) << vector.key;
  }
}

TEST(Aead, MakesThePublishedVectors) {
  std::vector<Vector> vectors(std::begin(kGcmPaper), std::end(kGcmPaper));
  for (const Vector& vector : kNistDecrypt) {
    if (vector.opens) vectors.push_back(vector);
  }
  for (const Vector& vector : vectors) {
    std::string sealed = "before";

    ASSERT_TRUE(Encrypt(KeyOf(vector), HexStringToBytes(vector.nonce),
                        {HexStringToBytes(vector.associated)},
                        HexStringToBytes(vector.plain), sealed));

    EXPECT_EQ(sealed, "before" + SealedOf(vector)) << vector.tag;
    std::string plain;
    EXPECT_TRUE(Decrypt(KeyOf(vector), HexStringToBytes(vector.nonce),
                        {HexStringToBytes(vector.associated)}, SealedOf(vector),
                        plain));
    EXPECT_EQ(plain, HexStringToBytes(vector.plain));
  }
}

TEST(Aead, RefusesEveryFlippedBit) {
  const Vector& vector = kGcmPaper[3];
  const std::string sealed = SealedOf(vector);
  for (size_t bit = 0; bit < sealed.size() * 8; ++bit) {
    std::string flipped = sealed;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    std::string plain;

    EXPECT_FALSE(Decrypt(KeyOf(vector), HexStringToBytes(vector.nonce),
                         {HexStringToBytes(vector.associated)}, flipped,
                         plain));
    EXPECT_TRUE(plain.empty());
  }
}

TEST(Aead, RefusesWhatIsTooShortForATag) {
  std::string plain;

  EXPECT_FALSE(Decrypt(Key::Random(), std::string(kNonceBytes, 'n'), {},
                       std::string(kTagBytes - 1, 't'), plain));
}

TEST(Aead, RefusesANonceOfAnotherLength) {
  std::string sealed;

  EXPECT_FALSE(Encrypt(Key::Random(), "short", {}, "text", sealed));
}

}  // namespace
}  // namespace stegvis::seal
