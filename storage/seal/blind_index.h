// Keyed hashes that find a row without saying what it is about.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "storage/seal/key.h"

namespace stegvis::seal {

// What finds a person's rows without naming the person: HMAC-SHA-256 over the
// twelve digits, the first 16 bytes. Thread-safe, as the one below.
std::string BlindIndex(const Key& key, absl::string_view twelve_digits);

// The id of a row whose natural key must not be readable, in 16 bytes.
std::string RowId(const Key& key, absl::string_view natural_key);

}  // namespace stegvis::seal
