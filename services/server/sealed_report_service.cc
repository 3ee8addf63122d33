#include "services/server/services.h"
#include "stegvis/v1/sealed_report.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::SealedReportHandler;

class SealedReportService final
    : public v1::SealedReportService::CallbackService {
 public:
  SealedReportService(const Pipeline& pipeline,
                      const SealedReportHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* PreviewSealedReport(
      CallbackServerContext* context,
      const v1::PreviewSealedReportRequest* request,
      v1::PreviewSealedReportResponse* response) override {
    return pipeline_.Read(methods::kPreviewSealedReport, *context, *request,
                          *response, handler_,
                          &SealedReportHandler::PreviewSealedReport);
  }
  grpc::ServerUnaryReactor* SealReport(
      CallbackServerContext* context, const v1::SealReportRequest* request,
      v1::SealReportResponse* response) override {
    return pipeline_.Write(methods::kSealReport, *context, *request, *response,
                           handler_, &SealedReportHandler::SealReport);
  }
  grpc::ServerUnaryReactor* ListSealedReports(
      CallbackServerContext* context,
      const v1::ListSealedReportsRequest* request,
      v1::ListSealedReportsResponse* response) override {
    return pipeline_.Read(methods::kListSealedReports, *context, *request,
                          *response, handler_,
                          &SealedReportHandler::ListSealedReports);
  }
  grpc::ServerUnaryReactor* GetSealedReport(
      CallbackServerContext* context, const v1::GetSealedReportRequest* request,
      v1::SealedReport* response) override {
    return pipeline_.Read(methods::kGetSealedReport, *context, *request,
                          *response, handler_,
                          &SealedReportHandler::GetSealedReport);
  }
  grpc::ServerUnaryReactor* CompareSealedReports(
      CallbackServerContext* context,
      const v1::CompareSealedReportsRequest* request,
      v1::CompareSealedReportsResponse* response) override {
    return pipeline_.Read(methods::kCompareSealedReports, *context, *request,
                          *response, handler_,
                          &SealedReportHandler::CompareSealedReports);
  }
  grpc::ServerUnaryReactor* RecomputeSealedReport(
      CallbackServerContext* context,
      const v1::RecomputeSealedReportRequest* request,
      v1::RecomputeSealedReportResponse* response) override {
    return pipeline_.Read(methods::kRecomputeSealedReport, *context, *request,
                          *response, handler_,
                          &SealedReportHandler::RecomputeSealedReport);
  }
  grpc::ServerUnaryReactor* GetSigningKeys(
      CallbackServerContext* context, const v1::GetSigningKeysRequest* request,
      v1::GetSigningKeysResponse* response) override {
    return pipeline_.Read(methods::kGetSigningKeys, *context, *request,
                          *response, handler_,
                          &SealedReportHandler::GetSigningKeys);
  }

 private:
  const Pipeline& pipeline_;
  const SealedReportHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeSealedReportService(
    const Pipeline& pipeline, const SealedReportHandler& handler) {
  return std::make_unique<SealedReportService>(pipeline, handler);
}

}  // namespace stegvis::server
