#include "services/offline/backup_examination.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/audit_scan.h"
#include "services/outcome/fact_feed.h"
#include "services/outcome/report_text.h"
#include "services/validation/resource_name.h"
#include "storage/audit/log_check.h"
#include "storage/seal/hash.h"

namespace stegvis::offline {
namespace {

using outcome::FactFeed;
using storage::ReadTransaction;
using storage::v1::BackupManifest;
using Kind = BackupProblem::Kind;
using Problem = std::optional<BackupProblem>;

constexpr absl::Duration kLongestWait = absl::Minutes(10);
// No förbund is older than the law that lets there be any.
constexpr int kFirstYear = 2004;

struct ForbundList {
  std::vector<ForbundId> ids;
  int first_year = 0;
};

absl::StatusOr<ForbundList> ListForbund(ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  ForbundList list;
  for (const auto& each : all) {
    const int year = each.value.start.Year();
    list.first_year = list.ids.empty() ? year : std::min(list.first_year, year);
    list.ids.push_back(each.value.id);
  }
  return list;
}

// The förbund whose log it is the head of; nothing for the installation's.
absl::StatusOr<std::optional<ForbundId>> LogOf(
    const storage::v1::BackupAuditHead& head) {
  IdBytes scope = {};
  if (head.scope().size() != scope.size()) return errors::BackupDamaged();
  std::copy(head.scope().begin(), head.scope().end(), scope.begin());
  std::optional<ForbundId> forbund;
  if (scope != IdBytes{}) forbund = ForbundId::FromBytes(scope);
  return forbund;
}

// The heads that were kept, where the log goes on, and the backup's.
absl::StatusOr<std::vector<audit::EarlierHead>> HeadsOf(
    std::optional<ForbundId> forbund, const audit::TreeHead& backed_up,
    ReadTransaction& tx) {
  std::vector<audit::EarlierHead> heads = {{backed_up, /*is_signed=*/true}};
  ASSIGN_OR_RETURN(const std::vector<storage::AuditHead> kept,
                   tx.ListAuditHeads(forbund));
  for (const storage::AuditHead& head : kept) {
    ASSIGN_OR_RETURN(const bool is_signed, tx.IsSigned(head));
    heads.push_back({head.tree, is_signed});
  }
  ASSIGN_OR_RETURN(const storage::AuditHead end, tx.SignAuditHead(forbund));
  heads.push_back({end.tree, /*is_signed=*/true});
  return heads;
}

absl::StatusOr<Problem> CheckLog(const storage::v1::BackupAuditHead& head,
                                 ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::optional<ForbundId> forbund, LogOf(head));
  const absl::StatusOr<audit::Hash> root = audit::HashFrom(head.root());
  if (!root.ok()) return errors::BackupDamaged();
  const std::string name =
      validation::ScopeName(domain::Scope{forbund, std::nullopt});
  const auto heads = HeadsOf(forbund, {head.size(), *root}, tx);
  // The log's keys are gone, or what it ends with.
  if (absl::IsNotFound(heads.status()) || absl::IsDataLoss(heads.status())) {
    return Problem({Kind::kAuditLog, 1, name});
  }
  RETURN_IF_ERROR(heads.status());
  audit::LogCheck check(*heads);
  RETURN_IF_ERROR(handlers::ScanAudit(
      tx, forbund, 0, [&check](const storage::RecordedAuditEntry& entry) {
        check.Add({static_cast<uint64_t>(entry.sequence), entry.leaf,
                   entry.recorded, entry.entry.ok()});
        return true;
      }));
  const std::vector<audit::Problem> problems = check.Finish();
  if (problems.empty()) return Problem();
  return Problem(
      {Kind::kAuditLog, static_cast<int64_t>(problems.front().first), name});
}

absl::StatusOr<Problem> CheckLogs(const BackupManifest& manifest,
                                  size_t forbund, ReadTransaction& tx) {
  if (static_cast<size_t>(manifest.audit_heads_size()) != forbund + 1) {
    return Problem({Kind::kLost, 0, ""});
  }
  for (const storage::v1::BackupAuditHead& head : manifest.audit_heads()) {
    ASSIGN_OR_RETURN(Problem problem, CheckLog(head, tx));
    if (problem.has_value()) return problem;
  }
  return Problem();
}

absl::StatusOr<Problem> CheckReport(const BackupManifest& manifest,
                                    const ForbundList& forbund,
                                    const FactFeed& facts) {
  if (!manifest.has_report()) {
    return forbund.ids.empty() ? Problem() : Problem({Kind::kLost, 0, ""});
  }
  const storage::v1::BackupReport& wanted = manifest.report();
  // Earlier definitions are made as they were; there are none yet.
  if (wanted.definition() != outcome::kReportTextDefinition) {
    return errors::SchemaTooNew();
  }
  ASSIGN_OR_RETURN(
      const outcome::OutcomeReport report,
      facts.Report(outcome::YearOf(forbund.ids, wanted.year(),
                                   absl::FromUnixMicros(wanted.as_of()))));
  if (seal::Sha256(outcome::TextOfCounts(report)) == wanted.sha256()) {
    return Problem();
  }
  return Problem({Kind::kReport, wanted.year(), ""});
}

absl::StatusOr<std::vector<RegisteredYear>> RegisteredOf(
    const BackupManifest& manifest, const ForbundList& forbund,
    const FactFeed& facts) {
  std::vector<RegisteredYear> years;
  if (!manifest.has_report()) return years;
  const absl::Time as_of = absl::FromUnixMicros(manifest.report().as_of());
  const int last = SwedishDay(as_of).Year() + 1;
  for (int year = std::max(forbund.first_year, kFirstYear); year <= last;
       ++year) {
    ASSIGN_OR_RETURN(const outcome::OutcomeReport report,
                     facts.Report(outcome::YearOf(forbund.ids, year, as_of)));
    years.push_back({year, outcome::TextOfRegistered(report)});
  }
  return years;
}

absl::StatusOr<int64_t> CountErasures(storage::Store& store) {
  int64_t erasures = 0;
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const ForbundList forbund, ListForbund(tx));
        for (const ForbundId id : forbund.ids) {
          ASSIGN_OR_RETURN(const std::vector<storage::Erasure> listed,
                           tx.ListErasures(id));
          erasures += static_cast<int64_t>(listed.size());
        }
        return absl::OkStatus();
      }));
  return erasures;
}

// A store, its facts, and its förbund.
struct Opened {
  std::unique_ptr<FactFeed> facts;
  ForbundList forbund;
};

// Nothing where the facts find that something is lost.
absl::StatusOr<std::optional<Opened>> Open(storage::Store& store) {
  Opened opened;
  absl::StatusOr<std::unique_ptr<FactFeed>> facts = FactFeed::Start(store);
  if (absl::IsDataLoss(facts.status())) return std::optional<Opened>();
  RETURN_IF_ERROR(facts.status());
  opened.facts = *std::move(facts);
  RETURN_IF_ERROR(
      opened.facts->WaitFor(store.Tail(), absl::Now() + kLongestWait));
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(opened.forbund, ListForbund(tx));
        return absl::OkStatus();
      }));
  return std::optional<Opened>(std::move(opened));
}

}  // namespace

absl::StatusOr<Examined> ExamineRestored(storage::Store& store,
                                         const BackupManifest& manifest) {
  Examined examined;
  ASSIGN_OR_RETURN(const std::optional<Opened> opened, Open(store));
  if (!opened.has_value() || opened->facts->Statistics().unreadable > 0 ||
      store.Tail().value != manifest.feed_position()) {
    examined.problem = BackupProblem{Kind::kLost, 0, ""};
    return examined;
  }
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(examined.problem,
                         CheckLogs(manifest, opened->forbund.ids.size(), tx));
        return absl::OkStatus();
      }));
  if (!examined.problem.has_value()) {
    ASSIGN_OR_RETURN(examined.problem,
                     CheckReport(manifest, opened->forbund, *opened->facts));
  }
  ASSIGN_OR_RETURN(examined.registered,
                   RegisteredOf(manifest, opened->forbund, *opened->facts));
  ASSIGN_OR_RETURN(examined.erasures, CountErasures(store));
  return examined;
}

absl::StatusOr<Examined> ExamineErasedAgain(storage::Store& store,
                                            const BackupManifest& manifest,
                                            const Examined& before) {
  Examined examined;
  ASSIGN_OR_RETURN(examined.erasures, CountErasures(store));
  // Where nobody was erased, nothing can differ.
  if (examined.erasures == before.erasures) return examined;
  ASSIGN_OR_RETURN(const std::optional<Opened> opened, Open(store));
  if (!opened.has_value()) {
    examined.problem = BackupProblem{Kind::kLost, 0, ""};
    return examined;
  }
  ASSIGN_OR_RETURN(examined.registered,
                   RegisteredOf(manifest, opened->forbund, *opened->facts));
  for (size_t i = 0; i < before.registered.size(); ++i) {
    if (examined.registered[i].totals == before.registered[i].totals) continue;
    examined.problem =
        BackupProblem{Kind::kTotals, before.registered[i].year, ""};
    break;
  }
  return examined;
}

}  // namespace stegvis::offline
