#include "storage/seal/hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/sha.h>

#include <cstdlib>
#include <memory>

namespace stegvis::seal {
namespace {

constexpr size_t kHashBytes = 32;

struct Free {
  void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, Free>;

const unsigned char* Bytes(absl::string_view view) {
  return reinterpret_cast<const unsigned char*>(view.data());
}

MacContext NewContext() {
  const std::unique_ptr<EVP_MAC, Free> mac(
      EVP_MAC_fetch(nullptr, OSSL_MAC_NAME_HMAC, nullptr));
  MacContext context(mac == nullptr ? nullptr : EVP_MAC_CTX_new(mac.get()));
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  if (context == nullptr ||
      EVP_MAC_CTX_set_params(context.get(), parameters) != 1) {
    std::abort();
  }
  return context;
}

}  // namespace

std::string Sha256(absl::string_view data) {
  std::string hash(kHashBytes, '\0');
  SHA256(Bytes(data), data.size(),
         reinterpret_cast<unsigned char*>(hash.data()));
  return hash;
}

std::string HmacSha256(absl::string_view key, absl::string_view data) {
  thread_local const MacContext context = NewContext();
  std::string mac(kHashBytes, '\0');
  size_t written = 0;
  // It fails only without memory, and then a wrong index must not be stored.
  if (EVP_MAC_init(context.get(), Bytes(key), key.size(), nullptr) != 1 ||
      EVP_MAC_update(context.get(), Bytes(data), data.size()) != 1 ||
      EVP_MAC_final(context.get(), reinterpret_cast<unsigned char*>(mac.data()),
                    &written, mac.size()) != 1) {
    std::abort();
  }
  return mac;
}

}  // namespace stegvis::seal
