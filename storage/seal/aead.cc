#include "storage/seal/aead.h"

#include <openssl/evp.h>

#include <array>
#include <cstring>
#include <memory>

namespace stegvis::seal {
namespace {

struct Free {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const {
    EVP_CIPHER_CTX_free(context);
  }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, Free>;

// Fetched once: looking it up costs more than sealing a record.
const EVP_CIPHER* Cipher() {
  static const std::unique_ptr<EVP_CIPHER, Free> cipher(
      EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr));
  return cipher.get();
}

// A context of this thread, which keeps its memory from call to call.
EVP_CIPHER_CTX* ReusedContext(bool encrypting) {
  const auto make = [](int direction) {
    Context context(EVP_CIPHER_CTX_new());
    if (context == nullptr ||
        EVP_CipherInit_ex2(context.get(), Cipher(), nullptr, nullptr, direction,
                           nullptr) != 1) {
      context.reset();
    }
    return context;
  };
  thread_local const Context encryption = make(1);
  thread_local const Context decryption = make(0);
  return encrypting ? encryption.get() : decryption.get();
}

const unsigned char* Bytes(absl::string_view view) {
  return reinterpret_cast<const unsigned char*>(view.data());
}

// Sets key, nonce and associated data. Null when that fails.
EVP_CIPHER_CTX* Start(const Key& key, absl::string_view nonce,
                      Associated associated, bool encrypting) {
  EVP_CIPHER_CTX* const context = ReusedContext(encrypting);
  if (context == nullptr || nonce.size() != kNonceBytes ||
      EVP_CipherInit_ex2(context, nullptr, Bytes(key.Bytes()), Bytes(nonce),
                         encrypting ? 1 : 0, nullptr) != 1) {
    return nullptr;
  }
  for (absl::string_view part : associated) {
    int written = 0;
    if (EVP_CipherUpdate(context, nullptr, &written, Bytes(part),
                         static_cast<int>(part.size())) != 1) {
      return nullptr;
    }
  }
  return context;
}

}  // namespace

bool Encrypt(const Key& key, absl::string_view nonce, Associated associated,
             absl::string_view plain, std::string& out) {
  EVP_CIPHER_CTX* const context = Start(key, nonce, associated, true);
  if (context == nullptr) return false;

  const size_t start = out.size();
  out.resize(start + plain.size() + kTagBytes);
  auto* const cipher = reinterpret_cast<unsigned char*>(&out[start]);
  int written = 0;
  int rest = 0;
  return EVP_CipherUpdate(context, cipher, &written, Bytes(plain),
                          static_cast<int>(plain.size())) == 1 &&
         EVP_CipherFinal_ex(context, cipher + written, &rest) == 1 &&
         EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, kTagBytes,
                             cipher + plain.size()) == 1;
}

bool Decrypt(const Key& key, absl::string_view nonce, Associated associated,
             absl::string_view sealed, std::string& plain) {
  plain.clear();
  if (sealed.size() < kTagBytes) return false;
  EVP_CIPHER_CTX* const context = Start(key, nonce, associated, false);
  if (context == nullptr) return false;

  const absl::string_view cipher = sealed.substr(0, sealed.size() - kTagBytes);
  // OpenSSL takes the tag as a mutable pointer and only reads it.
  std::array<char, kTagBytes> tag;
  std::memcpy(tag.data(), sealed.data() + cipher.size(), kTagBytes);
  // One byte more, so that an empty text too has somewhere to go.
  plain.resize(cipher.size() + 1);
  auto* const out = reinterpret_cast<unsigned char*>(plain.data());
  int written = 0;
  int rest = 0;
  const bool opened = EVP_CipherUpdate(context, out, &written, Bytes(cipher),
                                       static_cast<int>(cipher.size())) == 1 &&
                      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG,
                                          kTagBytes, tag.data()) == 1 &&
                      EVP_CipherFinal_ex(context, out + written, &rest) == 1;
  plain.resize(opened ? cipher.size() : 0);
  return opened;
}

}  // namespace stegvis::seal
