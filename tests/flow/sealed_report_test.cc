// Sealed reports as a client meets them: who may, once only, and a file that is
// proved without the server.
#include "services/envelope/sealed_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/envelope/envelope.h"
#include "services/validation/resource_name.h"
#include "stegvis/v1/sealed_report.grpc.pb.h"
#include "tests/flow/server_fixture.h"
#include "tests/support/status_matchers.h"

namespace stegvis::testing {
namespace {

using ::testing::Contains;
using ::testing::Field;
using Service = v1::SealedReportService;

class SealedReportOverTls : public ServerTest {
 protected:
  void SetUp() override {
    ServerTest::SetUp();
    forbund_ = MakeForbund().name();
  }

  template <typename Request, typename Response>
  grpc::Status CallAs(const std::string& user,
                      grpc::Status (Service::Stub::*method)(
                          grpc::ClientContext*, const Request&, Response*),
                      const Request& request, Response& response) const {
    return Call(*Service::NewStub(ChannelOf(user)), method, request, response);
  }

  v1::SealReportRequest ASealing() const {
    v1::SealReportRequest request;
    request.set_forbund(forbund_);
    request.set_year(2020);
    request.set_request_id(NewRequestId());
    return request;
  }
  grpc::Status Seal(const std::string& user,
                    const v1::SealReportRequest& request,
                    v1::SealReportResponse& sealed) const {
    return CallAs(user, &Service::Stub::SealReport, request, sealed);
  }
  grpc::Status Get(const std::string& user, const std::string& name,
                   v1::SealedReport& report) const {
    v1::GetSealedReportRequest request;
    request.set_name(name);
    return CallAs(user, &Service::Stub::GetSealedReport, request, report);
  }

  std::string forbund_;
};

TEST_F(SealedReportOverTls, IsProvedWithThePublicKeyAlone) {
  v1::SealReportResponse sealed;
  ASSERT_TRUE(Seal("admin", ASealing(), sealed).ok());
  v1::GetSigningKeysRequest request;
  request.set_forbund(forbund_);
  v1::GetSigningKeysResponse keys;
  ASSERT_TRUE(
      CallAs("national", &Service::Stub::GetSigningKeys, request, keys).ok());

  ASSERT_EQ(Stop(), 0) << Said();

  const v1::SignedEnvelope envelope = envelope::EnvelopeOf(sealed.report());
  EXPECT_THAT(envelope::Verify(keys.keys(0).pem(), envelope), IsOk());
  EXPECT_EQ(envelope::ContentOf(envelope)->forbund(), forbund_);
}

TEST_F(SealedReportOverTls, SentTwiceIsSealedOnce) {
  const v1::SealReportRequest request = ASealing();
  v1::SealReportResponse first, second;

  ASSERT_TRUE(Seal("admin", request, first).ok());
  ASSERT_TRUE(Seal("admin", request, second).ok());

  EXPECT_EQ(first.SerializeAsString(), second.SerializeAsString());
  EXPECT_FALSE(second.unchanged());
  v1::SealReportResponse third;
  ASSERT_TRUE(Seal("admin", ASealing(), third).ok());
  EXPECT_TRUE(third.unchanged());
  EXPECT_EQ(third.report().name(), first.report().name());
}

TEST_F(SealedReportOverTls, IsSealedByTheForbundsAdministratorAlone) {
  Grant("import", v1::ROLE_ANALYST, forbund_);
  for (const char* user : {"import", "national", "dataskydd", "samordnare"}) {
    v1::SealReportResponse sealed;
    const grpc::Status refused = Seal(user, ASealing(), sealed);
    EXPECT_EQ(ReasonTold(refused), "NOT_PERMITTED") << user;
  }
  v1::SealReportResponse sealed;
  ASSERT_TRUE(Seal("admin", ASealing(), sealed).ok());

  for (const char* user : {"import", "national", "admin"}) {
    v1::SealedReport report;
    ASSERT_TRUE(Get(user, sealed.report().name(), report).ok()) << user;
    EXPECT_EQ(report.payload(), sealed.report().payload());
    v1::ListSealedReportsRequest all;
    all.set_parent("forbund/-");
    v1::ListSealedReportsResponse listed;
    ASSERT_TRUE(
        CallAs(user, &Service::Stub::ListSealedReports, all, listed).ok())
        << user;
    EXPECT_EQ(listed.reports_size(), 1) << user;
  }
  for (const char* user : {"dataskydd", "samordnare"}) {
    v1::SealedReport report;
    EXPECT_EQ(ReasonTold(Get(user, sealed.report().name(), report)),
              "NOT_PERMITTED")
        << user;
  }
}

TEST_F(SealedReportOverTls, OfAForbundThatIsNotThereOrAYearThatGoesOn) {
  v1::SealReportRequest request = ASealing();
  v1::SealReportResponse sealed;
  request.set_year(2199);
  EXPECT_EQ(ReasonTold(Seal("admin", request, sealed)), "YEAR_NOT_ENDED");
  request = ASealing();
  request.set_year(20);
  EXPECT_THAT(FaultsTold(Seal("admin", request, sealed)),
              Contains("year OUT_OF_RANGE"));
  request = ASealing();
  request.set_forbund("forbund/01890000-0000-7000-8000-000000000001");
  EXPECT_EQ(ReasonTold(Seal("admin", request, sealed)), "NOT_FOUND");
}

TEST_F(SealedReportOverTls, StandsInTheLogOfItsForbund) {
  v1::SealReportResponse sealed;
  ASSERT_TRUE(Seal("admin", ASealing(), sealed).ok());

  ASSERT_EQ(Stop(), 0) << Said();

  EXPECT_THAT(
      AuditLog(*validation::ParseForbundName(forbund_)),
      Contains(Field(&storage::AuditEntry::resource, sealed.report().name())));
}

}  // namespace
}  // namespace stegvis::testing
