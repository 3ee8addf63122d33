#include "services/envelope/envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <memory>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "services/envelope/public_key.h"
#include "tests/support/status_matchers.h"

namespace stegvis::envelope {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::AnyOf;
using ::testing::HasSubstr;

// RFC 8032, section 7.1, TEST 1, 2 and 3.
struct Vector {
  const char *seed, *key, *message, *signature;
};
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
     "16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"},
};

std::string Bytes(const std::string& hex) {
  return absl::HexStringToBytes(hex);
}

// RFC 8410: what stands before the 32 bytes of the key.
std::string PemOf(const Vector& vector) {
  return absl::StrCat("-----BEGIN PUBLIC KEY-----\n",
                      absl::Base64Escape(Bytes(absl::StrCat(
                          "302a300506032b6570032100", vector.key))),
                      "\n-----END PUBLIC KEY-----\n");
}

std::string Sign(const Vector& vector, const std::string& message) {
  const std::string seed = Bytes(vector.seed);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      EVP_PKEY_new_raw_private_key(
          EVP_PKEY_ED25519, nullptr,
          reinterpret_cast<const unsigned char*>(seed.data()), seed.size()),
      &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
      EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::string signature(64, '\0');
  size_t size = signature.size();
  EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get());
  EVP_DigestSign(
      context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
      reinterpret_cast<const unsigned char*>(message.data()), message.size());
  return signature;
}

v1::SignedEnvelope AnEnvelope(const Vector& signer) {
  v1::SignedEnvelope envelope;
  envelope.set_payload_type("text/plain");
  envelope.set_payload("11 av 20 arbetar eller studerar");
  v1::EnvelopeSignature& signature = *envelope.add_signatures();
  signature.set_keyid(PublicKey::FromPem(PemOf(signer))->Id());
  signature.set_sig(Sign(
      signer,
      PreAuthenticationEncoding(envelope.payload_type(), envelope.payload())));
  return envelope;
}

TEST(PublicKey, VerifiesTheVectorsOfTheRfc) {
  for (const Vector& vector : kVectors) {
    const absl::StatusOr<PublicKey> key = PublicKey::FromPem(PemOf(vector));

    ASSERT_THAT(key, IsOk());
    EXPECT_TRUE(key->Verifies(Bytes(vector.message), Bytes(vector.signature)));
    EXPECT_FALSE(
        key->Verifies(Bytes(vector.message) + "x", Bytes(vector.signature)));
    EXPECT_FALSE(key->Verifies(Bytes(vector.message),
                               Bytes(vector.signature).substr(1)));
  }
}

TEST(PublicKey, HasTheDigestOfItsDerAsId) {
  // openssl pkey -pubin -in key.pem -outform DER | sha256sum
  EXPECT_EQ(PublicKey::FromPem(PemOf(kVectors[0]))->Id(),
            "06e3fd8fda29bb60ab59557de61edb0a"
            "ecdb231134be30e75b455f8e1b792fa9");
}

TEST(PublicKey, IsRefusedWhenItIsNoneOrOneOfSeveral) {
  const std::string one = PemOf(kVectors[0]);
  for (const std::string& text :
       {std::string(), std::string("nyckel"), one + PemOf(kVectors[1]),
        "text före\n" + one, one.substr(0, one.size() / 2),
        // An X25519 key is another kind.
        absl::StrCat("-----BEGIN PUBLIC KEY-----\n",
                     absl::Base64Escape(Bytes(absl::StrCat(
                         "302a300506032b656e032100", kVectors[0].key))),
                     "\n-----END PUBLIC KEY-----\n")}) {
    EXPECT_THAT(PublicKey::FromPem(text).status(),
                HasReason("PUBLIC_KEY_INVALID"))
        << text;
  }
}

TEST(PreAuthenticationEncoding, IsThatOfTheSpecification) {
  EXPECT_EQ(
      PreAuthenticationEncoding("http://example.com/HelloWorld", "hello world"),
      "DSSEv1 29 http://example.com/HelloWorld 11 hello world");
}

TEST(Envelope, IsWrittenAsOthersWriteIt) {
  const std::string file = WriteEnvelope(AnEnvelope(kVectors[0]));

  EXPECT_THAT(file, HasSubstr("\"payloadType\": \"text/plain\""));
  EXPECT_THAT(file, HasSubstr("\"payload\": \"MTEgYXYgMjA"));
  EXPECT_THAT(file, HasSubstr("\"signatures\": ["));
  EXPECT_THAT(file, HasSubstr("\"keyid\": \""));
  EXPECT_THAT(file, HasSubstr("\"sig\": \""));
}

TEST(Envelope, VerifiesWithTheKeyThatSignedIt) {
  const auto read = ReadEnvelope(WriteEnvelope(AnEnvelope(kVectors[0])));

  ASSERT_THAT(read, IsOk());
  EXPECT_THAT(Verify(PemOf(kVectors[0]), *read), IsOk());
}

TEST(Envelope, OfAnotherKeySaysSo) {
  v1::SignedEnvelope envelope = AnEnvelope(kVectors[0]);
  EXPECT_THAT(Verify(PemOf(kVectors[1]), envelope), HasReason("KEY_DIFFERS"));

  // Who signed is only a hint: without it the signature decides.
  envelope.mutable_signatures(0)->clear_keyid();
  EXPECT_THAT(Verify(PemOf(kVectors[1]), envelope),
              HasReason("SIGNATURE_INVALID"));
  EXPECT_THAT(Verify(PemOf(kVectors[0]), envelope), IsOk());
}

TEST(Envelope, VerifiesByAnyOfItsSignatures) {
  v1::SignedEnvelope envelope = AnEnvelope(kVectors[0]);
  *envelope.add_signatures() = AnEnvelope(kVectors[1]).signatures(0);

  EXPECT_THAT(Verify(PemOf(kVectors[0]), envelope), IsOk());
  EXPECT_THAT(Verify(PemOf(kVectors[1]), envelope), IsOk());
  EXPECT_THAT(Verify(PemOf(kVectors[2]), envelope), HasReason("KEY_DIFFERS"));
}

TEST(Envelope, WithAnotherTypeOrPayloadIsNotSigned) {
  v1::SignedEnvelope typed = AnEnvelope(kVectors[0]);
  typed.set_payload_type("text/html");
  EXPECT_THAT(Verify(PemOf(kVectors[0]), typed),
              HasReason("SIGNATURE_INVALID"));

  v1::SignedEnvelope changed = AnEnvelope(kVectors[0]);
  changed.set_payload("12 av 20 arbetar eller studerar");
  EXPECT_THAT(Verify(PemOf(kVectors[0]), changed),
              HasReason("SIGNATURE_INVALID"));
}

TEST(Envelope, WithAnyByteFlippedSaysNothingElseThanItDid) {
  const v1::SignedEnvelope signed_one = AnEnvelope(kVectors[0]);
  const std::string file = WriteEnvelope(signed_one);
  int refused = 0;
  for (size_t i = 0; i < file.size(); ++i) {
    std::string flipped = file;
    flipped[i] = static_cast<char>(flipped[i] ^ 1);
    absl::StatusOr<v1::SignedEnvelope> read = ReadEnvelope(flipped);
    const absl::Status status =
        read.ok() ? Verify(PemOf(kVectors[0]), *read) : read.status();
    if (status.ok()) {
      // A space more or less: what it says is the same.
      EXPECT_EQ(read->payload(), signed_one.payload()) << "byte " << i;
      EXPECT_EQ(read->payload_type(), signed_one.payload_type());
    } else {
      EXPECT_THAT(status, AnyOf(HasReason("ENVELOPE_INVALID"),
                                HasReason("SIGNATURE_INVALID"),
                                HasReason("KEY_DIFFERS")))
          << "byte " << i;
      ++refused;
    }
  }
  EXPECT_GT(refused, static_cast<int>(file.size()) * 9 / 10);
}

TEST(Envelope, CutOffAnywhereIsRefused) {
  const std::string file = WriteEnvelope(AnEnvelope(kVectors[0]));
  const size_t last_brace = file.rfind('}');
  for (size_t size = 0; size <= last_brace; ++size) {
    EXPECT_THAT(ReadEnvelope(file.substr(0, size)).status(),
                HasReason("ENVELOPE_INVALID"))
        << size;
  }
}

TEST(Envelope, ThatNobodySignedIsReadAsSuchAlone) {
  v1::SignedEnvelope envelope = AnEnvelope(kVectors[0]);
  EXPECT_THAT(ReadUnsigned(WriteEnvelope(envelope)),
              HasReason("ENVELOPE_INVALID"));

  envelope.clear_signatures();
  const std::string file = WriteEnvelope(envelope);
  const auto read = ReadUnsigned(file);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->payload(), envelope.payload());
  EXPECT_THAT(ReadEnvelope(file), HasReason("ENVELOPE_INVALID"));
}

TEST(Envelope, WithUnknownFieldsOrWithoutSignatureIsRefused) {
  for (const char* file :
       {"{}", "[]", R"({"payloadType":"a","payload":"YQ=="})",
        R"({"payloadType":"a","payload":"YQ==","signatures":[{"sig":"YQ=="}],)"
        R"("more":1})"}) {
    EXPECT_THAT(ReadEnvelope(file).status(), HasReason("ENVELOPE_INVALID"))
        << file;
  }
}

}  // namespace
}  // namespace stegvis::envelope
