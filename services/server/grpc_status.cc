#include "services/server/grpc_status.h"

#include <string>
#include <vector>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "services/base/errors.h"

namespace stegvis::server {
namespace {

constexpr char kDomain[] = "stegvis";

google::rpc::ErrorInfo InfoOf(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  info.set_reason(ReasonOf(status));
  info.set_domain(kDomain);
  return info;
}

google::rpc::BadRequest FaultsMessage(const std::vector<Fault>& faults) {
  google::rpc::BadRequest bad_request;
  for (const Fault& fault : faults) {
    auto* violation = bad_request.add_field_violations();
    violation->set_field(fault.field);
    violation->set_reason(fault.reason);
    violation->set_description("Correct this field.");
  }
  return bad_request;
}

}  // namespace

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  if (ReasonOf(status).empty()) return ToGrpcStatus(errors::Bug("unexplained"));

  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(std::string(status.message()));
  details.add_details()->PackFrom(InfoOf(status));
  const std::vector<Fault> faults = FaultsOf(status);
  if (!faults.empty()) details.add_details()->PackFrom(FaultsMessage(faults));
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()),
                      details.message(), details.SerializeAsString());
}

}  // namespace stegvis::server
