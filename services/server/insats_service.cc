#include "services/handlers/insats_import.h"
#include "services/server/services.h"
#include "stegvis/v1/insats.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::InsatsHandler;

class InsatsService final : public v1::InsatsService::CallbackService {
 public:
  InsatsService(const Pipeline& pipeline, const InsatsHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* CreateInsats(CallbackServerContext* context,
                                         const v1::CreateInsatsRequest* request,
                                         v1::Insats* response) override {
    return pipeline_.Write(methods::kCreateInsats, *context, *request,
                           *response, handler_, &InsatsHandler::CreateInsats);
  }
  grpc::ServerUnaryReactor* GetInsats(CallbackServerContext* context,
                                      const v1::GetInsatsRequest* request,
                                      v1::Insats* response) override {
    return pipeline_.Read(methods::kGetInsats, *context, *request, *response,
                          handler_, &InsatsHandler::GetInsats);
  }
  grpc::ServerUnaryReactor* ListInsatser(
      CallbackServerContext* context, const v1::ListInsatserRequest* request,
      v1::ListInsatserResponse* response) override {
    return pipeline_.Read(methods::kListInsatser, *context, *request, *response,
                          handler_, &InsatsHandler::ListInsatser);
  }
  grpc::ServerUnaryReactor* UpdateInsats(CallbackServerContext* context,
                                         const v1::UpdateInsatsRequest* request,
                                         v1::Insats* response) override {
    return pipeline_.Write(methods::kUpdateInsats, *context, *request,
                           *response, handler_, &InsatsHandler::UpdateInsats);
  }
  grpc::ServerUnaryReactor* EndInsats(CallbackServerContext* context,
                                      const v1::EndInsatsRequest* request,
                                      v1::Insats* response) override {
    return pipeline_.Write(methods::kEndInsats, *context, *request, *response,
                           handler_, &InsatsHandler::EndInsats);
  }
  grpc::ServerUnaryReactor* ProposeMethod(
      CallbackServerContext* context, const v1::ProposeMethodRequest* request,
      v1::ProposeMethodResponse* response) override {
    return pipeline_.Read(methods::kProposeMethod, *context, *request,
                          *response, handler_, &InsatsHandler::ProposeMethod);
  }
  grpc::ServerBidiReactor<v1::ImportInsatserRequest, v1::ImportProgress>*
  ImportInsatser(CallbackServerContext* context) override {
    return pipeline_
        .StreamRows<handlers::InsatsImport, v1::ImportInsatserRequest>(
            methods::kImportInsatser, *context);
  }

 private:
  const Pipeline& pipeline_;
  const InsatsHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeInsatsService(const Pipeline& pipeline,
                                                 const InsatsHandler& handler) {
  return std::make_unique<InsatsService>(pipeline, handler);
}

}  // namespace stegvis::server
