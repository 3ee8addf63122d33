#include "tests/flow/server_fixture.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/strip.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/base/status_macros.h"
#include "services/domain/forbund.h"
#include "storage/store/open.h"

namespace stegvis::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kProgram[] = STEGVIS_BIN_DIR "/stegvisd";
constexpr int kMostAuditEntries = 100'000;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

fs::path NewFolder() {
  std::string name = (fs::path(::testing::TempDir()) / "flow-XXXXXX").string();
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  return name;
}

}  // namespace

Stubs::Stubs(const std::shared_ptr<grpc::Channel>& channel)
    : access(v1::AccessService::NewStub(channel)),
      admin(v1::AdminService::NewStub(channel)),
      code_list(v1::CodeListService::NewStub(channel)),
      count(v1::CountService::NewStub(channel)),
      forbund(v1::ForbundService::NewStub(channel)),
      insats(v1::InsatsService::NewStub(channel)),
      outcome(v1::OutcomeService::NewStub(channel)),
      participation(v1::ParticipationService::NewStub(channel)),
      person(v1::PersonService::NewStub(channel)) {}

std::string NewRequestId() { return UuidText(TimeOrderedUuid()); }

std::string ReasonTold(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return "NONE";
  std::string reason = "NONE";
  int found = 0;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (!detail.UnpackTo(&info)) continue;
    EXPECT_EQ(info.domain(), "stegvis");
    reason = info.reason();
    ++found;
  }
  return found == 1 ? reason : "NONE";
}

std::vector<std::string> FaultsTold(const grpc::Status& status) {
  std::vector<std::string> faults;
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return faults;
  for (const google::protobuf::Any& detail : details.details()) {
    google::rpc::BadRequest refused;
    if (!detail.UnpackTo(&refused)) continue;
    for (const auto& violation : refused.field_violations()) {
      faults.push_back(violation.field() + " " + violation.reason());
    }
  }
  return faults;
}

ServerTest::ServerTest() : root_(NewFolder()) {
  EXPECT_EQ(
      RunServerProgram({"--offline", "init", Node().string(), "--port", "0"}),
      0)
      << Said();
}

ServerTest::~ServerTest() {
  server_.reset();
  std::error_code ignored;
  fs::remove_all(root_, ignored);
}

void ServerTest::SetUp() { Start(); }

void ServerTest::Start() {
  server_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{kProgram, "--config",
                               (Node() / "stegvis.toml").string()},
      ErrorFile());
  const std::optional<std::string> line = server_->ReadLine();
  ASSERT_TRUE(line.has_value()) << Said();
  ASSERT_TRUE(absl::StartsWith(*line, "listening on ")) << *line;
  address_ = std::string(absl::StripPrefix(*line, "listening on "));
}

int ServerTest::Stop() {
  server_->Signal(SIGTERM);
  return server_->Wait();
}

void ServerTest::Crash() {
  server_->Signal(SIGKILL);
  server_->Wait();
}

int ServerTest::RunServerProgram(std::vector<std::string> words) {
  words.insert(words.begin(), kProgram);
  ChildProcess program(std::move(words), ErrorFile());
  return program.Wait();
}

std::string ServerTest::Said() const { return ReadFile(ErrorFile()); }

std::shared_ptr<grpc::Channel> ServerTest::ChannelOf(
    const std::string& user) const {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = ReadFile(Node() / "tls/ca.pem");
  options.pem_cert_chain = ReadFile(Node() / "tls" / (user + ".pem"));
  options.pem_private_key = ReadFile(Node() / "tls" / (user + ".key"));
  grpc::ChannelArguments arguments;
  // A connection of its own, also for the second channel of a user.
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
  return grpc::CreateCustomChannel(address_, grpc::SslCredentials(options),
                                   arguments);
}

void ServerTest::ReadStore(const storage::Store::ReadBody& body) const {
  const SystemClock clock;
  storage::StoreOptions options;
  options.data_directory = (Node() / "data").string();
  options.key_source = (Node() / "key-source").string();
  const absl::StatusOr<std::unique_ptr<storage::Store>> store =
      storage::OpenStore(options, clock);
  ASSERT_TRUE(store.ok()) << store.status();
  EXPECT_TRUE((*store)->Read(storage::AsOf::Now(), body).ok());
  (*store)->Stop();
}

std::vector<storage::AuditEntry> ServerTest::AuditLog(
    std::optional<ForbundId> forbund) const {
  std::vector<storage::AuditEntry> entries;
  ReadStore([&](storage::ReadTransaction& tx) -> absl::Status {
    ASSIGN_OR_RETURN(const std::vector<storage::RecordedAuditEntry> recorded,
                     tx.ListAudit(forbund, 0, kMostAuditEntries));
    for (const storage::RecordedAuditEntry& one : recorded) {
      entries.push_back(*one.entry);
    }
    return absl::OkStatus();
  });
  return entries;
}

v1::Forbund ServerTest::MakeForbund() {
  v1::CreateForbundRequest request;
  request.mutable_forbund()->set_display_name("Norr");
  request.mutable_forbund()->set_organization_number("222000-0018");
  request.mutable_forbund()->set_start_date("2004-01-01");
  request.set_request_id(NewRequestId());
  v1::Forbund made;
  const grpc::Status status =
      Call(*As("admin").forbund, &v1::ForbundService::Stub::CreateForbund,
           request, made);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return made;
}

v1::Insats ServerTest::MakeInsats(const std::string& forbund,
                                  const std::string& title) {
  v1::CreateInsatsRequest request;
  request.set_parent(forbund);
  request.set_request_id(NewRequestId());
  v1::Insats& insats = *request.mutable_insats();
  insats.set_title(title);
  insats.set_start_date("2010-01-01");
  insats.set_orientation(v1::ORIENTATION_INDIVIDUAL);
  insats.set_focus("forberedande");
  insats.add_target_groups("langtidssjukskrivna");
  insats.set_registration_method(v1::REGISTRATION_METHOD_PERSONAL);
  v1::Insats made;
  const grpc::Status status =
      Call(*As("admin").insats, &v1::InsatsService::Stub::CreateInsats, request,
           made);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return made;
}

void ServerTest::Grant(const std::string& user, v1::Role role,
                       const std::string& scope) {
  v1::GrantRoleRequest request;
  request.mutable_grant()->set_user(user);
  request.mutable_grant()->set_role(role);
  request.mutable_grant()->set_scope(scope);
  request.set_request_id(NewRequestId());
  v1::Grant made;
  const grpc::Status status = Call(
      *As("admin").access, &v1::AccessService::Stub::GrantRole, request, made);
  EXPECT_TRUE(status.ok()) << status.error_message();
}

std::string APersonNumber(int index) {
  constexpr int kSerials = 100;
  const std::string birth = absl::StrReplaceAll(
      Day::FirstOfYear(1970).PlusDays(index / kSerials).Text(), {{"-", ""}});
  const std::string nine =
      absl::StrCat(birth.substr(2), 100 + index % kSerials);
  for (int digit = 0; digit < 10; ++digit) {
    if (domain::CheckDigitHolds(absl::StrCat(nine, digit))) {
      return absl::StrCat(birth.substr(0, 2), nine, digit);
    }
  }
  return "";
}

v1::Registration ARegistration(const std::string& person_number,
                               const std::string& entry_date) {
  v1::Registration registration;
  registration.mutable_person()->set_person_number(person_number);
  registration.mutable_consent()->set_signed_date(entry_date);
  v1::Entry& entry = *registration.mutable_entry();
  entry.set_date(entry_date);
  entry.mutable_situation()->add_supports()->set_source("sjukpenning");
  entry.set_education("gymnasium");
  return registration;
}

}  // namespace stegvis::testing
