#include "services/offline/certificates.h"

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::offline {

// What a certificate is to say.
struct CertificateAuthority::Wish {
  std::string common_name;
  absl::Time from;
  int days;
  // The extensions, in OpenSSL's own notation.
  std::vector<std::pair<int, const char*>> extensions;
};

namespace {

constexpr int kAuthorityDays = 3652;  // 10 years.
constexpr int kIssuedDays = 730;      // 2 years.
constexpr int kSerialBits = 127;      // Positive, and never seen before.

absl::Status Failed() { return errors::Bug("certificate"); }

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

std::string Content(BIO& bio) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(&bio, &bytes);
  return std::string(bytes, static_cast<size_t>(size));
}

absl::StatusOr<CertifiedKey> Pem(X509& certificate, EVP_PKEY& key) {
  const Bio certificate_pem(BIO_new(BIO_s_mem()));
  const Bio key_pem(BIO_new(BIO_s_mem()));
  if (certificate_pem == nullptr || key_pem == nullptr ||
      PEM_write_bio_X509(certificate_pem.get(), &certificate) != 1 ||
      PEM_write_bio_PKCS8PrivateKey(key_pem.get(), &key, nullptr, nullptr, 0,
                                    nullptr, nullptr) != 1) {
    return Failed();
  }
  return CertifiedKey{Content(*certificate_pem), Content(*key_pem)};
}

bool SetSerial(X509& certificate) {
  BIGNUM* number = BN_new();
  const bool set =
      number != nullptr &&
      BN_rand(number, kSerialBits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
      BN_to_ASN1_INTEGER(number, X509_get_serialNumber(&certificate)) !=
          nullptr;
  BN_free(number);
  return set;
}

bool SetName(X509& certificate, const std::string& common_name) {
  return X509_NAME_add_entry_by_txt(
             X509_get_subject_name(&certificate), "CN", MBSTRING_UTF8,
             reinterpret_cast<const unsigned char*>(common_name.data()),
             static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool SetPeriod(X509& certificate, absl::Time from, int days) {
  time_t start = absl::ToTimeT(from);
  return X509_time_adj_ex(X509_getm_notBefore(&certificate), 0, 0, &start) !=
             nullptr &&
         X509_time_adj_ex(X509_getm_notAfter(&certificate), days, 0, &start) !=
             nullptr;
}

bool AddExtension(X509& certificate, X509& issuer, int kind,
                  const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  const bool added =
      extension != nullptr && X509_add_ext(&certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

}  // namespace

absl::StatusOr<CertificateAuthority::Certificate> CertificateAuthority::Sign(
    const Wish& wish, EVP_PKEY& subject, X509* issuer, EVP_PKEY& signer) {
  Certificate made(X509_new());
  if (made == nullptr || X509_set_version(made.get(), X509_VERSION_3) != 1 ||
      !SetSerial(*made) || !SetName(*made, wish.common_name) ||
      !SetPeriod(*made, wish.from, wish.days) ||
      X509_set_pubkey(made.get(), &subject) != 1) {
    return Failed();
  }
  X509& by = issuer == nullptr ? *made : *issuer;
  if (X509_set_issuer_name(made.get(), X509_get_subject_name(&by)) != 1) {
    return Failed();
  }
  for (const auto& [kind, value] : wish.extensions) {
    if (!AddExtension(*made, by, kind, value)) return Failed();
  }
  if (X509_sign(made.get(), &signer, EVP_sha256()) == 0) return Failed();
  return made;
}

absl::StatusOr<CertificateAuthority> CertificateAuthority::Create(
    absl::Time now) {
  Key key(EVP_EC_gen("P-256"));
  if (key == nullptr) return Failed();
  const Wish wish = {"Stegvis CA",
                     now,
                     kAuthorityDays,
                     {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                      {NID_key_usage, "critical,keyCertSign,cRLSign"},
                      {NID_subject_key_identifier, "hash"}}};
  ASSIGN_OR_RETURN(Certificate certificate, Sign(wish, *key, nullptr, *key));
  ASSIGN_OR_RETURN(CertifiedKey own, Pem(*certificate, *key));
  return CertificateAuthority(std::move(certificate), std::move(key),
                              std::move(own));
}

CertificateAuthority::CertificateAuthority(Certificate certificate, Key key,
                                           CertifiedKey own)
    : certificate_(std::move(certificate)),
      key_(std::move(key)),
      own_(std::move(own)) {}

absl::StatusOr<CertifiedKey> CertificateAuthority::IssueServer(
    absl::Time now) const {
  return Issue({"localhost",
                now,
                kIssuedDays,
                {{NID_basic_constraints, "critical,CA:FALSE"},
                 {NID_key_usage, "critical,digitalSignature"},
                 {NID_ext_key_usage, "serverAuth"},
                 {NID_authority_key_identifier, "keyid"},
                 {NID_subject_alt_name,
                  "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1"}}});
}

absl::StatusOr<CertifiedKey> CertificateAuthority::IssueClient(
    const std::string& user, absl::Time now) const {
  return Issue({user,
                now,
                kIssuedDays,
                {{NID_basic_constraints, "critical,CA:FALSE"},
                 {NID_key_usage, "critical,digitalSignature"},
                 {NID_ext_key_usage, "clientAuth"},
                 {NID_authority_key_identifier, "keyid"}}});
}

absl::StatusOr<CertifiedKey> CertificateAuthority::Issue(
    const Wish& wish) const {
  const Key key(EVP_EC_gen("P-256"));
  if (key == nullptr) return Failed();
  ASSIGN_OR_RETURN(const Certificate certificate,
                   Sign(wish, *key, certificate_.get(), *key_));
  return Pem(*certificate, *key);
}

}  // namespace stegvis::offline
