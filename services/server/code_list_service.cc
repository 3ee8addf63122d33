#include "services/server/services.h"
#include "stegvis/v1/code_list.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::CodeListHandler;

class CodeListService final : public v1::CodeListService::CallbackService {
 public:
  CodeListService(const Pipeline& pipeline, const CodeListHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* ListCodes(
      CallbackServerContext* context, const v1::ListCodesRequest* request,
      v1::ListCodesResponse* response) override {
    return pipeline_.Read(methods::kListCodes, *context, *request, *response,
                          handler_, &CodeListHandler::ListCodes);
  }

 private:
  const Pipeline& pipeline_;
  const CodeListHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeCodeListService(
    const Pipeline& pipeline, const CodeListHandler& handler) {
  return std::make_unique<CodeListService>(pipeline, handler);
}

}  // namespace stegvis::server
