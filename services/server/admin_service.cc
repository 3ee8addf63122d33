#include "services/server/services.h"
#include "stegvis/v1/admin.grpc.pb.h"

namespace stegvis::server {
namespace {

namespace methods = access::methods;
using grpc::CallbackServerContext;
using handlers::AdminHandler;
using handlers::BackupHandler;

class AdminService final : public v1::AdminService::CallbackService {
 public:
  AdminService(const Pipeline& pipeline, const AdminHandler& handler,
               const BackupHandler& backup)
      : pipeline_(pipeline), handler_(handler), backup_(backup) {}

  grpc::ServerUnaryReactor* GetStatus(
      CallbackServerContext* context, const v1::GetStatusRequest* request,
      v1::GetStatusResponse* response) override {
    return pipeline_.Read(methods::kGetStatus, *context, *request, *response,
                          handler_, &AdminHandler::GetStatus);
  }
  grpc::ServerUnaryReactor* GetKeyStatus(
      CallbackServerContext* context, const v1::GetKeyStatusRequest* request,
      v1::GetKeyStatusResponse* response) override {
    return pipeline_.Read(methods::kGetKeyStatus, *context, *request, *response,
                          handler_, &AdminHandler::GetKeyStatus);
  }
  grpc::ServerUnaryReactor* RotateKeys(
      CallbackServerContext* context, const v1::RotateKeysRequest* request,
      v1::RotateKeysResponse* response) override {
    return pipeline_.Write(methods::kRotateKeys, *context, *request, *response,
                           handler_, &AdminHandler::RotateKeys);
  }

  grpc::ServerWriteReactor<v1::BackupResponse>* Backup(
      CallbackServerContext* context,
      const v1::BackupRequest* request) override {
    return pipeline_.Stream(methods::kBackup, *context, *request, backup_,
                            &BackupHandler::Backup);
  }

 private:
  const Pipeline& pipeline_;
  const AdminHandler& handler_;
  const BackupHandler& backup_;
};

}  // namespace

std::unique_ptr<grpc::Service> MakeAdminService(const Pipeline& pipeline,
                                                const AdminHandler& handler,
                                                const BackupHandler& backup) {
  return std::make_unique<AdminService>(pipeline, handler, backup);
}

}  // namespace stegvis::server
