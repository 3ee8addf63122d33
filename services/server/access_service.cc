#include "services/server/services.h"
#include "stegvis/v1/access.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::AccessHandler;

class AccessService final : public v1::AccessService::CallbackService {
 public:
  AccessService(const Pipeline& pipeline, const AccessHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* GrantRole(CallbackServerContext* context,
                                      const v1::GrantRoleRequest* request,
                                      v1::Grant* response) override {
    return pipeline_.Write(methods::kGrantRole, *context, *request, *response,
                           handler_, &AccessHandler::GrantRole);
  }
  grpc::ServerUnaryReactor* RevokeRole(
      CallbackServerContext* context, const v1::RevokeRoleRequest* request,
      v1::RevokeRoleResponse* response) override {
    return pipeline_.Write(methods::kRevokeRole, *context, *request, *response,
                           handler_, &AccessHandler::RevokeRole);
  }
  grpc::ServerUnaryReactor* ListGrants(
      CallbackServerContext* context, const v1::ListGrantsRequest* request,
      v1::ListGrantsResponse* response) override {
    return pipeline_.Read(methods::kListGrants, *context, *request, *response,
                          handler_, &AccessHandler::ListGrants);
  }

 private:
  const Pipeline& pipeline_;
  const AccessHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAccessService(const Pipeline& pipeline,
                                                 const AccessHandler& handler) {
  return std::make_unique<AccessService>(pipeline, handler);
}

}  // namespace stegvis::server
