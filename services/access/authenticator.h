// Who is at the other end of a connection.
#pragma once

#include <grpcpp/security/auth_context.h>

#include <string>

#include "absl/status/statusor.h"

namespace stegvis::access {

// The user: the common name of the client certificate that the handshake has
// verified. UNAUTHENTICATED with CERTIFICATE_MISSING without one, or when it
// has not exactly one common name, of 1 to 64 bytes. Safe from any thread.
absl::StatusOr<std::string> Identify(const grpc::AuthContext& context);

}  // namespace stegvis::access
