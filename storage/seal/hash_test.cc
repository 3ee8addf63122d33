#include "storage/seal/hash.h"

#include <gtest/gtest.h>

#include <string>

#include "absl/strings/escaping.h"
#include "storage/seal/blind_index.h"

namespace stegvis::seal {
namespace {

using absl::BytesToHexString;
using absl::HexStringToBytes;

struct Vector {
  std::string key;
  std::string data;
  const char* mac;
};

// RFC 4231, sections 4.2 to 4.4 and 4.7.
TEST(HmacSha256, MakesThePublishedVectors) {
  const Vector vectors[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {std::string(131, '\xaa'),
       "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"}};

  for (const Vector& vector : vectors) {
    EXPECT_EQ(BytesToHexString(HmacSha256(vector.key, vector.data)),
              vector.mac);
  }
}

// FIPS 180-2, appendix B.1.
TEST(Sha256, MakesThePublishedVector) {
  EXPECT_EQ(BytesToHexString(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(BlindIndex, IsTheStartOfTheHmacOverTheTwelveDigits) {
  const std::string bytes(Key::kBytes, '\x07');
  const std::optional<Key> key = Key::FromBytes(bytes);

  EXPECT_EQ(BlindIndex(*key, "198505052380"),
            HmacSha256(bytes, "198505052380").substr(0, 16));
}

TEST(BlindIndex, DiffersByKeyAndByNumber) {
  const Key one = Key::Random();
  const Key other = Key::Random();

  EXPECT_EQ(BlindIndex(one, "198505052380"), BlindIndex(one, "198505052380"));
  EXPECT_NE(BlindIndex(one, "198505052380"), BlindIndex(other, "198505052380"));
  EXPECT_NE(BlindIndex(one, "198505052380"), BlindIndex(one, "198505052398"));
}

}  // namespace
}  // namespace stegvis::seal
