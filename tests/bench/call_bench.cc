// How many calls a second: single registrations against a bare server's empty
// call, both over mTLS with the callback API on the same machine.
//
//   call_bench serve  --ca F --cert F --key F
//       a server whose only call does nothing; prints its address
//   call_bench empty  --address A --ca F --cert F --key F --calls N
//   call_bench register … --insats NAME --first K
//       the load: `--concurrency` calls under way at any time
//
// A load prints one line: calls a second, and percentiles in milliseconds.
#include <grpcpp/grpcpp.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "services/base/ids.h"
#include "stegvis/v1/insats.grpc.pb.h"
#include "stegvis/v1/participation.grpc.pb.h"
#include "tests/support/domain_fixtures.h"

namespace stegvis::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;

struct Options {
  std::string address = "localhost:0";
  std::string ca;
  std::string cert;
  std::string key;
  std::string insats;
  int calls = 100000;
  int concurrency = 64;
  int first = 0;
};

std::string Contents(const std::string& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// A server that answers and does nothing else: the most this machine can do.
class EmptyService final : public v1::InsatsService::CallbackService {
  grpc::ServerUnaryReactor* ProposeMethod(grpc::CallbackServerContext* context,
                                          const v1::ProposeMethodRequest*,
                                          v1::ProposeMethodResponse*) override {
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
};

int Serve(const Options& options) {
  grpc::SslServerCredentialsOptions tls(
      GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = Contents(options.ca);
  tls.pem_key_cert_pairs.push_back(
      {Contents(options.key), Contents(options.cert)});
  EmptyService service;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::SslServerCredentials(tls),
                           &port);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  std::printf("listening on 127.0.0.1:%d\n", port);
  std::fflush(stdout);
  server->Wait();
  return 0;
}

// Keeps a number of calls under way until all are done.
class Load {
 public:
  // Starts call number `i` and runs the function when it is answered.
  using Start =
      std::function<void(int i, std::function<void(const grpc::Status&)>)>;

  Load(int calls, Start start)
      : calls_(calls),
        start_(std::move(start)),
        latencies_(static_cast<size_t>(calls)) {}

  // Prints the figures; the exit status.
  int Run(int concurrency) {
    const SteadyClock::time_point begin = SteadyClock::now();
    for (int i = 0; i < std::min(concurrency, calls_); ++i) Next();
    all_done_.WaitForNotification();
    const double seconds =
        std::chrono::duration<double>(SteadyClock::now() - begin).count();
    std::sort(latencies_.begin(), latencies_.end());
    std::printf("calls_per_second %.0f p50_ms %.2f p99_ms %.2f failed %d\n",
                calls_ / seconds, At(0.50), At(0.99), failed_.load());
    return failed_.load() == 0 ? 0 : 1;
  }

 private:
  void Next() {
    const int i = next_++;
    if (i >= calls_) return;
    const SteadyClock::time_point begin = SteadyClock::now();
    start_(i, [this, i, begin](const grpc::Status& status) {
      latencies_[static_cast<size_t>(i)] =
          std::chrono::duration<double, std::milli>(SteadyClock::now() - begin)
              .count();
      if (!status.ok() && failed_++ == 0) {
        std::cerr << "first failure: " << status.error_message() << "\n";
      }
      if (++done_ == calls_) {
        all_done_.Notify();
        return;
      }
      Next();
    });
  }

  double At(double share) const {
    return latencies_[static_cast<size_t>(
        share * static_cast<double>(latencies_.size() - 1))];
  }

  const int calls_;
  const Start start_;
  std::vector<double> latencies_;  // Each written by its own call.
  std::atomic<int> next_{0};
  std::atomic<int> done_{0};
  std::atomic<int> failed_{0};
  absl::Notification all_done_;
};

std::shared_ptr<grpc::Channel> Connect(const Options& options) {
  grpc::SslCredentialsOptions tls;
  tls.pem_root_certs = Contents(options.ca);
  tls.pem_cert_chain = Contents(options.cert);
  tls.pem_private_key = Contents(options.key);
  return grpc::CreateChannel(options.address, grpc::SslCredentials(tls));
}

int LoadEmpty(const Options& options) {
  const auto stub = v1::InsatsService::NewStub(Connect(options));
  struct Call {
    grpc::ClientContext context;
    v1::ProposeMethodRequest request;
    v1::ProposeMethodResponse response;
  };
  Load load(options.calls, [&](int, auto done) {
    auto* call = new Call;
    stub->async()->ProposeMethod(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status);
        });
  });
  return load.Run(options.concurrency);
}

v1::RegisterParticipationRequest ARequest(const std::string& insats, int i) {
  constexpr int kNumbersADay = 900;
  v1::RegisterParticipationRequest request;
  request.set_parent(insats);
  request.set_request_id(UuidText(TimeOrderedUuid()));
  v1::Registration& registration = *request.mutable_registration();
  registration.mutable_person()->set_person_number(
      stegvis::testing::ValidNumberText(
          Day::FirstOfYear(1960).PlusDays(i / kNumbersADay),
          1 + i % kNumbersADay));
  registration.mutable_consent()->set_signed_date("2020-01-10");
  registration.set_kommun("0180");
  v1::Entry& entry = *registration.mutable_entry();
  entry.set_date("2020-01-15");
  entry.set_education("gymnasium");
  entry.set_months_on_support(24);
  entry.set_referring_party("arbetsformedlingen");
  entry.mutable_situation()->add_supports()->set_source("forsorjningsstod");
  return request;
}

int LoadRegister(const Options& options) {
  const auto stub = v1::ParticipationService::NewStub(Connect(options));
  struct Call {
    grpc::ClientContext context;
    v1::RegisterParticipationRequest request;
    v1::Participation response;
  };
  Load load(options.calls, [&](int i, auto done) {
    auto* call = new Call;
    call->request = ARequest(options.insats, options.first + i);
    stub->async()->RegisterParticipation(
        &call->context, &call->request, &call->response,
        [call, done = std::move(done)](const grpc::Status& status) {
          delete call;
          done(status);
        });
  });
  return load.Run(options.concurrency);
}

}  // namespace
}  // namespace stegvis::bench

int main(int argc, char** argv) {
  stegvis::bench::Options options;
  CLI::App app("Calls a second over mTLS");
  app.require_subcommand(1);
  app.add_option("--address", options.address);
  app.add_option("--ca", options.ca)->required();
  app.add_option("--cert", options.cert)->required();
  app.add_option("--key", options.key)->required();
  app.add_option("--calls", options.calls);
  app.add_option("--concurrency", options.concurrency);
  app.add_option("--insats", options.insats);
  app.add_option("--first", options.first);
  CLI::App* serve = app.add_subcommand("serve")->fallthrough();
  CLI::App* empty = app.add_subcommand("empty")->fallthrough();
  app.add_subcommand("register")->fallthrough();
  CLI11_PARSE(app, argc, argv);
  if (serve->parsed()) return stegvis::bench::Serve(options);
  if (empty->parsed()) return stegvis::bench::LoadEmpty(options);
  return stegvis::bench::LoadRegister(options);
}
