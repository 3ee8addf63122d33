// The gRPC server: the services on one TLS port, with health and reflection.
#pragma once

#include <grpcpp/impl/service_type.h>
#include <grpcpp/server.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/server/configuration.h"

namespace stegvis::server {

// Used by one thread.
class Server {
 public:
  // Starts to serve. TLS 1.3 only, and a client certificate of the
  // configuration's CA is required. The services must outlive the server.
  // FAILED_PRECONDITION with CONFIGURATION_INVALID naming `listen` or the
  // setting of an unusable certificate.
  static absl::StatusOr<std::unique_ptr<Server>> Start(
      const Configuration& configuration,
      const std::vector<std::unique_ptr<grpc::Service>>& services);

  // `HOST:PORT` with the port that was taken.
  const std::string& Address() const { return address_; }

  // Takes no new calls and waits for those under way, `at_most` that long; then
  // cuts them off.
  void Drain(absl::Duration at_most);

 private:
  Server(std::unique_ptr<grpc::Server> server, std::string address);

  std::unique_ptr<grpc::Server> server_;
  const std::string address_;
};

}  // namespace stegvis::server
