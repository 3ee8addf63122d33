// The way to the server: gRPC over mutual TLS, one channel.
#pragma once

#include <grpcpp/grpcpp.h>

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/profile.h"

namespace stegvis::cli {

// A random id for one write; a repeated call with it counts once.
std::string NewRequestId();

// Thread-safe.
class Connection {
 public:
  explicit Connection(const Profile& profile);

  // Calls one method: `Call(&v1::InsatsService::Stub::GetInsats, request)`.
  // Tries again, a few times and with the same request id, while the server
  // says that it is UNAVAILABLE for the moment.
  template <typename Stub, typename Request, typename Response>
  absl::StatusOr<Response> Call(
      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                   Response*),
      const Request& request) {
    Stub stub(channel_);
    Response response;
    const absl::Status status = Try([&](grpc::ClientContext* context) {
      response.Clear();
      return (stub.*method)(context, request, &response);
    });
    if (!status.ok()) return status;
    return response;
  }

  // For streams.
  const std::shared_ptr<grpc::Channel>& Channel() const { return channel_; }

  // The server's answer as the user reads it.
  absl::Status Explain(const grpc::Status& status) const;

 private:
  using Attempt = std::function<grpc::Status(grpc::ClientContext*)>;
  absl::Status Try(const Attempt& attempt) const;

  std::string address_;
  std::shared_ptr<grpc::Channel> channel_;
};

}  // namespace stegvis::cli
