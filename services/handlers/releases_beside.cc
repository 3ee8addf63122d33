#include "services/handlers/releases_beside.h"

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/kept_witnesses.h"
#include "services/handlers/release_proof.h"
#include "services/handlers/stored_releases.h"

namespace stegvis::handlers {
namespace {

using disclosure::EarlierRelease;
using storage::SealedReportKey;

absl::StatusOr<std::optional<NationOut>> ReadNation(
    int year, storage::ReadTransaction& tx,
    disclosure::WitnessesByRelease& kept) {
  ASSIGN_OR_RETURN(
      const std::vector<SealedReportKey> keys,
      KeysOf(storage::SealedKind::kRelease, storage::kNation, year, tx));
  if (keys.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const v1::ReleaseProof proof, ReadProof(tx, keys.back()));
  if (keys.size() > 1 || IsAnnounced(proof)) {
    return errors::ReleaseOfOtherLevel();
  }
  ASSIGN_OR_RETURN(EarlierRelease release, EarlierOf(proof));
  RETURN_IF_ERROR(AddKept(keys.back(), tx, kept));
  return NationOut{std::move(release), keys.back().recorded_at};
}

absl::StatusOr<std::vector<EarlierRelease>> ReadOf(
    ForbundId forbund, int year, storage::ReadTransaction& tx,
    disclosure::WitnessesByRelease& kept) {
  ASSIGN_OR_RETURN(const std::vector<SealedReportKey> keys,
                   KeysOf(storage::SealedKind::kRelease, forbund, year, tx));
  std::vector<EarlierRelease> releases;
  for (const SealedReportKey& key : keys) {
    ASSIGN_OR_RETURN(const v1::ReleaseProof proof, ReadProof(tx, key));
    ASSIGN_OR_RETURN(EarlierRelease release, EarlierOf(proof));
    RETURN_IF_ERROR(AddKept(key, tx, kept));
    releases.push_back(std::move(release));
  }
  return releases;
}

}  // namespace

disclosure::ReleasesOut Beside::Out() const {
  disclosure::ReleasesOut out;
  if (nation.has_value()) out.nation = nation->release;
  for (const auto& [id, releases] : forbund) out.forbund.push_back(releases);
  out.kept = kept;
  return out;
}

absl::StatusOr<Beside> ReadBeside(const std::optional<ForbundId>& forbund,
                                  int year, storage::ReadTransaction& tx) {
  Beside beside;
  if (forbund.has_value()) {
    ASSIGN_OR_RETURN(beside.nation, ReadNation(year, tx, beside.kept));
    if (!beside.nation.has_value()) return beside;
  }
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  for (const auto& other : all) {
    if (other.value.id == forbund) continue;
    ASSIGN_OR_RETURN(std::vector<EarlierRelease> releases,
                     ReadOf(other.value.id, year, tx, beside.kept));
    if (!releases.empty()) {
      beside.forbund.emplace(other.value.id, std::move(releases));
    }
  }
  return beside;
}

absl::Status CheckNoForbundIsOut(int year, storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const auto all, tx.ListForbund());
  for (const auto& forbund : all) {
    ASSIGN_OR_RETURN(
        const std::vector<SealedReportKey> out,
        KeysOf(storage::SealedKind::kRelease, forbund.value.id, year, tx));
    if (!out.empty()) return errors::ReleaseOfOtherLevel();
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
