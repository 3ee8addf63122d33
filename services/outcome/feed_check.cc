#include "services/outcome/feed_check.h"

#include "absl/container/btree_set.h"
#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::outcome {
namespace {

using storage::Change;
using storage::ChangeKind;
using storage::FeedPosition;
using storage::ReadTransaction;

// Read at once.
constexpr int kChanges = 10'000;

}  // namespace

FeedCheck::FeedCheck(FeedPosition until)
    : until_(until), read_(static_cast<size_t>(until.value) + 1, false) {}

absl::Status FeedCheck::Note(const std::vector<FeedPosition>& read) {
  for (const FeedPosition position : read) {
    if (position > until_) continue;
    auto noted = read_[static_cast<size_t>(position.value)];
    if (noted) return errors::RecordUnreadable();
    noted = true;
  }
  return absl::OkStatus();
}

void FeedCheck::NoteErased(const std::vector<ParticipationId>& erased) {
  erased_.insert(erased.begin(), erased.end());
}

absl::Status FeedCheck::AddMissing(storage::Store& store, FactTable& table) {
  RETURN_IF_ERROR(store.Read(storage::AsOf::Now(), [this](ReadTransaction& tx) {
    newest_forbund_.clear();
    missing_.clear();
    return ReadFeed(tx);
  }));
  for (const auto& [forbund, newest] : newest_forbund_) {
    if (!WasRead(newest)) return errors::RecordUnreadable();
  }
  absl::btree_set<ParticipationKey> counted;
  for (const Change& change : missing_) {
    ForbundFacts* const facts = table.FindMutable(*change.forbund);
    if (facts == nullptr) return errors::RecordUnreadable();
    if (counted.empty() || counted.begin()->forbund != *change.forbund) {
      counted.clear();
      for (const auto& each : facts->Unreadable()) counted.insert(each.key);
    }
    const ParticipationKey key{*change.forbund, *change.insats,
                               *change.participation};
    if (!counted.insert(key).second) continue;
    // Since when it was known is lost too, so: for ever.
    facts->Add(storage::ScannedVersion{key, change.version, change.position,
                                       absl::InfinitePast(), nullptr});
  }
  return absl::OkStatus();
}

absl::Status FeedCheck::ReadFeed(ReadTransaction& tx) {
  FeedPosition reached;
  while (reached < until_) {
    ASSIGN_OR_RETURN(const std::vector<Change> changes,
                     tx.ReadChanges(reached, kChanges));
    if (changes.empty()) return absl::OkStatus();
    for (const Change& change : changes) {
      if (change.position > until_) return absl::OkStatus();
      RETURN_IF_ERROR(Check(change));
    }
    reached = changes.back().position;
  }
  return absl::OkStatus();
}

absl::Status FeedCheck::Check(const Change& change) {
  switch (change.kind) {
    case ChangeKind::kForbund:
      if (!change.forbund.has_value()) return errors::RecordUnreadable();
      newest_forbund_[*change.forbund] = change.position;
      return absl::OkStatus();
    case ChangeKind::kInsats:
    case ChangeKind::kCount:
    case ChangeKind::kErasure:
      return WasRead(change.position) ? absl::OkStatus()
                                      : errors::RecordUnreadable();
    case ChangeKind::kParticipation:
      if (WasRead(change.position)) return absl::OkStatus();
      if (!change.forbund.has_value() || !change.insats.has_value() ||
          !change.participation.has_value()) {
        return errors::RecordUnreadable();
      }
      // Its remainder says that its versions are gone for good.
      if (erased_.contains(*change.participation)) return absl::OkStatus();
      missing_.push_back(change);
      return absl::OkStatus();
    case ChangeKind::kQuestion:
    case ChangeKind::kGrant:
      return absl::OkStatus();
  }
  return absl::OkStatus();
}

}  // namespace stegvis::outcome
