// SHA-256 and HMAC-SHA-256 through OpenSSL.
#pragma once

#include <string>

#include "absl/strings/string_view.h"

namespace stegvis::seal {

// 32 bytes. Thread-safe, as the one below.
std::string Sha256(absl::string_view data);

// 32 bytes. `key` may have any length, as in RFC 4231; ours have 32.
std::string HmacSha256(absl::string_view key, absl::string_view data);

}  // namespace stegvis::seal
