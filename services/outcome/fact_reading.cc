#include "services/outcome/fact_reading.h"

#include <algorithm>
#include <utility>

#include "services/base/errors.h"
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

// Whether a change has the ids that its kind has; a damaged one may not.
bool NamesItsThing(const Change& change) {
  if (change.kind == ChangeKind::kGrant) return true;
  if (change.kind != ChangeKind::kParticipation &&
      change.kind != ChangeKind::kErasure) {
    return change.forbund.has_value();
  }
  return change.forbund.has_value() && change.insats.has_value() &&
         change.participation.has_value();
}

// A snapshot may be ahead of the changes of a batch: what is later comes later.
template <typename T>
void DropLater(FeedPosition end, std::vector<T>& versions) {
  const auto later = [end](const T& version) { return version.position > end; };
  versions.erase(std::remove_if(versions.begin(), versions.end(), later),
                 versions.end());
}

// The positions of what was read and opened, and the end of what may be read.
struct Found {
  std::vector<FeedPosition> versions;
  std::vector<ParticipationId> erased;
  bool beyond_end = false;  // Something that was opened lies beyond it.
};

template <typename T>
void NotePositions(const std::vector<Versioned<T>>& versions, Found& found) {
  for (const Versioned<T>& version : versions) {
    found.versions.push_back(version.position);
  }
}

void NoteErased(const std::vector<storage::Erasure>& erased, Found& found) {
  for (const storage::Erasure& one : erased) {
    found.versions.push_back(one.position);
    found.erased.push_back(one.key.participation);
  }
}

// Of a version that does not open the moment is not to be trusted either: one
// that lies ahead would hide it, and let the version before pass for the
// newest.
ScannedVersion KnownForEver(ScannedVersion version) {
  version.known_from = absl::InfinitePast();
  return version;
}

absl::Status ReadParticipations(ReadTransaction& tx, const KnownUntil& known,
                                ForbundFacts& facts, Found& found,
                                const ReadTransaction::VersionVisitor& also) {
  return tx.ScanParticipations(facts.Id(), [&](const ScannedVersion& version) {
    const bool is_open = version.participation != nullptr;
    if (version.position <= known.participation(version.key.participation)) {
      RETURN_IF_ERROR(also(version));
      facts.Add(is_open ? version : KnownForEver(version));
      if (is_open) found.versions.push_back(version.position);
    } else if (is_open) {
      found.beyond_end = true;
    }
    return absl::OkStatus();
  });
}

void DropLaterCounts(const KnownUntil& known,
                     std::vector<Versioned<domain::Count>>& counts) {
  std::erase_if(counts, [&](const Versioned<domain::Count>& count) {
    return count.position > (count.value.kind == domain::CountKind::kAnonymous
                                 ? known.anonymous_counts
                                 : known.volume_counts);
  });
}

// What is known of a förbund; where it was found is put in `found`.
absl::StatusOr<std::unique_ptr<ForbundFacts>> ReadUpTo(
    ReadTransaction& tx, ForbundId id, const CodeTables& codes,
    const KnownUntil& known, Found& found,
    const ReadTransaction::VersionVisitor& also = &IgnoreVersion) {
  auto facts = std::make_unique<ForbundFacts>(id, codes);
  ASSIGN_OR_RETURN(const auto forbund, tx.GetForbund(id));
  found.versions.push_back(forbund.position);
  facts->SetForbund(forbund.value);
  ASSIGN_OR_RETURN(auto insatser, tx.ListInsatsVersions(id));
  DropLater(known.insatser, insatser);
  NotePositions(insatser, found);
  facts->SetInsatser(insatser);
  ASSIGN_OR_RETURN(auto counts, tx.ListCountVersions(id));
  DropLaterCounts(known, counts);
  NotePositions(counts, found);
  ASSIGN_OR_RETURN(auto erased, tx.ListErasures(id));
  DropLater(known.erasures, erased);
  NoteErased(erased, found);
  facts->SetCounts(counts, erased);
  RETURN_IF_ERROR(ReadParticipations(tx, known, *facts, found, also));
  facts->ShrinkToFit();
  facts->SetReadUntil(known.forbund);
  return facts;
}

absl::StatusOr<ReadFacts> ReadToTail(ReadTransaction& tx, ForbundId id,
                                     const CodeTables& codes) {
  ASSIGN_OR_RETURN(const FeedPosition tail, tx.Tail());
  Found found;
  ReadFacts read;
  ASSIGN_OR_RETURN(read.facts,
                   ReadUpTo(tx, id, codes, KnownUntil(tail), found));
  // The end of the feed is lost, and with it what would be told next.
  if (found.beyond_end) return errors::RecordUnreadable();
  read.positions = std::move(found.versions);
  read.erased = std::move(found.erased);
  return read;
}

}  // namespace

absl::Status IgnoreVersion(const ScannedVersion& /*version*/) {
  return absl::OkStatus();
}

absl::StatusOr<ReadFacts> ReadForbund(storage::Store& store, ForbundId id,
                                      const CodeTables& codes) {
  absl::StatusOr<ReadFacts> read;
  RETURN_IF_ERROR(store.Read(storage::AsOf::Now(), [&](ReadTransaction& tx) {
    read = ReadToTail(tx, id, codes);
    return read.status();
  }));
  return read;
}

absl::StatusOr<Versioned<domain::Forbund>> ForbundAt(ReadTransaction& tx,
                                                     ForbundId id,
                                                     FeedPosition position) {
  ASSIGN_OR_RETURN(auto version, tx.GetForbund(id));
  while (version.position > position) {
    if (version.version == 1) return errors::NotFound();
    ASSIGN_OR_RETURN(version, tx.GetForbundVersion(id, version.version - 1));
  }
  return version;
}

absl::StatusOr<FactTable> ReadTableAt(
    ReadTransaction& tx, ForbundId id, const domain::CodeBook& book,
    const KnownUntil& known, const ReadTransaction::VersionVisitor& also) {
  ASSIGN_OR_RETURN(const Versioned<domain::Forbund> forbund,
                   ForbundAt(tx, id, known.forbund));
  ASSIGN_OR_RETURN(FactTable table, FactTable::Create(book));
  Found found;
  ASSIGN_OR_RETURN(std::unique_ptr<ForbundFacts> facts,
                   ReadUpTo(tx, id, table.Codes(), known, found, also));
  facts->SetForbund(forbund.value);
  table.Put(std::move(facts));
  table.SetPosition(known.forbund);
  return table;
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
    if (!NamesItsThing(change)) return errors::RecordUnreadable();
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
    Found found;
    ASSIGN_OR_RETURN(whole.facts,
                     ReadUpTo(tx, id, codes, KnownUntil(end_), found));
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
