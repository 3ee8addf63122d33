#include "services/handlers/stored_releases.h"

#include <algorithm>
#include <vector>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"

namespace stegvis::handlers {

using domain::Role;
using storage::SealedReportKey;
using validation::ReleaseName;

ForbundId ScopeOf(const std::optional<ForbundId>& forbund) {
  return forbund.value_or(storage::kNation);
}

ReleaseName NameOf(const SealedReportKey& key) {
  ReleaseName name{std::nullopt, key.year, key.revision};
  if (key.forbund != storage::kNation) name.forbund = key.forbund;
  return name;
}

bool MayPublish(const access::Caller& caller,
                const std::optional<ForbundId>& forbund) {
  return caller.Has(Role::kForbundAdmin, domain::Scope{forbund, {}}) ||
         (!forbund.has_value() && caller.Has(Role::kNational, {}));
}

absl::StatusOr<v1::ReleaseProof> ReadProof(storage::ReadTransaction& tx,
                                           const SealedReportKey& key) {
  ASSIGN_OR_RETURN(
      const storage::SealedReport stored,
      tx.GetSealedReport(key.forbund, storage::SealedKind::kRelease, key.year,
                         key.revision));
  v1::ReleaseProof proof;
  if (!proof.ParseFromString(stored.payload)) {
    return errors::Bug("release_payload");
  }
  proof.mutable_release()->set_name(
      validation::ReleaseNameText(NameOf(stored.key)));
  *proof.mutable_release()->mutable_publish_time() =
      TimestampOf(stored.key.recorded_at);
  return proof;
}

bool IsAnnounced(const v1::ReleaseProof& kept) { return !kept.has_truth(); }

absl::StatusOr<std::vector<SealedReportKey>> KeysOf(
    storage::SealedKind kind, ForbundId scope, int year,
    storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(std::vector<SealedReportKey> keys,
                   tx.ListSealedReports(scope, kind));
  std::erase_if(keys,
                [&](const SealedReportKey& key) { return key.year != year; });
  std::sort(keys.begin(), keys.end(),
            [](const SealedReportKey& a, const SealedReportKey& b) {
              return a.revision < b.revision;
            });
  return keys;
}

absl::StatusOr<std::optional<SealedReportKey>> NewestOf(
    storage::SealedKind kind, ForbundId scope, int year,
    storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<SealedReportKey> keys,
                   KeysOf(kind, scope, year, tx));
  if (keys.empty()) return std::nullopt;
  return keys.back();
}

}  // namespace stegvis::handlers
