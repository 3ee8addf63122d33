// The gRPC services: one statement for each RPC, which names its method and
// its handler and leaves the rest to the pipeline.
#pragma once

#include <grpcpp/impl/service_type.h>

#include <memory>

#include "services/handlers/access_handler.h"
#include "services/handlers/admin_handler.h"
#include "services/handlers/audit_handler.h"
#include "services/handlers/backup_handler.h"
#include "services/handlers/code_list_handler.h"
#include "services/handlers/count_handler.h"
#include "services/handlers/erasure_handler.h"
#include "services/handlers/forbund_handler.h"
#include "services/handlers/insats_handler.h"
#include "services/handlers/outcome_handler.h"
#include "services/handlers/participation_handler.h"
#include "services/handlers/person_handler.h"
#include "services/handlers/publication_handler.h"
#include "services/handlers/sealed_report_handler.h"
#include "services/server/pipeline.h"

namespace stegvis::server {

// The pipeline and the handler outlive the service.
std::unique_ptr<grpc::Service> MakeAccessService(
    const Pipeline& pipeline, const handlers::AccessHandler& handler);
std::unique_ptr<grpc::Service> MakeAdminService(
    const Pipeline& pipeline, const handlers::AdminHandler& handler,
    const handlers::BackupHandler& backup);
std::unique_ptr<grpc::Service> MakeAuditService(
    const Pipeline& pipeline, const handlers::AuditHandler& handler);
std::unique_ptr<grpc::Service> MakeCodeListService(
    const Pipeline& pipeline, const handlers::CodeListHandler& handler);
std::unique_ptr<grpc::Service> MakeCountService(
    const Pipeline& pipeline, const handlers::CountHandler& handler);
std::unique_ptr<grpc::Service> MakeErasureService(
    const Pipeline& pipeline, const handlers::ErasureHandler& handler);
std::unique_ptr<grpc::Service> MakeForbundService(
    const Pipeline& pipeline, const handlers::ForbundHandler& handler);
std::unique_ptr<grpc::Service> MakeInsatsService(
    const Pipeline& pipeline, const handlers::InsatsHandler& handler);
std::unique_ptr<grpc::Service> MakeOutcomeService(
    const Pipeline& pipeline, const handlers::OutcomeHandler& handler);
std::unique_ptr<grpc::Service> MakeParticipationService(
    const Pipeline& pipeline, const handlers::ParticipationHandler& handler);
std::unique_ptr<grpc::Service> MakePersonService(
    const Pipeline& pipeline, const handlers::PersonHandler& handler);
std::unique_ptr<grpc::Service> MakePublicationService(
    const Pipeline& pipeline, const handlers::PublicationHandler& handler);
std::unique_ptr<grpc::Service> MakeSealedReportService(
    const Pipeline& pipeline, const handlers::SealedReportHandler& handler);

}  // namespace stegvis::server
