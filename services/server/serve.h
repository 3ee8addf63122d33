// Serving, from the configuration to the last answer.
#pragma once

#include <string>

#include "absl/status/status.h"

namespace stegvis::server {

// Serves until SIGTERM or SIGINT, then drains for at most 10 seconds. Prints
// `listening on HOST:PORT` on standard output once it can serve. Errors as of
// ReadConfiguration, Environment::Build and Server::Start.
absl::Status Serve(const std::string& configuration_file);

}  // namespace stegvis::server
