#include "storage/seal/key.h"

#include <openssl/crypto.h>

#include <cstring>

#include "storage/seal/random.h"

namespace stegvis::seal {

Key Key::Random() {
  Key key;
  FillRandom(key.bytes_.data(), kBytes);
  return key;
}

std::optional<Key> Key::FromBytes(absl::string_view bytes) {
  if (bytes.size() != kBytes) return std::nullopt;
  Key key;
  std::memcpy(key.bytes_.data(), bytes.data(), kBytes);
  return key;
}

Key::Key(Key&& other) noexcept : bytes_(other.bytes_) { other.Wipe(); }

Key& Key::operator=(Key&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    other.Wipe();
  }
  return *this;
}

Key::~Key() { Wipe(); }

bool Key::Equals(const Key& other) const {
  return CRYPTO_memcmp(bytes_.data(), other.bytes_.data(), kBytes) == 0;
}

void Key::Wipe() { OPENSSL_cleanse(bytes_.data(), kBytes); }

const VersionedKey* FindVersion(const KeyVersions& keys, uint32_t version) {
  for (const auto& key : keys) {
    if (key->version == version) return key.get();
  }
  return nullptr;
}

}  // namespace stegvis::seal
