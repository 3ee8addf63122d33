#include "services/handlers/count_import.h"
#include "services/server/services.h"
#include "stegvis/v1/count.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::CountHandler;

class CountService final : public v1::CountService::CallbackService {
 public:
  CountService(const Pipeline& pipeline, const CountHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* SetCount(CallbackServerContext* context,
                                     const v1::SetCountRequest* request,
                                     v1::Count* response) override {
    return pipeline_.Write(methods::kSetCount, *context, *request, *response,
                           handler_, &CountHandler::SetCount);
  }
  grpc::ServerUnaryReactor* ListCounts(
      CallbackServerContext* context, const v1::ListCountsRequest* request,
      v1::ListCountsResponse* response) override {
    return pipeline_.Read(methods::kListCounts, *context, *request, *response,
                          handler_, &CountHandler::ListCounts);
  }
  grpc::ServerBidiReactor<v1::ImportCountsRequest, v1::ImportProgress>*
  ImportCounts(CallbackServerContext* context) override {
    return pipeline_.StreamRows<handlers::CountImport, v1::ImportCountsRequest>(
        methods::kImportCounts, *context);
  }

 private:
  const Pipeline& pipeline_;
  const CountHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeCountService(const Pipeline& pipeline,
                                                const CountHandler& handler) {
  return std::make_unique<CountService>(pipeline, handler);
}

}  // namespace stegvis::server
