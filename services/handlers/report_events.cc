#include "services/handlers/report_events.h"

#include <map>
#include <optional>
#include <set>
#include <utility>

#include "services/base/day.h"
#include "services/base/status_macros.h"
#include "services/handlers/open_points.h"
#include "services/outcome/fact_reading.h"

namespace stegvis::handlers {
namespace {

using domain::Participation;
using storage::ScannedVersion;
using Kind = EventKind;

// Whether anything was filled in or changed that a report may show.
bool SaysSomethingElse(const Participation& before,
                       const Participation& after) {
  return before.entry != after.entry || before.exit != after.exit ||
         before.follow_ups != after.follow_ups || before.kommun != after.kommun;
}

// What made `after` of `before`; nothing when no report shows it, as an
// acknowledgement.
std::optional<Kind> KindOf(const Participation& before,
                           const Participation& after,
                           const domain::CodeBook& codes) {
  if (domain::IsRegisteredWrongly(after, codes) &&
      !domain::IsRegisteredWrongly(before, codes)) {
    return v1::EventCount::KIND_WRONG_REGISTRATION;
  }
  if (!after.correction_reason.empty()) {
    return v1::EventCount::KIND_CORRECTION;
  }
  if (!SaysSomethingElse(before, after)) return std::nullopt;
  if (!before.exit.has_value() && after.exit.has_value()) {
    return v1::EventCount::KIND_EXIT_RECORDED;
  }
  if (before.follow_ups != after.follow_ups) {
    return v1::EventCount::KIND_FOLLOW_UP_RECORDED;
  }
  return v1::EventCount::KIND_COMPLETION;
}

// Finds events. One thread.
class EventReader {
 public:
  EventReader(const Between& between, const domain::CodeBook& codes)
      : between_(between), codes_(codes) {}

  absl::Status Read(storage::ReadTransaction& tx) {
    RETURN_IF_ERROR(ReadParticipations(tx));
    RETURN_IF_ERROR(ReadErasures(tx));
    RETURN_IF_ERROR(ReadCounts(tx));
    RETURN_IF_ERROR(ReadInsatser(tx));
    return ReadForbund(tx);
  }

  Events Found() && { return std::move(events_); }

 private:
  bool IsBetween(storage::FeedPosition position) const {
    return position > between_.after && position <= between_.until;
  }

  void Count(Kind kind, int count = 1) {
    if (count > 0) events_.counts[kind] += count;
  }

  absl::Status ReadParticipations(storage::ReadTransaction& tx) {
    RETURN_IF_ERROR(tx.ScanParticipations(
        between_.forbund, [this](const ScannedVersion& version) {
          if (version.position <= between_.until) Add(version);
          return absl::OkStatus();
        }));
    Leave();
    return absl::OkStatus();
  }

  // The versions of a participation come together and in order.
  void Add(const ScannedVersion& version) {
    if (current_ != version.key.participation) {
      Leave();
      current_ = version.key.participation;
    }
    if (version.participation == nullptr) return;
    if (IsBetween(version.position)) {
      is_changed_ = true;
      AddEvent(*version.participation);
    }
    last_ = *version.participation;
  }

  void AddEvent(const Participation& now) {
    if (!last_.has_value()) {
      is_late_ = CountsIn(now, between_.year, codes_);
      is_new_ = true;
      return;
    }
    if (is_new_) {
      is_late_ = CountsIn(now, between_.year, codes_);
      return;
    }
    if (!CountsIn(*last_, between_.year, codes_) &&
        !CountsIn(now, between_.year, codes_)) {
      return;
    }
    const std::optional<Kind> kind = KindOf(*last_, now, codes_);
    if (kind.has_value()) kinds_.insert(*kind);
  }

  // Counts what happened with the participation at hand, each kind once.
  void Leave() {
    if (is_late_) kinds_ = {v1::EventCount::KIND_LATE_REGISTRATION};
    for (const Kind kind : kinds_) Count(kind);
    if (is_changed_) events_.participations[kinds_].push_back(*current_);
    if (last_.has_value() && !is_new_) {
      Count(v1::EventCount::KIND_FOLLOW_UP_BECAME_DUE,
            FollowUpsFallingDue(*last_, between_.year,
                                SwedishDay(between_.as_of_before),
                                SwedishDay(between_.as_of_after), codes_));
    }
    current_.reset();
    last_.reset();
    kinds_.clear();
    is_changed_ = false;
    is_late_ = false;
    is_new_ = false;
  }

  // Of one that counted nowhere, nothing was left.
  absl::Status ReadErasures(storage::ReadTransaction& tx) {
    ASSIGN_OR_RETURN(const auto erasures, tx.ListErasures(between_.forbund));
    for (const storage::Erasure& erasure : erasures) {
      const bool may_count = erasure.count.has_value() &&
                             erasure.count->start_year <= between_.year;
      if (IsBetween(erasure.position) && may_count) {
        Count(v1::EventCount::KIND_ERASURE);
      }
    }
    return absl::OkStatus();
  }

  absl::Status ReadCounts(storage::ReadTransaction& tx) {
    ASSIGN_OR_RETURN(const auto versions,
                     tx.ListCountVersions(between_.forbund));
    std::set<std::pair<domain::CountKind, InsatsId>> changed;
    for (const auto& version : versions) {
      if (IsBetween(version.position) && version.value.year == between_.year) {
        changed.emplace(version.value.kind, version.value.insats);
      }
    }
    for (const auto& [kind, insats] : changed) {
      Count(kind == domain::CountKind::kAnonymous
                ? v1::EventCount::KIND_ANONYMOUS_COUNT
                : v1::EventCount::KIND_VOLUME_COUNT);
    }
    return absl::OkStatus();
  }

  absl::Status ReadInsatser(storage::ReadTransaction& tx) {
    ASSIGN_OR_RETURN(const auto versions,
                     tx.ListInsatsVersions(between_.forbund));
    std::set<InsatsId> changed;
    for (const auto& version : versions) {
      if (IsBetween(version.position)) changed.insert(version.value.id);
    }
    Count(v1::EventCount::KIND_INSATS, static_cast<int>(changed.size()));
    return absl::OkStatus();
  }

  absl::Status ReadForbund(storage::ReadTransaction& tx) {
    ASSIGN_OR_RETURN(const auto version,
                     outcome::ForbundAt(tx, between_.forbund, between_.until));
    if (IsBetween(version.position)) Count(v1::EventCount::KIND_FORBUND);
    return absl::OkStatus();
  }

  const Between& between_;
  const domain::CodeBook& codes_;
  Events events_;
  // The participation at hand.
  std::optional<ParticipationId> current_;
  std::optional<Participation> last_;
  std::set<Kind> kinds_;
  bool is_changed_ = false;
  bool is_new_ = false;
  bool is_late_ = false;
};

}  // namespace

absl::StatusOr<Events> EventsBetween(storage::ReadTransaction& tx,
                                     const Between& between,
                                     const domain::CodeBook& codes) {
  EventReader reader(between, codes);
  RETURN_IF_ERROR(reader.Read(tx));
  return std::move(reader).Found();
}

}  // namespace stegvis::handlers
