#include "services/server/grpc_library.h"

#include <grpc/support/log.h>

#include <cstdlib>

namespace stegvis::server {
namespace {

// gRPC 1.51 has no setting for the lowest TLS version and sets 1.2 by itself,
// whatever OpenSSL's configuration says. Its list of cipher suites, however, is
// for 1.2 alone: with a pre-shared key as the only choice, and none there, no
// handshake of 1.2 can succeed, while 1.3 keeps its own suites.
void AllowOnlyTls13() {
  setenv("GRPC_SSL_CIPHER_SUITES", "PSK-AES256-GCM-SHA384", /*overwrite=*/1);
}

void SayNothing(gpr_log_func_args* /*words*/) {}

}  // namespace

void PrepareGrpc() {
  AllowOnlyTls13();
  if (getenv("GRPC_VERBOSITY") == nullptr) gpr_set_log_function(&SayNothing);
}

}  // namespace stegvis::server
