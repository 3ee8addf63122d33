#include "services/handlers/report_causes.h"

#include <map>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/report_difference.h"
#include "services/handlers/sealed_content.h"
#include "services/outcome/fact_reading.h"
#include "services/outcome/make_report.h"

namespace stegvis::handlers {
namespace {

using Event = v1::EventCount;
using Kinds = std::set<EventKind>;

// Goes from the earlier revision to the later one in steps. One thread.
class Steps {
 public:
  Steps(storage::ReadTransaction& tx, const Revisions& revisions,
        const domain::CodeBook& codes)
      : tx_(tx),
        revisions_(revisions),
        between_(revisions.between),
        codes_(codes),
        known_(between_.after),
        as_of_(between_.as_of_before),
        report_(revisions.before) {
    known_.participation = [this](ParticipationId participation) {
      return let_happen_.contains(participation) ? between_.until
                                                 : between_.after;
    };
  }

  absl::Status Take() {
    const Kinds& of_store = revisions_.unlike_the_store;
    if (!of_store.empty()) RETURN_IF_ERROR(Step(of_store));
    as_of_ = between_.as_of_after;
    RETURN_IF_ERROR(StepIfAny(Event::KIND_FOLLOW_UP_BECAME_DUE));
    for (const auto& [kinds, participations] :
         revisions_.events.participations) {
      let_happen_.insert(participations.begin(), participations.end());
      RETURN_IF_ERROR(Step(kinds));
    }
    known_.anonymous_counts = between_.until;
    RETURN_IF_ERROR(StepIfAny(Event::KIND_ANONYMOUS_COUNT));
    known_.volume_counts = between_.until;
    RETURN_IF_ERROR(StepIfAny(Event::KIND_VOLUME_COUNT));
    known_.insatser = between_.until;
    RETURN_IF_ERROR(StepIfAny(Event::KIND_INSATS));
    known_.forbund = between_.until;
    RETURN_IF_ERROR(StepIfAny(Event::KIND_FORBUND));
    known_.erasures = between_.until;
    if (!of_store.empty()) RETURN_IF_ERROR(Step(of_store));
    // What the store does not say of the later one either.
    Add(of_store, revisions_.after);
    return absl::OkStatus();
  }

  void Tell(v1::CellChange& cell) const {
    const auto found = causes_.find(CellKey(cell));
    if (found == causes_.end()) return;
    for (const auto& [kinds, by] : found->second) {
      if (by == 0) continue;
      v1::CellCause& cause = *cell.add_causes();
      cause.mutable_kinds()->Assign(kinds.begin(), kinds.end());
      cause.set_by(by);
    }
  }

 private:
  absl::Status StepIfAny(EventKind kind) {
    return revisions_.events.counts.contains(kind) ? Step({kind})
                                                   : absl::OkStatus();
  }

  absl::Status Step(const Kinds& kinds) {
    ASSIGN_OR_RETURN(
        const outcome::FactTable table,
        outcome::ReadTableAt(tx_, between_.forbund, codes_, known_));
    const YearAt at{between_.forbund, between_.year, between_.until, as_of_};
    ASSIGN_OR_RETURN(const outcome::OutcomeReport report,
                     outcome::MakeReport(table, EverythingOf(at)));
    Add(kinds, ToProto(report));
    return absl::OkStatus();
  }

  void Add(const Kinds& kinds, v1::OutcomeReport report) {
    for (const v1::CellChange& cell : CellsThatDiffer(report_, report)) {
      causes_[CellKey(cell)][kinds] += cell.after() - cell.before();
    }
    report_ = std::move(report);
  }

  storage::ReadTransaction& tx_;
  const Revisions& revisions_;
  const Between& between_;
  const domain::CodeBook& codes_;
  outcome::KnownUntil known_;
  absl::Time as_of_;
  // The participations of which what was recorded in between has happened.
  absl::flat_hash_set<ParticipationId> let_happen_;
  v1::OutcomeReport report_;
  absl::flat_hash_map<std::string, std::map<Kinds, int64_t>> causes_;
};

}  // namespace

absl::Status AddCauses(storage::ReadTransaction& tx, const Revisions& revisions,
                       const domain::CodeBook& codes,
                       std::vector<v1::CellChange>& cells) {
  if (cells.empty()) return absl::OkStatus();
  Steps steps(tx, revisions, codes);
  RETURN_IF_ERROR(steps.Take());
  for (v1::CellChange& cell : cells) steps.Tell(cell);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
