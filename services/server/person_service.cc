#include "services/server/services.h"
#include "stegvis/v1/person.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::PersonHandler;

class PersonService final : public v1::PersonService::CallbackService {
 public:
  PersonService(const Pipeline& pipeline, const PersonHandler& handler)
      : pipeline_(pipeline), handler_(handler) {}

  grpc::ServerUnaryReactor* FindPerson(
      CallbackServerContext* context, const v1::FindPersonRequest* request,
      v1::FindPersonResponse* response) override {
    return pipeline_.Read(methods::kFindPerson, *context, *request, *response,
                          handler_, &PersonHandler::FindPerson);
  }
  grpc::ServerUnaryReactor* RevealPerson(
      CallbackServerContext* context, const v1::RevealPersonRequest* request,
      v1::PersonIdentity* response) override {
    return pipeline_.Read(methods::kRevealPerson, *context, *request, *response,
                          handler_, &PersonHandler::RevealPerson);
  }
  grpc::ServerUnaryReactor* ExtractPerson(
      CallbackServerContext* context, const v1::ExtractPersonRequest* request,
      v1::PersonExtract* response) override {
    return pipeline_.Read(methods::kExtractPerson, *context, *request,
                          *response, handler_, &PersonHandler::ExtractPerson);
  }

 private:
  const Pipeline& pipeline_;
  const PersonHandler& handler_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakePersonService(const Pipeline& pipeline,
                                                 const PersonHandler& handler) {
  return std::make_unique<PersonService>(pipeline, handler);
}

}  // namespace stegvis::server
