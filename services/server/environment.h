// Builds every object of the server once, and takes them down in order.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "services/server/configuration.h"

namespace stegvis::server {

class Environment {
 public:
  // Opens the store, builds the facts, and makes the services. Errors as of
  // storage::OpenStore and outcome::FactFeed::Start.
  static absl::StatusOr<std::unique_ptr<Environment>> Build(
      const Configuration& configuration);

  // Stops the facts and the store; what was accepted is committed before.
  virtual ~Environment() = default;

  // Valid as long as this. No call may be under way when it ends.
  virtual const std::vector<std::unique_ptr<grpc::Service>>& Services()
      const = 0;
};

}  // namespace stegvis::server
