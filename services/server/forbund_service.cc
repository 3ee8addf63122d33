#include "services/server/services.h"
#include "stegvis/v1/forbund.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::ForbundHandler;

class ForbundService final : public v1::ForbundService::CallbackService {
 public:
  ForbundService(const Pipeline& pipeline, const ForbundHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* CreateForbund(
      CallbackServerContext* context, const v1::CreateForbundRequest* request,
      v1::Forbund* response) override {
    return request->validate_only()
               ? pipeline_.Read(methods::kCreateForbund, *context, *request,
                                *response, handler_,
                                &ForbundHandler::CheckNewForbund)
               : pipeline_.Write(methods::kCreateForbund, *context, *request,
                                 *response, handler_,
                                 &ForbundHandler::CreateForbund);
  }
  grpc::ServerUnaryReactor* GetForbund(CallbackServerContext* context,
                                       const v1::GetForbundRequest* request,
                                       v1::Forbund* response) override {
    return pipeline_.Read(methods::kGetForbund, *context, *request, *response,
                          handler_, &ForbundHandler::GetForbund);
  }
  grpc::ServerUnaryReactor* ListForbund(
      CallbackServerContext* context, const v1::ListForbundRequest* request,
      v1::ListForbundResponse* response) override {
    return pipeline_.Read(methods::kListForbund, *context, *request, *response,
                          handler_, &ForbundHandler::ListForbund);
  }
  grpc::ServerUnaryReactor* UpdateForbund(
      CallbackServerContext* context, const v1::UpdateForbundRequest* request,
      v1::Forbund* response) override {
    return pipeline_.Write(methods::kUpdateForbund, *context, *request,
                           *response, handler_, &ForbundHandler::UpdateForbund);
  }
  grpc::ServerWriteReactor<v1::ExportForbundResponse>* ExportForbund(
      CallbackServerContext* context,
      const v1::ExportForbundRequest* request) override {
    return pipeline_.StreamRead(methods::kExportForbund, *context, *request,
                                handler_, &ForbundHandler::ExportForbund);
  }
  grpc::ServerUnaryReactor* CreateQuestion(
      CallbackServerContext* context, const v1::CreateQuestionRequest* request,
      v1::Question* response) override {
    return pipeline_.Write(methods::kCreateQuestion, *context, *request,
                           *response, handler_,
                           &ForbundHandler::CreateQuestion);
  }
  grpc::ServerUnaryReactor* ListQuestions(
      CallbackServerContext* context, const v1::ListQuestionsRequest* request,
      v1::ListQuestionsResponse* response) override {
    return pipeline_.Read(methods::kListQuestions, *context, *request,
                          *response, handler_, &ForbundHandler::ListQuestions);
  }
  grpc::ServerUnaryReactor* EndQuestion(CallbackServerContext* context,
                                        const v1::EndQuestionRequest* request,
                                        v1::Question* response) override {
    return pipeline_.Write(methods::kEndQuestion, *context, *request, *response,
                           handler_, &ForbundHandler::EndQuestion);
  }

 private:
  const Pipeline& pipeline_;
  const ForbundHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeForbundService(
    const Pipeline& pipeline, const ForbundHandler& handler) {
  return std::make_unique<ForbundService>(pipeline, handler);
}

}  // namespace stegvis::server
