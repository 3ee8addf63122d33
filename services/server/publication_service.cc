#include "services/server/services.h"
#include "stegvis/v1/publication.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::PublicationHandler;

class PublicationService final
    : public v1::PublicationService::CallbackService {
 public:
  PublicationService(const Pipeline& pipeline,
                     const PublicationHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerWriteReactor<v1::PublishReleaseResponse>* PublishRelease(
      CallbackServerContext* context,
      const v1::PublishReleaseRequest* request) override {
    return pipeline_.Stream(methods::kPublishRelease, *context, *request,
                            handler_, &PublicationHandler::PublishRelease);
  }
  grpc::ServerUnaryReactor* AnnounceRelease(
      CallbackServerContext* context, const v1::AnnounceReleaseRequest* request,
      v1::Release* response) override {
    return request->validate_only()
               ? pipeline_.Read(methods::kAnnounceRelease, *context, *request,
                                *response, handler_,
                                &PublicationHandler::CheckAnnouncement)
               : pipeline_.Write(methods::kAnnounceRelease, *context, *request,
                                 *response, handler_,
                                 &PublicationHandler::AnnounceRelease);
  }
  grpc::ServerUnaryReactor* ListReleases(
      CallbackServerContext* context, const v1::ListReleasesRequest* request,
      v1::ListReleasesResponse* response) override {
    return pipeline_.Read(methods::kListReleases, *context, *request, *response,
                          handler_, &PublicationHandler::ListReleases);
  }
  grpc::ServerUnaryReactor* GetRelease(CallbackServerContext* context,
                                       const v1::GetReleaseRequest* request,
                                       v1::Release* response) override {
    return pipeline_.Read(methods::kGetRelease, *context, *request, *response,
                          handler_, &PublicationHandler::GetRelease);
  }
  grpc::ServerUnaryReactor* GetReleaseProof(
      CallbackServerContext* context, const v1::GetReleaseProofRequest* request,
      v1::GetReleaseProofResponse* response) override {
    return pipeline_.Read(methods::kGetReleaseProof, *context, *request,
                          *response, handler_,
                          &PublicationHandler::GetReleaseProof);
  }

 private:
  const Pipeline& pipeline_;
  const PublicationHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePublicationService(
    const Pipeline& pipeline, const PublicationHandler& handler) {
  return std::make_unique<PublicationService>(pipeline, handler);
}

}  // namespace stegvis::server
