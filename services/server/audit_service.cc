#include "services/server/services.h"
#include "stegvis/v1/audit.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::AuditHandler;

class AuditService final : public v1::AuditService::CallbackService {
 public:
  AuditService(const Pipeline& pipeline, const AuditHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* ListAuditEntries(
      CallbackServerContext* context,
      const v1::ListAuditEntriesRequest* request,
      v1::ListAuditEntriesResponse* response) override {
    return pipeline_.Read(methods::kListAuditEntries, *context, *request,
                          *response, handler_, &AuditHandler::ListAuditEntries);
  }
  grpc::ServerUnaryReactor* GetAuditHead(CallbackServerContext* context,
                                         const v1::GetAuditHeadRequest* request,
                                         v1::AuditHead* response) override {
    return pipeline_.Read(methods::kGetAuditHead, *context, *request, *response,
                          handler_, &AuditHandler::GetAuditHead);
  }
  grpc::ServerUnaryReactor* VerifyAuditLog(
      CallbackServerContext* context, const v1::VerifyAuditLogRequest* request,
      v1::VerifyAuditLogResponse* response) override {
    return pipeline_.Read(methods::kVerifyAuditLog, *context, *request,
                          *response, handler_, &AuditHandler::VerifyAuditLog);
  }

 private:
  const Pipeline& pipeline_;
  const AuditHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAuditService(const Pipeline& pipeline,
                                                const AuditHandler& handler) {
  return std::make_unique<AuditService>(pipeline, handler);
}

}  // namespace stegvis::server
