#include "services/server/services.h"
#include "stegvis/v1/outcome.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::OutcomeHandler;

class OutcomeService final : public v1::OutcomeService::CallbackService {
 public:
  OutcomeService(const Pipeline& pipeline, const OutcomeHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* GetOutcomeReport(
      CallbackServerContext* context,
      const v1::GetOutcomeReportRequest* request,
      v1::OutcomeReport* response) override {
    return pipeline_.Read(methods::kGetOutcomeReport, *context, *request,
                          *response, handler_,
                          &OutcomeHandler::GetOutcomeReport);
  }

 private:
  const Pipeline& pipeline_;
  const OutcomeHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeOutcomeService(
    const Pipeline& pipeline, const OutcomeHandler& handler) {
  return std::make_unique<OutcomeService>(pipeline, handler);
}

}  // namespace stegvis::server
