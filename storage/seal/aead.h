// AES-256-GCM through OpenSSL; never a primitive of our own.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>

#include "absl/strings/string_view.h"
#include "storage/seal/key.h"

namespace stegvis::seal {

inline constexpr size_t kNonceBytes = 12;
inline constexpr size_t kTagBytes = 16;

// Bytes that are authenticated with the ciphertext; as if concatenated.
using Associated = std::initializer_list<absl::string_view>;

// Appends the ciphertext of `plain` and its tag to `out`. A nonce is used once
// under a key, ever. False when OpenSSL fails (out of memory). Thread-safe.
bool Encrypt(const Key& key, absl::string_view nonce, Associated associated,
             absl::string_view plain, std::string& out);

// Sets `plain` to what `sealed` (ciphertext and tag) holds. False, and `plain`
// empty, unless key, nonce, associated data and every bit are those of
// Encrypt. Thread-safe.
bool Decrypt(const Key& key, absl::string_view nonce, Associated associated,
             absl::string_view sealed, std::string& plain);

}  // namespace stegvis::seal
