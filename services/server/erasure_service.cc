#include "services/server/services.h"
#include "stegvis/v1/erasure.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::ErasureHandler;

class ErasureService final : public v1::ErasureService::CallbackService {
 public:
  ErasureService(const Pipeline& pipeline, const ErasureHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* WithdrawConsent(
      CallbackServerContext* context, const v1::WithdrawConsentRequest* request,
      v1::Erasure* response) override {
    return pipeline_.Write(methods::kWithdrawConsent, *context, *request,
                           *response, handler_,
                           &ErasureHandler::WithdrawConsent);
  }
  grpc::ServerUnaryReactor* ErasePerson(CallbackServerContext* context,
                                        const v1::ErasePersonRequest* request,
                                        v1::Erasure* response) override {
    return pipeline_.Write(methods::kErasePerson, *context, *request, *response,
                           handler_, &ErasureHandler::ErasePerson);
  }
  grpc::ServerUnaryReactor* ListRetentionDue(
      CallbackServerContext* context,
      const v1::ListRetentionDueRequest* request,
      v1::ListRetentionDueResponse* response) override {
    return pipeline_.Read(methods::kListRetentionDue, *context, *request,
                          *response, handler_,
                          &ErasureHandler::ListRetentionDue);
  }

 private:
  const Pipeline& pipeline_;
  const ErasureHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeErasureService(
    const Pipeline& pipeline, const ErasureHandler& handler) {
  return std::make_unique<ErasureService>(pipeline, handler);
}

}  // namespace stegvis::server
