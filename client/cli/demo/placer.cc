#include "client/cli/demo/placer.h"

#include <array>
#include <utility>

namespace stegvis::demo {
namespace {

// Of a thousand participations, those of somebody who has just had another; and
// of a thousand of these, the ones in the same insats or in another förbund.
constexpr int64_t kAgainPerMille = 60;
constexpr int64_t kSameInsatsPerMille = 250;
constexpr int64_t kOtherForbundPerMille = 80;

// Whether the förbund was there all the time.
bool Covers(const Period& forbund, const Participation& participation) {
  if (!forbund.Holds(participation.entry)) return false;
  return participation.exit.has_value() ? forbund.Holds(participation.exit->day)
                                        : !forbund.end.has_value();
}

// Whether the same person can take part in the same insats once more: the entry
// date, by which participations are told apart, must be another.
bool MayReturn(const Participation& before, const Batch& batch) {
  if (batch.leaving == Leaving::kWrongly) return false;
  return before.exit.has_value() && before.entry < before.exit->day &&
         before.exit->day <= batch.entry.last;
}

}  // namespace

Placer::Placer(const std::vector<Forbund>& landscape, Chance& chance)
    : chance_(chance), numbers_(chance) {
  for (const Forbund& forbund : landscape) {
    tickets_.insert(tickets_.end(), static_cast<size_t>(forbund.size),
                    &forbund);
  }
}

const Forbund& Placer::AnyForbund(const Participation& participation) {
  for (;;) {
    const Forbund& forbund = *tickets_[static_cast<size_t>(
        chance_.Below(static_cast<int64_t>(tickets_.size())))];
    if (Covers(forbund.period, participation)) return forbund;
  }
}

const Insats& Placer::AnyInsats(const Forbund& forbund, Day entry,
                                const Insats* but_not) {
  std::array<const Insats*, 16> choice{};
  int64_t count = 0;
  for (const Insats& insats : forbund.insatser) {
    if (insats.activity->kind != ActivityKind::kPersonal) continue;
    if (!insats.period.Holds(entry) || &insats == but_not) continue;
    choice[static_cast<size_t>(count++)] = &insats;
  }
  return *choice[static_cast<size_t>(chance_.Below(count))];
}

std::optional<Placed> Placer::Again(const Batch& batch, const Course& course) {
  const int64_t kind = chance_.Below(1000);
  const bool other_forbund = kind < kOtherForbundPerMille;
  const bool same_insats = !other_forbund &&
                           kind < kOtherForbundPerMille + kSameInsatsPerMille &&
                           MayReturn(last_->participation, batch);
  const Day earliest =
      same_insats ? last_->participation.exit->day : batch.entry.first;
  Placed placed{
      .person = last_->person,
      .forbund = last_->forbund,
      .insats = last_->insats,
      .participation = MakeParticipation(batch, course, earliest, chance_),
      .again = true};
  if (other_forbund) placed.forbund = &AnyForbund(placed.participation);
  if (!Covers(placed.forbund->period, placed.participation)) return {};
  const Day entry = placed.participation.entry;
  if (!same_insats) {
    placed.insats = &AnyInsats(*placed.forbund, entry, last_->insats);
  }
  if (!placed.insats->period.Holds(entry)) return {};
  return placed;
}

Placed Placer::Fresh(const Batch& batch, const Course& course) {
  const Participation participation =
      MakeParticipation(batch, course, batch.entry.first, chance_);
  const Forbund& forbund = AnyForbund(participation);
  return {.person = MakePerson(participation.entry.Year(), numbers_, chance_),
          .forbund = &forbund,
          .insats = &AnyInsats(forbund, participation.entry, nullptr),
          .participation = participation,
          .again = false};
}

const Placed& Placer::Next(const Batch& batch, const Course& course) {
  std::optional<Placed> placed;
  // Twice at the most, so that the periods of a person in an insats are easily
  // seen not to overlap.
  if (last_.has_value() && !last_->again && chance_.PerMille(kAgainPerMille)) {
    placed = Again(batch, course);
  }
  last_ = placed.has_value() ? *std::move(placed) : Fresh(batch, course);
  return *last_;
}

}  // namespace stegvis::demo
