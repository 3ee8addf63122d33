// Ed25519 public keys (RFC 8032) as others keep them, and what they verify.
#pragma once

#include <openssl/evp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::envelope {

// A value. Safe from any thread.
class PublicKey {
 public:
  // FAILED_PRECONDITION with PUBLIC_KEY_INVALID unless `pem` is one Ed25519
  // public key (`BEGIN PUBLIC KEY`), alone.
  static absl::StatusOr<PublicKey> FromPem(absl::string_view pem);

  // The SHA-256 of its SubjectPublicKeyInfo (DER), in hexadecimal.
  const std::string& Id() const { return id_; }

  bool Verifies(absl::string_view message, absl::string_view signature) const;

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  using Handle = std::unique_ptr<EVP_PKEY, Free>;

  PublicKey(Handle key, std::string id)
      : key_(std::move(key)), id_(std::move(id)) {}

  Handle key_;
  std::string id_;
};

}  // namespace stegvis::envelope
