#include "services/access/authenticator.h"

#include <grpc/grpc_security_constants.h>

#include <vector>

#include "services/base/errors.h"
#include "services/base/limits.h"

namespace stegvis::access {

absl::StatusOr<std::string> Identify(const grpc::AuthContext& context) {
  if (!context.IsPeerAuthenticated()) return errors::CertificateMissing();
  const std::vector<grpc::string_ref> names =
      context.FindPropertyValues(GRPC_X509_CN_PROPERTY_NAME);
  if (names.size() != 1 || names.front().empty() ||
      names.front().size() > limits::kMaxUserBytes) {
    return errors::CertificateMissing();
  }
  return std::string(names.front().data(), names.front().size());
}

}  // namespace stegvis::access
