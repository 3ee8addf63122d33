#include "services/server/tls_files.h"

#include <openssl/ssl.h>

#include <fstream>
#include <iterator>
#include <memory>

#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::server {
namespace {

struct FreeContext {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};

absl::Status Unusable(absl::string_view setting) {
  return AtField(setting, errors::ConfigurationInvalid(setting, setting));
}

absl::Status Check(const Configuration& configuration) {
  const std::unique_ptr<SSL_CTX, FreeContext> context(
      SSL_CTX_new(TLS_server_method()));
  if (context == nullptr) return errors::Bug("tls_context");
  if (SSL_CTX_load_verify_file(context.get(), configuration.tls_ca.c_str()) !=
      1) {
    return Unusable("tls.ca");
  }
  if (SSL_CTX_use_certificate_chain_file(
          context.get(), configuration.tls_certificate.c_str()) != 1) {
    return Unusable("tls.cert");
  }
  // Fails also when the key is not that of the certificate.
  if (SSL_CTX_use_PrivateKey_file(context.get(), configuration.tls_key.c_str(),
                                  SSL_FILETYPE_PEM) != 1) {
    return Unusable("tls.key");
  }
  return absl::OkStatus();
}

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file),
          std::istreambuf_iterator<char>()};
}

}  // namespace

absl::StatusOr<TlsFiles> ReadTlsFiles(const Configuration& configuration) {
  RETURN_IF_ERROR(Check(configuration));
  return TlsFiles{Read(configuration.tls_ca),
                  Read(configuration.tls_certificate),
                  Read(configuration.tls_key)};
}

}  // namespace stegvis::server
