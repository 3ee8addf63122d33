#include "services/envelope/public_key.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"
#include "services/base/errors.h"

namespace stegvis::envelope {
namespace {

constexpr size_t kDigestBytes = 32;
constexpr absl::string_view kBegin = "-----BEGIN PUBLIC KEY-----";
constexpr absl::string_view kEnd = "-----END PUBLIC KEY-----";

const unsigned char* Bytes(absl::string_view view) {
  return reinterpret_cast<const unsigned char*>(view.data());
}

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// OpenSSL skips what stands around a key, and takes the first of several: what
// somebody meant by that nobody knows.
bool IsOneKey(absl::string_view pem) {
  absl::string_view rest = absl::StripAsciiWhitespace(pem);
  return absl::ConsumePrefix(&rest, kBegin) &&
         absl::ConsumeSuffix(&rest, kEnd) && !absl::StrContains(rest, "-----");
}

// Empty when it cannot be worked out.
std::string IdOf(const EVP_PKEY& key) {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(&key, &der);
  if (size <= 0) return "";
  std::string digest(kDigestBytes, '\0');
  unsigned int written = 0;
  const bool done = EVP_Digest(der, static_cast<size_t>(size),
                               reinterpret_cast<unsigned char*>(digest.data()),
                               &written, EVP_sha256(), nullptr) == 1;
  OPENSSL_free(der);
  return done ? absl::BytesToHexString(digest) : "";
}

}  // namespace

absl::StatusOr<PublicKey> PublicKey::FromPem(absl::string_view pem) {
  if (!IsOneKey(pem)) return errors::PublicKeyInvalid();
  const std::unique_ptr<BIO, FreeBio> bio(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (bio == nullptr) return errors::PublicKeyInvalid();
  Handle key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
  if (key == nullptr || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return errors::PublicKeyInvalid();
  }
  std::string id = IdOf(*key);
  if (id.empty()) return errors::PublicKeyInvalid();
  return PublicKey(std::move(key), std::move(id));
}

bool PublicKey::Verifies(absl::string_view message,
                         absl::string_view signature) const {
  const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  return context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              key_.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(),
                          Bytes(message), message.size()) == 1;
}

}  // namespace stegvis::envelope
