#include "client/rollup/node_line.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace stegvis::rollup {
namespace {

// Each waits for the network nearly all the time; more than this many only
// share the same processors.
constexpr size_t kAtOnce = 128;

std::string ReasonOf(const grpc::Status& status) {
  google::rpc::Status rich;
  if (!rich.ParseFromString(status.error_details())) return std::string();
  for (const auto& any : rich.details()) {
    google::rpc::ErrorInfo info;
    if (any.UnpackTo(&info)) return info.reason();
  }
  return std::string();
}

grpc::ChannelArguments ChannelArguments() {
  grpc::ChannelArguments arguments;
  // A report with every insats is larger than gRPC's 4 MiB.
  arguments.SetMaxReceiveMessageSize(-1);
  // A node that comes back is found while it still matters.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 1000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  return arguments;
}

std::shared_ptr<grpc::Channel> ChannelTo(const Node& node) {
  grpc::SslCredentialsOptions options;
  options.pem_root_certs = node.ca_pem;
  options.pem_cert_chain = node.certificate_pem;
  options.pem_private_key = node.key_pem;
  return grpc::CreateCustomChannel(node.address, grpc::SslCredentials(options),
                                   ChannelArguments());
}

}  // namespace

Failure FailureOf(const grpc::Status& status) {
  const std::string reason = ReasonOf(status);
  switch (status.error_code()) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::CANCELLED:
      return {v1::RollupSource::GAP_NO_ANSWER, reason};
    default:
      break;
  }
  if (!reason.empty()) return {v1::RollupSource::GAP_REFUSED, reason};
  return {v1::RollupSource::GAP_REFUSED,
          absl::StrCat("gRPC ", int{status.error_code()})};
}

void ForEach(size_t many, const std::function<void(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::vector<std::thread> threads;
  while (threads.size() < std::min(many, kAtOnce)) {
    threads.emplace_back([&] {
      for (size_t i = next++; i < many; i = next++) work(i);
    });
  }
  for (std::thread& thread : threads) thread.join();
}

NodeLine::NodeLine(const Node& node, absl::Duration deadline)
    : until_(absl::Now() + deadline), channel_(ChannelTo(node)) {}

}  // namespace stegvis::rollup
