#include "client/cli/demo/participation.h"

#include <algorithm>

namespace stegvis::demo {
namespace {

// From when participants were followed up: nothing of the kind existed before.
constexpr int kFirstFollowUpYear = 2020;

// A day of recording what happened on `day`, within `when`.
Day Recorded(Day day, const Days& when, Chance& chance) {
  const Day soon = day.PlusDays(static_cast<int>(
      chance.PerMille(500) ? chance.Below(4) : chance.Below(46)));
  if (soon < when.first) {
    return chance.Between(std::max(day, when.first), when.last);
  }
  return std::min(soon, when.last);
}

ExitMoment MakeExit(const Batch& batch, const Course& course,
                    const Participation& so_far, Chance& chance) {
  const Day day =
      chance.Between(std::max(so_far.entry, batch.exit.first), batch.exit.last);
  ExitMoment exit{
      .day = day,
      .recorded = std::max(Recorded(day, batch.exit_recorded, chance),
                           so_far.entry_recorded),
      .reason = MakeEndReason(chance),
      .situation = {}};
  if (batch.leaving == Leaving::kWrongly) {
    exit.reason = "felregistrering";
    return exit;
  }
  // Of whom nothing is known after, half have died.
  if (course.after == SupportSet::kUnknown && !course.works_after &&
      chance.PerMille(500)) {
    exit.reason = "avliden";
    return exit;
  }
  exit.situation = MakeSituation(course.after, course.works_after, chance);
  return exit;
}

FollowUpMoment MakeFollowUp(const ExitMoment& exit, int months, Day not_before,
                            const Course& course, Chance& chance) {
  const int off = static_cast<int>(
      chance.PerMille(20) ? chance.Between(61, 80) : chance.Between(-20, 30));
  const Day day = exit.day.PlusMonths(months).PlusDays(off);
  // Most have stayed as they left; some more have begun.
  const bool works =
      course.works_after ? chance.PerMille(850) : chance.PerMille(120);
  const SupportSet set =
      works && !course.works_after ? SupportSet::kNone : course.after;
  return {.day = day,
          .recorded = std::max(
              not_before, day.PlusDays(static_cast<int>(chance.Below(20)))),
          .situation = MakeSituation(set, works, chance)};
}

void AddFollowUps(const Course& course, Participation& participation,
                  Chance& chance) {
  const ExitMoment& exit = *participation.exit;
  if (!exit.situation.has_value()) return;
  if (exit.day.Year() < kFirstFollowUpYear) return;
  if (chance.PerMille(400)) {
    participation.after_6_months =
        MakeFollowUp(exit, 6, exit.recorded, course, chance);
  }
  if (chance.PerMille(250)) {
    const Day not_before = participation.after_6_months.has_value()
                               ? participation.after_6_months->recorded
                               : exit.recorded;
    participation.after_12_months =
        MakeFollowUp(exit, 12, not_before, course, chance);
  }
}

}  // namespace

Participation MakeParticipation(const Batch& batch, const Course& course,
                                Day earliest, Chance& chance) {
  const Day entry =
      chance.Between(std::max(batch.entry.first, earliest), batch.entry.last);
  Participation made{
      .entry = entry,
      .entry_recorded = Recorded(entry, batch.entry_recorded, chance),
      .situation = MakeSituation(course.before, course.works_before, chance),
      .exit = {},
      .after_6_months = {},
      .after_12_months = {},
      .recorded_at_exit = false};
  if (batch.leaving == Leaving::kNever) return made;
  made.exit = MakeExit(batch, course, made, chance);
  made.recorded_at_exit = !batch.entry_first && chance.PerMille(600);
  if (batch.leaving == Leaving::kWrongly) made.recorded_at_exit = true;
  if (batch.leaving != Leaving::kWrongly) AddFollowUps(course, made, chance);
  return made;
}

}  // namespace stegvis::demo
