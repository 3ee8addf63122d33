// A true installation in a folder of its own, the true server on a free port,
// and clients with its profiles, over TLS.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "services/base/clock.h"
#include "stegvis/v1/access.grpc.pb.h"
#include "stegvis/v1/admin.grpc.pb.h"
#include "stegvis/v1/code_list.grpc.pb.h"
#include "stegvis/v1/count.grpc.pb.h"
#include "stegvis/v1/forbund.grpc.pb.h"
#include "stegvis/v1/insats.grpc.pb.h"
#include "stegvis/v1/outcome.grpc.pb.h"
#include "stegvis/v1/participation.grpc.pb.h"
#include "stegvis/v1/person.grpc.pb.h"
#include "storage/store/store.h"
#include "tests/flow/child_process.h"

namespace stegvis::testing {

// The stubs of every service over one channel.
struct Stubs {
  explicit Stubs(const std::shared_ptr<grpc::Channel>& channel);

  std::unique_ptr<v1::AccessService::Stub> access;
  std::unique_ptr<v1::AdminService::Stub> admin;
  std::unique_ptr<v1::CodeListService::Stub> code_list;
  std::unique_ptr<v1::CountService::Stub> count;
  std::unique_ptr<v1::ForbundService::Stub> forbund;
  std::unique_ptr<v1::InsatsService::Stub> insats;
  std::unique_ptr<v1::OutcomeService::Stub> outcome;
  std::unique_ptr<v1::ParticipationService::Stub> participation;
  std::unique_ptr<v1::PersonService::Stub> person;
};

// A new request id.
std::string NewRequestId();

// The reason of the status's one ErrorInfo; `NONE` unless there is exactly one.
std::string ReasonTold(const grpc::Status& status);

// The faults of the status's BadRequest, each as `field REASON`.
std::vector<std::string> FaultsTold(const grpc::Status& status);

// Calls a method of a stub with a context of its own and a deadline of a
// minute.
template <typename Stub, typename Request, typename Response>
grpc::Status Call(Stub& stub,
                  grpc::Status (Stub::*method)(grpc::ClientContext*,
                                               const Request&, Response*),
                  const Request& request, Response& response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::minutes(1));
  return (stub.*method)(&context, request, &response);
}

// Each test has an installation; SetUp starts its server.
class ServerTest : public ::testing::Test {
 protected:
  ServerTest();
  ~ServerTest() override;

  void SetUp() override;

  // Starts the server, also again after a stop; fails the test if it cannot.
  void Start();
  // SIGTERM, and the exit status.
  int Stop();
  // As when the power goes.
  void Crash();

  // Runs `stegvisd` with `words` to its end; the exit status. What it said on
  // standard error is in Said().
  int RunServerProgram(std::vector<std::string> words);
  std::string Said() const;

  // A channel as a user of a profile, one for each call of this.
  std::shared_ptr<grpc::Channel> ChannelOf(const std::string& user) const;
  Stubs As(const std::string& user) const { return Stubs(ChannelOf(user)); }

  std::filesystem::path Node() const { return root_ / "node"; }
  const std::string& Address() const { return address_; }
  ChildProcess& Server() { return *server_; }

  // Reads the stopped server's store.
  void ReadStore(const storage::Store::ReadBody& body) const;
  // Every entry of a log of the stopped server; of the installation without id.
  std::vector<storage::AuditEntry> AuditLog(
      std::optional<ForbundId> forbund) const;

  // Things that tests begin with, made through the server.
  v1::Forbund MakeForbund();
  v1::Insats MakeInsats(const std::string& forbund, const std::string& title);
  void Grant(const std::string& user, v1::Role role, const std::string& scope);

  const std::filesystem::path root_;

 private:
  std::string ErrorFile() const { return (root_ / "stderr").string(); }

  std::unique_ptr<ChildProcess> server_;
  std::string address_;
};

// The personnummer of the `index`th of 100 000 invented people.
std::string APersonNumber(int index);

// A person's registration that is in order, entered on `entry_date`.
v1::Registration ARegistration(const std::string& person_number,
                               const std::string& entry_date);

}  // namespace stegvis::testing
