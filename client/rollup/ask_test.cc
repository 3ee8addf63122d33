// Asking over the network: the nodes are stubs of the test, over true TLS.
#include "client/rollup/ask.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/offline/certificates.h"
#include "stegvis/v1/code_list.grpc.pb.h"
#include "stegvis/v1/forbund.grpc.pb.h"
#include "stegvis/v1/outcome.grpc.pb.h"
#include "stegvis/v1/sealed_report.grpc.pb.h"

namespace stegvis::rollup {
namespace {

using Source = v1::RollupSource;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

constexpr char kNorr[] = "forbund/norr";
constexpr char kVast[] = "forbund/vast";

grpc::Status Refusal(const std::string& reason) {
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  google::rpc::Status rich;
  rich.add_details()->PackFrom(info);
  return grpc::Status(grpc::StatusCode::PERMISSION_DENIED, "no",
                      rich.SerializeAsString());
}

// Lists its förbund on pages of one each.
class StubForbund : public v1::ForbundService::Service {
 public:
  grpc::Status ListForbund(grpc::ServerContext* /*context*/,
                           const v1::ListForbundRequest* request,
                           v1::ListForbundResponse* response) override {
    ++calls;
    if (unavailable-- > 0) {
      return grpc::Status(grpc::StatusCode::UNAVAILABLE, "later");
    }
    if (silent) told_to_speak.WaitForNotification();
    const size_t page =
        request->page_token().empty() ? 0 : std::stoul(request->page_token());
    response->add_forbund()->set_name(names[page]);
    if (page + 1 < names.size()) {
      response->set_next_page_token(absl::StrCat(page + 1));
    }
    return grpc::Status::OK;
  }

  std::vector<std::string> names = {kNorr, kVast};
  std::atomic<int> unavailable = 0;
  std::atomic<int> calls = 0;
  std::atomic<bool> silent = false;
  absl::Notification told_to_speak;
};

class StubCodes : public v1::CodeListService::Service {
 public:
  grpc::Status ListCodes(grpc::ServerContext* /*context*/,
                         const v1::ListCodesRequest* /*request*/,
                         v1::ListCodesResponse* response) override {
    response->set_version(7);
    response->add_codes()->set_code("sjukpenning");
    return grpc::Status::OK;
  }
};

class StubOutcome : public v1::OutcomeService::Service {
 public:
  grpc::Status GetOutcomeReport(grpc::ServerContext* /*context*/,
                                const v1::GetOutcomeReportRequest* request,
                                v1::OutcomeReport* response) override {
    if (refused) return Refusal("RECORD_UNREADABLE");
    absl::MutexLock lock(&mutex);
    asked.push_back(request->ShortDebugString());
    *response->mutable_forbund() = request->forbund();
    return grpc::Status::OK;
  }

  std::atomic<bool> refused = false;
  absl::Mutex mutex;
  std::vector<std::string> asked;
};

// Norr has sealed twice.
class StubSealed : public v1::SealedReportService::Service {
 public:
  grpc::Status ListSealedReports(
      grpc::ServerContext* /*context*/,
      const v1::ListSealedReportsRequest* request,
      v1::ListSealedReportsResponse* response) override {
    if (request->parent() != "forbund/-" || request->year() != 2020) {
      return Refusal("NOT_ASKED_AS_AGREED");
    }
    for (const int revision : {2, 1}) {
      v1::SealedReport& report = *response->add_reports();
      report.set_name(absl::StrCat(kNorr, "/reports/2020-r", revision));
      report.set_forbund(kNorr);
      report.set_revision(revision);
    }
    return grpc::Status::OK;
  }
  grpc::Status GetSealedReport(grpc::ServerContext* /*context*/,
                               const v1::GetSealedReportRequest* request,
                               v1::SealedReport* response) override {
    response->set_name(request->name());
    response->set_payload("what is signed");
    return grpc::Status::OK;
  }
};

// A server with a CA of its own.
class StubNode {
 public:
  explicit StubNode(bool seals = true) {
    const absl::Time now = absl::Now();
    const auto authority = offline::CertificateAuthority::Create(now);
    const auto server = authority->IssueServer(now);
    const auto client = authority->IssueClient("national", now);
    node_.ca_pem = authority->Own().certificate;
    node_.certificate_pem = client->certificate;
    node_.key_pem = client->private_key;
    grpc::SslServerCredentialsOptions options(
        GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = node_.ca_pem;
    options.pem_key_cert_pairs.push_back(
        {server->private_key, server->certificate});
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(options),
                             &port);
    builder.RegisterService(&forbund);
    builder.RegisterService(&codes_);
    builder.RegisterService(&outcome);
    if (seals) builder.RegisterService(&sealed_);
    server_ = builder.BuildAndStart();
    node_.address = absl::StrCat("127.0.0.1:", port);
  }
  ~StubNode() {
    forbund.told_to_speak.Notify();
    server_->Shutdown(absl::ToChronoTime(absl::Now()));
  }

  const Node& Address() const { return node_; }

  StubForbund forbund;
  StubOutcome outcome;

 private:
  StubCodes codes_;
  StubSealed sealed_;
  Node node_;
  std::unique_ptr<grpc::Server> server_;
};

std::vector<NodeAnswer> Ask(const std::vector<Node>& nodes,
                            absl::Duration deadline = absl::Seconds(20)) {
  return AskNodes(nodes, {2020, {"SEX", "YEAR"}, deadline}, [](size_t) {});
}

TEST(AskNodes, TakesTheNewestSealedReportAndElseTheOneOfTheMoment) {
  StubNode node;

  const NodeAnswer answer = Ask({node.Address()}).front();

  EXPECT_FALSE(answer.failure.has_value());
  EXPECT_EQ(answer.codes.version(), 7);
  EXPECT_THAT(answer.codes.codes(), SizeIs(1));
  ASSERT_THAT(answer.deliveries, SizeIs(2));
  const Delivery& norr = answer.deliveries[0];
  ASSERT_TRUE(norr.sealed.has_value());
  EXPECT_EQ(norr.sealed->name(), "forbund/norr/reports/2020-r2");
  EXPECT_EQ(norr.sealed->payload(), "what is signed");
  EXPECT_FALSE(norr.preliminary.has_value());
  const Delivery& vast = answer.deliveries[1];
  EXPECT_FALSE(vast.sealed.has_value());
  ASSERT_TRUE(vast.preliminary.has_value());
  EXPECT_THAT(node.outcome.asked,
              ElementsAre("forbund: \"forbund/vast\" from: \"2020-01-01\" to: "
                          "\"2020-12-31\" breakdowns: \"SEX\" breakdowns: "
                          "\"YEAR\""));
}

TEST(AskNodes, TakesReportsOfTheMomentFromANodeThatCannotSeal) {
  StubNode node(/*seals=*/false);

  const NodeAnswer answer = Ask({node.Address()}).front();

  EXPECT_FALSE(answer.failure.has_value());
  for (const Delivery& delivery : answer.deliveries) {
    EXPECT_TRUE(delivery.preliminary.has_value());
    EXPECT_FALSE(delivery.failure.has_value());
  }
}

TEST(AskNodes, AsksAgainWhileANodeIsUnavailable) {
  StubNode node;
  node.forbund.unavailable = 3;

  const NodeAnswer answer = Ask({node.Address()}).front();

  EXPECT_FALSE(answer.failure.has_value());
  EXPECT_THAT(answer.deliveries, SizeIs(2));
  // Three times in vain, and then a page for each förbund.
  EXPECT_EQ(node.forbund.calls, 5);
}

TEST(AskNodes, TellsOfAReportThatIsRefusedWhichAndWhy) {
  StubNode node;
  node.outcome.refused = true;

  const NodeAnswer answer = Ask({node.Address()}).front();

  EXPECT_FALSE(answer.failure.has_value());
  EXPECT_FALSE(answer.deliveries[0].failure.has_value());
  ASSERT_TRUE(answer.deliveries[1].failure.has_value());
  EXPECT_EQ(answer.deliveries[1].failure->gap, Source::GAP_REFUSED);
  EXPECT_EQ(answer.deliveries[1].failure->detail, "RECORD_UNREADABLE");
}

TEST(AskNodes, GivesUpASilentNodeAndHasTheOthersWhole) {
  StubNode silent;
  silent.forbund.silent = true;
  StubNode node;
  // Each has a CA of its own, so this one lets nobody in.
  Node stranger = silent.Address();
  stranger.address = node.Address().address;

  const std::vector<NodeAnswer> answers =
      Ask({silent.Address(), stranger, node.Address()}, absl::Seconds(2));

  ASSERT_THAT(answers, SizeIs(3));
  for (const size_t i : {size_t{0}, size_t{1}}) {
    ASSERT_TRUE(answers[i].failure.has_value()) << i;
    EXPECT_EQ(answers[i].failure->gap, Source::GAP_NO_ANSWER) << i;
    EXPECT_THAT(answers[i].deliveries, IsEmpty()) << i;
  }
  EXPECT_FALSE(answers[2].failure.has_value());
  EXPECT_THAT(answers[2].deliveries, SizeIs(2));
}

TEST(AskNodes, TellsHowManyAreDone) {
  StubNode first;
  StubNode second;
  absl::Mutex mutex;
  std::vector<size_t> told;

  AskNodes({first.Address(), second.Address()}, {2020, {}, absl::Seconds(20)},
           [&](size_t done) {
             absl::MutexLock lock(&mutex);
             told.push_back(done);
           });

  EXPECT_THAT(told, UnorderedElementsAre(1U, 2U));
}

}  // namespace
}  // namespace stegvis::rollup
