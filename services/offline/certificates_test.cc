#include "services/offline/certificates.h"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <string>

#include "tests/support/status_matchers.h"

namespace stegvis::offline {
namespace {

using ::stegvis::testing::IsOk;

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);

struct FreeX509 {
  void operator()(X509* certificate) const { X509_free(certificate); }
};
using Certificate = std::unique_ptr<X509, FreeX509>;

Certificate Parse(const std::string& pem) {
  BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  Certificate certificate(PEM_read_bio_X509(bio, nullptr, nullptr, nullptr));
  BIO_free(bio);
  return certificate;
}

std::string CommonName(X509& certificate) {
  char text[128] = "";
  X509_NAME_get_text_by_NID(X509_get_subject_name(&certificate), NID_commonName,
                            text, sizeof(text));
  return text;
}

bool IsValidAt(X509& certificate, absl::Time moment) {
  time_t time = absl::ToTimeT(moment);
  return X509_cmp_time(X509_get0_notBefore(&certificate), &time) <= 0 &&
         X509_cmp_time(X509_get0_notAfter(&certificate), &time) > 0;
}

class Certificates : public ::testing::Test {
 protected:
  Certificates() : authority_(CertificateAuthority::Create(kNow)) {}

  absl::StatusOr<CertificateAuthority> authority_;
};

TEST_F(Certificates, OfAServerHoldForThisMachineAndTwoYears) {
  ASSERT_THAT(authority_, IsOk());
  const absl::StatusOr<CertifiedKey> issued = authority_->IssueServer(kNow);
  ASSERT_THAT(issued, IsOk());
  const Certificate server = Parse(issued->certificate);

  EXPECT_EQ(X509_check_host(server.get(), "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_ip_asc(server.get(), "127.0.0.1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(server.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_host(server.get(), "example.org", 0, 0, nullptr), 0);
  EXPECT_TRUE(IsValidAt(*server, kNow + absl::Hours(24 * 729)));
  EXPECT_FALSE(IsValidAt(*server, kNow + absl::Hours(24 * 731)));
}

TEST_F(Certificates, OfAClientNameTheUserAndServeNoServer) {
  ASSERT_THAT(authority_, IsOk());
  const absl::StatusOr<CertifiedKey> issued =
      authority_->IssueClient("samordnare", kNow);
  ASSERT_THAT(issued, IsOk());
  const Certificate client = Parse(issued->certificate);

  EXPECT_EQ(CommonName(*client), "samordnare");
  EXPECT_EQ(X509_check_purpose(client.get(), X509_PURPOSE_SSL_CLIENT, 0), 1);
  EXPECT_EQ(X509_check_purpose(client.get(), X509_PURPOSE_SSL_SERVER, 0), 0);
}

TEST_F(Certificates, AreSignedByTheAuthorityThatLastsTenYears) {
  ASSERT_THAT(authority_, IsOk());
  const Certificate own = Parse(authority_->Own().certificate);
  const absl::StatusOr<CertifiedKey> issued = authority_->IssueServer(kNow);
  ASSERT_THAT(issued, IsOk());
  const Certificate server = Parse(issued->certificate);

  EXPECT_EQ(X509_verify(server.get(), X509_get0_pubkey(own.get())), 1);
  EXPECT_EQ(X509_check_ca(own.get()), 1);
  EXPECT_EQ(X509_check_ca(server.get()), 0);
  EXPECT_TRUE(IsValidAt(*own, kNow + absl::Hours(24 * 3650)));
}

TEST_F(Certificates, NeverShareASerialNumber) {
  ASSERT_THAT(authority_, IsOk());
  const Certificate first =
      Parse(authority_->IssueClient("a", kNow)->certificate);
  const Certificate second =
      Parse(authority_->IssueClient("a", kNow)->certificate);

  EXPECT_NE(ASN1_INTEGER_cmp(X509_get0_serialNumber(first.get()),
                             X509_get0_serialNumber(second.get())),
            0);
}

}  // namespace
}  // namespace stegvis::offline
