#include "services/server/serve.h"

#include <iostream>
#include <memory>

#include "absl/time/time.h"
#include "services/base/status_macros.h"
#include "services/server/configuration.h"
#include "services/server/environment.h"
#include "services/server/process.h"
#include "services/server/server.h"

namespace stegvis::server {
namespace {

constexpr absl::Duration kDrainAtMost = absl::Seconds(10);

}  // namespace

absl::Status Serve(const std::string& configuration_file) {
  ASSIGN_OR_RETURN(const Configuration configuration,
                   ReadConfiguration(configuration_file));
  ASSIGN_OR_RETURN(const std::unique_ptr<Environment> environment,
                   Environment::Build(configuration));
  ASSIGN_OR_RETURN(const std::unique_ptr<Server> server,
                   Server::Start(configuration, environment->Services()));
  std::cout << "listening on " << server->Address() << std::endl;

  WaitForStopSignal();
  server->Drain(kDrainAtMost);
  return absl::OkStatus();
}

}  // namespace stegvis::server
