// The server's certificate, its key, and who signs the clients' certificates.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "services/server/configuration.h"

namespace stegvis::server {

// Their content, as PEM.
struct TlsFiles {
  std::string authority;
  std::string certificate;
  std::string key;
};

// Reads them. FAILED_PRECONDITION with CONFIGURATION_INVALID naming the setting
// whose file cannot be read or is not what it should be; `tls.key` also when it
// is not the certificate's. gRPC itself would only say that it does not start.
absl::StatusOr<TlsFiles> ReadTlsFiles(const Configuration& configuration);

}  // namespace stegvis::server
