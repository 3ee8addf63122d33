#include "services/handlers/backup_moment.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/known_now.h"
#include "services/outcome/report_text.h"
#include "storage/backup/backup_root.h"
#include "storage/seal/hash.h"
#include "storage/store/erasure_log.h"
#include "storage/store/session.h"

namespace stegvis::handlers {
namespace {

using storage::v1::BackupManifest;

// The whole lines: a last one that is cut off was never told.
absl::StatusOr<std::string> ReadErasures(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return errors::FileUnreadable();
  std::string content{std::istreambuf_iterator<char>(file), {}};
  const size_t end = content.rfind('\n');
  content.resize(end == std::string::npos ? 0 : end + 1);
  return content;
}

absl::Status NoteErasures(const std::string& content,
                          BackupManifest& manifest) {
  ASSIGN_OR_RETURN(const std::vector<storage::ErasureEntry> entries,
                   storage::ErasureLog::Parse(content));
  manifest.set_erasures(static_cast<int64_t>(entries.size()));
  if (entries.empty()) return absl::OkStatus();
  const size_t hash = content.rfind(' ') + 1;
  manifest.set_last_erasure_hash(
      content.substr(hash, content.size() - 1 - hash));
  return absl::OkStatus();
}

absl::Status NoteHead(std::optional<ForbundId> forbund,
                      storage::ReadTransaction& tx, BackupManifest& manifest) {
  ASSIGN_OR_RETURN(const storage::AuditHead head, tx.SignAuditHead(forbund));
  storage::v1::BackupAuditHead& noted = *manifest.add_audit_heads();
  const IdBytes scope = storage::ScopeOf(forbund);
  noted.set_scope(scope.data(), scope.size());
  noted.set_size(head.tree.size);
  noted.set_root(head.tree.root.data(), head.tree.root.size());
  return absl::OkStatus();
}

// Every förbund; notes where their logs end, and the installation's.
absl::StatusOr<std::vector<ForbundId>> ReadLogs(storage::ReadTransaction& tx,
                                                BackupManifest& manifest) {
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  std::vector<ForbundId> forbund;
  RETURN_IF_ERROR(NoteHead(std::nullopt, tx, manifest));
  for (const auto& each : all) {
    RETURN_IF_ERROR(NoteHead(each.value.id, tx, manifest));
    forbund.push_back(each.value.id);
  }
  return forbund;
}

// The newest year that is complete.
absl::Status NoteReport(const outcome::FactFeed& facts,
                        std::vector<ForbundId> forbund, absl::Time now,
                        BackupManifest& manifest) {
  if (forbund.empty()) return absl::OkStatus();
  const int year = SwedishDay(now).Year() - 1;
  ASSIGN_OR_RETURN(
      const outcome::OutcomeReport report,
      facts.Report(outcome::YearOf(std::move(forbund), year, now)));
  storage::v1::BackupReport& noted = *manifest.mutable_report();
  noted.set_definition(outcome::kReportTextDefinition);
  noted.set_year(year);
  noted.set_as_of(absl::ToUnixMicros(now));
  noted.set_sha256(seal::Sha256(outcome::TextOfCounts(report)));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<BackupMoment> TakeBackupMoment(storage::Store& store,
                                              const outcome::FactFeed& facts,
                                              const Clock& clock,
                                              const BackupFiles& files) {
  BackupMoment taken;
  // Inside a write's body nothing is committed; what others in the same batch
  // have written is not seen from the store.
  const auto take = [&](storage::WriteTransaction&) -> absl::Status {
    if (store.Keys().rotation.has_value()) return errors::KeysRotating();
    BackupMoment moment;
    BackupManifest& manifest = moment.manifest;
    std::vector<ForbundId> forbund;
    RETURN_IF_ERROR(
        store.Read(storage::AsOf::Now(),
                   [&](storage::ReadTransaction& tx) -> absl::Status {
                     ASSIGN_OR_RETURN(forbund, ReadLogs(tx, manifest));
                     return absl::OkStatus();
                   }));
    const storage::FeedPosition tail = store.Tail();
    ASSIGN_OR_RETURN(const absl::Time now, KnownNow(facts, tail, clock));
    RETURN_IF_ERROR(NoteReport(facts, std::move(forbund), now, manifest));
    ASSIGN_OR_RETURN(moment.root, storage::NewestRoot(files.key_source));
    ASSIGN_OR_RETURN(moment.erasures, ReadErasures(files.erasures));
    RETURN_IF_ERROR(NoteErasures(moment.erasures, manifest));
    ASSIGN_OR_RETURN(moment.held, store.HoldMoment());
    manifest.set_made_at(absl::ToUnixMicros(clock.Now()));
    manifest.set_feed_position(tail.value);
    taken = std::move(moment);
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(store.WriteAndWait(take));
  return taken;
}

}  // namespace stegvis::handlers
