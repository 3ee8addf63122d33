#include "services/server/environment.h"

#include <algorithm>
#include <iostream>
#include <thread>
#include <utility>

#include "services/base/clock.h"
#include "services/base/log.h"
#include "services/base/status_macros.h"
#include "services/base/worker_pool.h"
#include "services/outcome/fact_feed.h"
#include "services/server/installation_files.h"
#include "services/server/pipeline.h"
#include "services/server/services.h"
#include "storage/store/open.h"

namespace stegvis::server {
namespace {

constexpr char kVersion[] = STEGVIS_VERSION;

// Long work waits for the store and the network more than it computes.
int WorkerThreads() {
  return std::max(4, 2 * static_cast<int>(std::thread::hardware_concurrency()));
}

handlers::BackupSources SourcesOf(const Configuration& configuration) {
  return {configuration.key_source, configuration.data_directory, kVersion,
          [file = configuration.file] { return ReadInstallationFiles(file); }};
}

// The handlers, with what they are made of.
struct Handlers {
  Handlers(storage::Store& store, const Clock& clock,
           const outcome::FactFeed& facts, const Configuration& configuration)
      : access(store.Codes(), clock),
        admin(store, facts, clock.Now(), kVersion),
        audit(),
        backup(store, clock, facts, SourcesOf(configuration)),
        code_list(store.Codes(), clock),
        count(store.Codes(), clock),
        erasure(store.Codes(), clock),
        forbund(store.Codes(), clock),
        insats(store.Codes(), clock),
        outcome(store.Codes(), clock, facts),
        participation(store.Codes(), clock),
        person(store.Codes(), clock),
        publication(store, clock, facts),
        sealed_report(store.Codes(), clock, facts) {}

  const handlers::AccessHandler access;
  const handlers::AdminHandler admin;
  const handlers::AuditHandler audit;
  const handlers::BackupHandler backup;
  const handlers::CodeListHandler code_list;
  const handlers::CountHandler count;
  const handlers::ErasureHandler erasure;
  const handlers::ForbundHandler forbund;
  const handlers::InsatsHandler insats;
  const handlers::OutcomeHandler outcome;
  const handlers::ParticipationHandler participation;
  const handlers::PersonHandler person;
  const handlers::PublicationHandler publication;
  const handlers::SealedReportHandler sealed_report;
};

// The members stand in the order they are built: each uses those before it.
class BuiltEnvironment final : public Environment {
 public:
  BuiltEnvironment(const Configuration& configuration,
                   std::unique_ptr<SystemClock> clock,
                   std::unique_ptr<storage::Store> store,
                   std::unique_ptr<outcome::FactFeed> facts)
      : clock_(std::move(clock)),
        log_(std::cerr, *clock_),
        store_(std::move(store)),
        facts_(std::move(facts)),
        handlers_(*store_, *clock_, *facts_, configuration),
        workers_(WorkerThreads()),
        pipeline_(
            {*store_, *clock_, log_, workers_, configuration.log_requests}) {
    MakeServices();
  }

  ~BuiltEnvironment() override {
    facts_->Stop();
    store_->Stop();
  }

  const std::vector<std::unique_ptr<grpc::Service>>& Services() const override {
    return services_;
  }

 private:
  void MakeServices() {
    services_.push_back(MakeForbundService(pipeline_, handlers_.forbund));
    services_.push_back(MakeInsatsService(pipeline_, handlers_.insats));
    services_.push_back(
        MakeParticipationService(pipeline_, handlers_.participation));
    services_.push_back(MakePersonService(pipeline_, handlers_.person));
    services_.push_back(MakeErasureService(pipeline_, handlers_.erasure));
    services_.push_back(MakeCountService(pipeline_, handlers_.count));
    services_.push_back(MakeOutcomeService(pipeline_, handlers_.outcome));
    services_.push_back(
        MakePublicationService(pipeline_, handlers_.publication));
    services_.push_back(
        MakeSealedReportService(pipeline_, handlers_.sealed_report));
    services_.push_back(MakeCodeListService(pipeline_, handlers_.code_list));
    services_.push_back(MakeAccessService(pipeline_, handlers_.access));
    services_.push_back(MakeAuditService(pipeline_, handlers_.audit));
    services_.push_back(
        MakeAdminService(pipeline_, handlers_.admin, handlers_.backup));
  }

  const std::unique_ptr<SystemClock> clock_;
  Log log_;
  const std::unique_ptr<storage::Store> store_;
  const std::unique_ptr<outcome::FactFeed> facts_;
  const Handlers handlers_;
  WorkerPool workers_;
  const Pipeline pipeline_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Environment>> Environment::Build(
    const Configuration& configuration) {
  auto clock = std::make_unique<SystemClock>();
  storage::StoreOptions options;
  options.data_directory = configuration.data_directory;
  options.key_source = configuration.key_source;
  ASSIGN_OR_RETURN(std::unique_ptr<storage::Store> store,
                   storage::OpenStore(options, *clock));
  ASSIGN_OR_RETURN(std::unique_ptr<outcome::FactFeed> facts,
                   outcome::FactFeed::Start(*store));
  return std::unique_ptr<Environment>(std::make_unique<BuiltEnvironment>(
      configuration, std::move(clock), std::move(store), std::move(facts)));
}

}  // namespace stegvis::server
