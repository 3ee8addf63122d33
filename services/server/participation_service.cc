#include "services/handlers/participation_import.h"
#include "services/server/services.h"
#include "stegvis/v1/participation.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::ParticipationHandler;

class ParticipationService final
    : public v1::ParticipationService::CallbackService {
 public:
  ParticipationService(const Pipeline& pipeline,
                       const ParticipationHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* RegisterParticipation(
      CallbackServerContext* context,
      const v1::RegisterParticipationRequest* request,
      v1::Participation* response) override {
    return request->validate_only()
               ? pipeline_.Read(methods::kRegisterParticipation, *context,
                                *request, *response, handler_,
                                &ParticipationHandler::CheckRegistration)
               : pipeline_.Write(methods::kRegisterParticipation, *context,
                                 *request, *response, handler_,
                                 &ParticipationHandler::RegisterParticipation);
  }
  grpc::ServerUnaryReactor* GetParticipation(
      CallbackServerContext* context,
      const v1::GetParticipationRequest* request,
      v1::Participation* response) override {
    return pipeline_.Read(methods::kGetParticipation, *context, *request,
                          *response, handler_,
                          &ParticipationHandler::GetParticipation);
  }
  grpc::ServerUnaryReactor* ListParticipations(
      CallbackServerContext* context,
      const v1::ListParticipationsRequest* request,
      v1::ListParticipationsResponse* response) override {
    return pipeline_.Read(methods::kListParticipations, *context, *request,
                          *response, handler_,
                          &ParticipationHandler::ListParticipations);
  }
  grpc::ServerUnaryReactor* ListDueFollowUps(
      CallbackServerContext* context,
      const v1::ListDueFollowUpsRequest* request,
      v1::ListDueFollowUpsResponse* response) override {
    return pipeline_.Read(methods::kListDueFollowUps, *context, *request,
                          *response, handler_,
                          &ParticipationHandler::ListDueFollowUps);
  }
  grpc::ServerUnaryReactor* EndParticipation(
      CallbackServerContext* context,
      const v1::EndParticipationRequest* request,
      v1::Participation* response) override {
    return pipeline_.Write(methods::kEndParticipation, *context, *request,
                           *response, handler_,
                           &ParticipationHandler::EndParticipation);
  }
  grpc::ServerUnaryReactor* RecordFollowUp(
      CallbackServerContext* context, const v1::RecordFollowUpRequest* request,
      v1::Participation* response) override {
    return pipeline_.Write(methods::kRecordFollowUp, *context, *request,
                           *response, handler_,
                           &ParticipationHandler::RecordFollowUp);
  }
  grpc::ServerUnaryReactor* CorrectParticipation(
      CallbackServerContext* context,
      const v1::CorrectParticipationRequest* request,
      v1::Participation* response) override {
    return pipeline_.Write(methods::kCorrectParticipation, *context, *request,
                           *response, handler_,
                           &ParticipationHandler::CorrectParticipation);
  }
  grpc::ServerUnaryReactor* AcknowledgeFinding(
      CallbackServerContext* context,
      const v1::AcknowledgeFindingRequest* request,
      v1::Participation* response) override {
    return pipeline_.Write(methods::kAcknowledgeFinding, *context, *request,
                           *response, handler_,
                           &ParticipationHandler::AcknowledgeFinding);
  }
  grpc::ServerBidiReactor<v1::ImportParticipationsRequest, v1::ImportProgress>*
  ImportParticipations(CallbackServerContext* context) override {
    return pipeline_.StreamRows<handlers::ParticipationImport,
                                v1::ImportParticipationsRequest>(
        methods::kImportParticipations, *context);
  }

 private:
  const Pipeline& pipeline_;
  const ParticipationHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeParticipationService(
    const Pipeline& pipeline, const ParticipationHandler& handler) {
  return std::make_unique<ParticipationService>(pipeline, handler);
}

}  // namespace stegvis::server
