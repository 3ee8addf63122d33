// Who gets in, and who may do what, as a client meets it.
#include <gmock/gmock.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/offline/certificates.h"
#include "services/validation/resource_name.h"
#include "tests/flow/server_fixture.h"

namespace stegvis::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class Access : public ServerTest {
 protected:
  std::string FileOf(const std::string& name) const {
    std::ifstream file(Node() / "tls" / name);
    return {std::istreambuf_iterator<char>(file),
            std::istreambuf_iterator<char>()};
  }
  std::string Authority() const { return FileOf("ca.pem"); }

  // Makes tls/nobody.pem and .key: a client's certificate of this
  // installation's authority that names an organization and no user.
  bool MakeNamelessCertificate() {
    const std::string tls = (Node() / "tls/").string();
    return OpenSsl({"req", "-new", "-newkey", "ed25519", "-nodes", "-subj",
                    "/O=Stegvis", "-keyout", tls + "nobody.key", "-out",
                    tls + "nobody.csr"}) &&
           OpenSsl({"x509", "-req", "-days", "1", "-CA", tls + "ca.pem",
                    "-CAkey", tls + "ca.key", "-CAcreateserial", "-in",
                    tls + "nobody.csr", "-out", tls + "nobody.pem"});
  }

  bool OpenSsl(std::vector<std::string> words) {
    words.insert(words.begin(), "/usr/bin/openssl");
    return ChildProcess(words, (root_ / "openssl").string()).Wait() == 0;
  }

  grpc::Status ListCodes(const grpc::SslCredentialsOptions& options) {
    const Stubs stubs(
        grpc::CreateChannel(Address(), grpc::SslCredentials(options)));
    v1::ListCodesResponse codes;
    return Call(*stubs.code_list, &v1::CodeListService::Stub::ListCodes,
                v1::ListCodesRequest(), codes);
  }

  // The exit status of a handshake of that version, with admin's certificate.
  int Handshake(const std::string& version) {
    ChildProcess client(
        {"/usr/bin/openssl", "s_client", "-connect", Address(), version,
         "-alpn", "h2", "-brief", "-verify_return_error", "-CAfile",
         (Node() / "tls/ca.pem").string(), "-cert",
         (Node() / "tls/admin.pem").string(), "-key",
         (Node() / "tls/admin.key").string()},
        (root_ / "openssl").string());
    return client.Wait();
  }

  grpc::Status GetForbund(const std::string& user, const std::string& name) {
    v1::GetForbundRequest request;
    request.set_name(name);
    v1::Forbund forbund;
    return Call(*As(user).forbund, &v1::ForbundService::Stub::GetForbund,
                request, forbund);
  }
};

TEST_F(Access, IsRefusedWithoutACertificate) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = Authority();

  EXPECT_EQ(ListCodes(options).error_code(), grpc::StatusCode::UNAVAILABLE);

  options.pem_cert_chain = FileOf("admin.pem");
  options.pem_private_key = FileOf("admin.key");
  EXPECT_TRUE(ListCodes(options).ok());
}

TEST_F(Access, IsRefusedWithTheCertificateOfAnotherAuthority) {
  const auto other = offline::CertificateAuthority::Create(absl::Now());
  const auto forged = other->IssueClient("admin", absl::Now());
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = Authority();
  options.pem_cert_chain = forged->certificate;
  options.pem_private_key = forged->private_key;

  EXPECT_EQ(ListCodes(options).error_code(), grpc::StatusCode::UNAVAILABLE);

  options.pem_cert_chain = FileOf("admin.pem");
  options.pem_private_key = FileOf("admin.key");
  EXPECT_TRUE(ListCodes(options).ok());
}

TEST_F(Access, IsRefusedToACertificateThatNamesNobody) {
  ASSERT_TRUE(MakeNamelessCertificate());
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = Authority();
  options.pem_cert_chain = FileOf("nobody.pem");
  options.pem_private_key = FileOf("nobody.key");

  const grpc::Status refused = ListCodes(options);

  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(ReasonTold(refused), "CERTIFICATE_MISSING");
}

TEST_F(Access, IsRefusedBelowTls13) {
  EXPECT_EQ(Handshake("-tls1_3"), 0);
  EXPECT_NE(Handshake("-tls1_2"), 0);
}

TEST_F(Access, ThatFailsInTheHandshakeLeavesNoForeignWordsInTheLog) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = Authority();
  ListCodes(options);
  ASSERT_EQ(Stop(), 0);

  EXPECT_EQ(Said(), "");
}

TEST_F(Access, IsGivenToTheCodesForEveryKnownCaller) {
  v1::ListCodesResponse codes;
  const grpc::Status status =
      Call(*As("samordnare").code_list, &v1::CodeListService::Stub::ListCodes,
           v1::ListCodesRequest(), codes);

  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_GT(codes.codes_size(), 0);
}

TEST_F(Access, IsRefusedWithTheSameWordsWhetherTheThingExistsOrNot) {
  const v1::Forbund forbund = MakeForbund();

  const grpc::Status there = GetForbund("samordnare", forbund.name());
  const grpc::Status absent =
      GetForbund("samordnare", "forbund/01890000-0000-7000-8000-000000000001");

  EXPECT_EQ(there.error_code(), grpc::StatusCode::PERMISSION_DENIED);
  EXPECT_EQ(absent.error_code(), there.error_code());
  EXPECT_EQ(absent.error_message(), there.error_message());
  EXPECT_EQ(absent.error_details(), there.error_details());
}

TEST_F(Access, TellsWhoMayLookThatThereIsNothing) {
  const grpc::Status absent =
      GetForbund("admin", "forbund/01890000-0000-7000-8000-000000000001");

  EXPECT_EQ(absent.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(ReasonTold(absent), "NOT_FOUND");
}

TEST_F(Access, TellsWhoMayWriteThatThereIsNothing) {
  v1::EndInsatsRequest request;
  request.set_name(
      "forbund/01890000-0000-7000-8000-000000000001"
      "/insatser/01890000-0000-7000-8000-00000000000a");
  request.set_etag("1");
  request.set_end_date("2020-12-31");
  request.set_request_id(NewRequestId());
  v1::Insats ended;

  EXPECT_EQ(
      ReasonTold(Call(*As("admin").insats, &v1::InsatsService::Stub::EndInsats,
                      request, ended)),
      "NOT_FOUND");
}

TEST_F(Access, ComesWithAGrantAndGoesWithIt) {
  const v1::Forbund forbund = MakeForbund();
  const v1::Insats insats = MakeInsats(forbund.name(), "Steget");
  EXPECT_FALSE(GetForbund("samordnare", forbund.name()).ok());

  Grant("samordnare", v1::ROLE_SAMORDNARE, insats.name());
  EXPECT_TRUE(GetForbund("samordnare", forbund.name()).ok());

  v1::RevokeRoleRequest request;
  request.mutable_grant()->set_user("samordnare");
  request.mutable_grant()->set_role(v1::ROLE_SAMORDNARE);
  request.mutable_grant()->set_scope(insats.name());
  request.set_request_id(NewRequestId());
  v1::RevokeRoleResponse revoked;
  EXPECT_TRUE(Call(*As("admin").access, &v1::AccessService::Stub::RevokeRole,
                   request, revoked)
                  .ok());
  EXPECT_FALSE(GetForbund("samordnare", forbund.name()).ok());
}

TEST_F(Access, ThatIsRefusedStandsInTheAuditLog) {
  const v1::Forbund forbund = MakeForbund();
  GetForbund("samordnare", forbund.name());
  GetForbund("samordnare", "forbund/01890000-0000-7000-8000-000000000001");
  ASSERT_EQ(Stop(), 0) << Said();

  storage::AuditEntry refused;
  refused.forbund = *validation::ParseForbundName(forbund.name());
  const auto is_refusal = [](const storage::AuditEntry& entry) {
    return entry.user == "samordnare" && entry.method == "GetForbund" &&
           entry.reason == "NOT_PERMITTED" && entry.refused;
  };
  EXPECT_THAT(AuditLog(refused.forbund),
              Contains(::testing::Truly(is_refusal)));
  // A förbund that is not there has no log.
  EXPECT_THAT(AuditLog(std::nullopt), Contains(::testing::Truly(is_refusal)));
}

TEST_F(Access, ToTrueCountsIsForRolesThatReadReports) {
  const v1::Forbund forbund = MakeForbund();
  v1::GetOutcomeReportRequest request;
  request.add_forbund(forbund.name());
  request.set_from("2020-01-01");
  request.set_to("2020-12-31");
  v1::OutcomeReport report;

  for (const char* user : {"import", "dataskydd", "samordnare"}) {
    EXPECT_EQ(ReasonTold(Call(*As(user).outcome,
                              &v1::OutcomeService::Stub::GetOutcomeReport,
                              request, report)),
              "NOT_PERMITTED")
        << user;
  }
  EXPECT_TRUE(Call(*As("national").outcome,
                   &v1::OutcomeService::Stub::GetOutcomeReport, request, report)
                  .ok());
}

}  // namespace
}  // namespace stegvis::testing
