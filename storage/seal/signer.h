// Ed25519 (RFC 8032) through OpenSSL: signatures of a scope's audit heads and
// sealed reports.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "storage/seal/key.h"

namespace stegvis::seal {

// 64 bytes. `seed` is the private key. Thread-safe, as all below.
std::string Sign(const Key& seed, absl::string_view message);

// The public key of `seed`: 32 bytes.
std::string PublicKeyOf(const Key& seed);

// Whether `signature` is that of `message` under `public_key`.
bool IsSignedBy(absl::string_view public_key, absl::string_view message,
                absl::string_view signature);

// `public_key` as a PEM file (SubjectPublicKeyInfo), for other programs.
std::string PublicKeyPem(absl::string_view public_key);

}  // namespace stegvis::seal
