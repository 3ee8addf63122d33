// The certificates of an installation: a certificate authority of its own, and
// what it signs. Elliptic curve P-256, X.509 version 3.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace stegvis::offline {

// A certificate and its private key, as PEM.
struct CertifiedKey {
  std::string certificate;
  std::string private_key;
};

// One thread.
class CertificateAuthority {
 public:
  // A new one, good for 10 years from `now`. INTERNAL when OpenSSL fails.
  static absl::StatusOr<CertificateAuthority> Create(absl::Time now);

  const CertifiedKey& Own() const { return own_; }

  // A server on this machine (localhost, 127.0.0.1, ::1), for 2 years.
  absl::StatusOr<CertifiedKey> IssueServer(absl::Time now) const;

  // A client: `user` becomes the common name. For 2 years.
  absl::StatusOr<CertifiedKey> IssueClient(const std::string& user,
                                           absl::Time now) const;

 private:
  struct Free {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  };
  using Certificate = std::unique_ptr<X509, Free>;
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  struct Wish;

  CertificateAuthority(Certificate certificate, Key key, CertifiedKey own);

  static absl::StatusOr<Certificate> Sign(const Wish& wish, EVP_PKEY& subject,
                                          X509* issuer, EVP_PKEY& signer);
  absl::StatusOr<CertifiedKey> Issue(const Wish& wish) const;

  Certificate certificate_;
  Key key_;
  CertifiedKey own_;
};

}  // namespace stegvis::offline
