#include "storage/seal/signer.h"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cstdlib>
#include <memory>

namespace stegvis::seal {
namespace {

constexpr size_t kPublicKeyBytes = 32;
constexpr size_t kSignatureBytes = 64;

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using PublicOrPrivateKey = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<EVP_MD_CTX, Free>;

const unsigned char* Bytes(absl::string_view view) {
  return reinterpret_cast<const unsigned char*>(view.data());
}

PublicOrPrivateKey PrivateKey(const Key& seed) {
  PublicOrPrivateKey key(EVP_PKEY_new_raw_private_key(
      EVP_PKEY_ED25519, nullptr, Bytes(seed.Bytes()), Key::kBytes));
  // It fails only without memory.
  if (key == nullptr) std::abort();
  return key;
}

PublicOrPrivateKey PublicKey(absl::string_view bytes) {
  return PublicOrPrivateKey(EVP_PKEY_new_raw_public_key(
      EVP_PKEY_ED25519, nullptr, Bytes(bytes), bytes.size()));
}

}  // namespace

std::string Sign(const Key& seed, absl::string_view message) {
  const PublicOrPrivateKey key = PrivateKey(seed);
  const Context context(EVP_MD_CTX_new());
  std::string signature(kSignatureBytes, '\0');
  size_t written = signature.size();
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) !=
          1 ||
      EVP_DigestSign(context.get(),
                     reinterpret_cast<unsigned char*>(signature.data()),
                     &written, Bytes(message), message.size()) != 1) {
    std::abort();
  }
  return signature;
}

std::string PublicKeyOf(const Key& seed) {
  const PublicOrPrivateKey key = PrivateKey(seed);
  std::string bytes(kPublicKeyBytes, '\0');
  size_t written = bytes.size();
  if (EVP_PKEY_get_raw_public_key(
          key.get(), reinterpret_cast<unsigned char*>(bytes.data()),
          &written) != 1) {
    std::abort();
  }
  return bytes;
}

bool IsSignedBy(absl::string_view public_key, absl::string_view message,
                absl::string_view signature) {
  const PublicOrPrivateKey key = PublicKey(public_key);
  const Context context(EVP_MD_CTX_new());
  return key != nullptr && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                              key.get()) == 1 &&
         EVP_DigestVerify(context.get(), Bytes(signature), signature.size(),
                          Bytes(message), message.size()) == 1;
}

std::string PublicKeyPem(absl::string_view public_key) {
  const PublicOrPrivateKey key = PublicKey(public_key);
  const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_mem()));
  if (key == nullptr || bio == nullptr ||
      PEM_write_bio_PUBKEY(bio.get(), key.get()) != 1) {
    return "";
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return std::string(text, static_cast<size_t>(size));
}

}  // namespace stegvis::seal
