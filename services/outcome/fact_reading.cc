#include "services/outcome/fact_reading.h"

#include <algorithm>
#include <utility>

#include "services/base/status_macros.h"

namespace stegvis::outcome {
namespace {

using storage::Change;
using storage::ChangeKind;
using storage::FeedPosition;
using storage::ReadTransaction;
using storage::ScannedVersion;
using storage::Versioned;

// So many that a batch is worth a transaction, so few that reports hardly wait
// for it.
constexpr int kMaxChanges = 1000;

// A snapshot may be ahead of the changes of a batch: what is later comes later.
template <typename T>
void DropLater(FeedPosition end, std::vector<T>& versions) {
  const auto later = [end](const T& version) { return version.position > end; };
  versions.erase(std::remove_if(versions.begin(), versions.end(), later),
                 versions.end());
}

// Everything of a förbund up to `end`.
absl::StatusOr<std::unique_ptr<ForbundFacts>> ReadUpTo(ReadTransaction& tx,
                                                       ForbundId id,
                                                       const CodeTables& codes,
                                                       FeedPosition end) {
  auto facts = std::make_unique<ForbundFacts>(id, codes);
  ASSIGN_OR_RETURN(const auto forbund, tx.GetForbund(id));
  facts->SetForbund(forbund.value);
  ASSIGN_OR_RETURN(auto insatser, tx.ListInsatsVersions(id));
  DropLater(end, insatser);
  facts->SetInsatser(insatser);
  ASSIGN_OR_RETURN(auto counts, tx.ListCountVersions(id));
  DropLater(end, counts);
  ASSIGN_OR_RETURN(auto erased, tx.ListErasures(id));
  DropLater(end, erased);
  facts->SetCounts(counts, erased);
  RETURN_IF_ERROR(tx.ScanParticipations(id, [&](const ScannedVersion& version) {
    if (version.position <= end) facts->Add(version);
    return absl::OkStatus();
  }));
  facts->ShrinkToFit();
  facts->SetReadUntil(end);
  return facts;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ForbundFacts>> ReadForbund(
    storage::Store& store, ForbundId id, const CodeTables& codes) {
  std::unique_ptr<ForbundFacts> facts;
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(const FeedPosition tail, tx.Tail());
        ASSIGN_OR_RETURN(facts, ReadUpTo(tx, id, codes, tail));
        return absl::OkStatus();
      }));
  return facts;
}

absl::StatusOr<ChangeBatch> ChangeBatch::Read(storage::Store& store,
                                              const CodeTables& codes,
                                              FeedPosition after) {
  ChangeBatch batch;
  RETURN_IF_ERROR(store.Read(storage::AsOf::Now(), [&](ReadTransaction& tx) {
    batch = ChangeBatch();
    return batch.ReadFrom(tx, codes, after);
  }));
  return batch;
}

absl::Status ChangeBatch::ReadFrom(ReadTransaction& tx, const CodeTables& codes,
                                   FeedPosition after) {
  ASSIGN_OR_RETURN(const std::vector<Change> changes,
                   tx.ReadChanges(after, kMaxChanges));
  end_ = changes.empty() ? after : changes.back().position;
  for (const Change& change : changes) {
    switch (change.kind) {
      case ChangeKind::kForbund:
      case ChangeKind::kInsats:
      case ChangeKind::kCount:
        surroundings_[*change.forbund].changed = change.position;
        break;
      case ChangeKind::kParticipation:
        RETURN_IF_ERROR(ReadVersion(tx, change));
        break;
      case ChangeKind::kErasure:
        // Nothing of the person stays, in memory either.
        whole_[*change.forbund].changed = change.position;
        break;
      case ChangeKind::kQuestion:
      case ChangeKind::kGrant:
        break;
    }
  }
  RETURN_IF_ERROR(ReadSurroundings(tx));
  return ReadWhole(tx, codes);
}

absl::Status ChangeBatch::ReadVersion(ReadTransaction& tx,
                                      const Change& change) {
  const ParticipationKey key{*change.forbund, *change.insats,
                             *change.participation};
  absl::StatusOr<Versioned<domain::Participation>> version =
      tx.GetParticipationVersion(key, change.version);
  // A seal that does not open hides the moment of the version too; a scan
  // tells it.
  if (absl::IsDataLoss(version.status()) ||
      absl::IsNotFound(version.status())) {
    whole_[key.forbund].changed = change.position;
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(version.status());
  versions_.push_back(Version{key, *std::move(version)});
  return absl::OkStatus();
}

absl::Status ChangeBatch::ReadSurroundings(ReadTransaction& tx) {
  for (auto& [id, around] : surroundings_) {
    ASSIGN_OR_RETURN(const auto forbund, tx.GetForbund(id));
    around.forbund = forbund.value;
    ASSIGN_OR_RETURN(around.insatser, tx.ListInsatsVersions(id));
    DropLater(end_, around.insatser);
    ASSIGN_OR_RETURN(around.counts, tx.ListCountVersions(id));
    DropLater(end_, around.counts);
    ASSIGN_OR_RETURN(around.erased, tx.ListErasures(id));
    DropLater(end_, around.erased);
  }
  return absl::OkStatus();
}

absl::Status ChangeBatch::ReadWhole(ReadTransaction& tx,
                                    const CodeTables& codes) {
  for (auto& [id, whole] : whole_) {
    ASSIGN_OR_RETURN(whole.facts, ReadUpTo(tx, id, codes, end_));
  }
  return absl::OkStatus();
}

void ChangeBatch::ApplyTo(FactTable& table) {
  for (auto& [id, whole] : whole_) {
    const ForbundFacts* known = table.Find(id);
    if (known != nullptr && whole.changed <= known->ReadUntil()) continue;
    table.Put(std::move(whole.facts));
  }
  for (const auto& [id, around] : surroundings_) {
    if (table.Find(id) == nullptr) {
      table.Put(std::make_unique<ForbundFacts>(id, table.Codes()));
    }
    ForbundFacts& facts = *table.FindMutable(id);
    if (around.changed <= facts.ReadUntil()) continue;
    if (around.forbund.has_value()) facts.SetForbund(*around.forbund);
    facts.SetInsatser(around.insatser);
    facts.SetCounts(around.counts, around.erased);
  }
  for (const Version& version : versions_) Apply(version, table);
  table.SetPosition(end_);
}

void ChangeBatch::Apply(const Version& version, FactTable& table) const {
  ForbundFacts* facts = table.FindMutable(version.key.forbund);
  const Versioned<domain::Participation>& read = version.participation;
  if (facts == nullptr || read.position <= facts->ReadUntil()) return;
  facts->Add(ScannedVersion{version.key, read.version, read.position,
                            read.known_from, &read.value});
}

}  // namespace stegvis::outcome
