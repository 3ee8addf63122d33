#include "services/outcome/formulas.h"

#include "services/outcome/cells.h"
#include "services/outcome/scan.h"
#include "services/outcome/statistics.h"

namespace stegvis::outcome {
namespace {

// Whether counts of people without a person say which value of `dimension` they
// have: they say nothing of the others.
bool CountsTell(Dimension dimension) {
  switch (dimension) {
    case Dimension::kSex:
    case Dimension::kFocus:
    case Dimension::kTargetGroup:
    case Dimension::kInsats:
    case Dimension::kForbund:
      return true;
    case Dimension::kAgeGroup:
    case Dimension::kEducation:
    case Dimension::kReferredBy:
    case Dimension::kMonthsOnSupport:
    case Dimension::kKommun:
    case Dimension::kYear:
    case Dimension::kEndReason:
      return false;
  }
  return false;
}

PeopleCount Difference(const PeopleSum& after, const PeopleSum& before) {
  return PeopleCount{after.total - before.total, after.women - before.women,
                     after.men - before.men};
}

void DeriveParticipants(const UnnamedRules& rules, Participants& people) {
  people.registered.reset();
  people.coverage.reset();
  if (!rules.counts) {
    people.anonymous.reset();
    people.volume.reset();
    people.structural_volume.reset();
    return;
  }
  const PeopleSum started = AsPeopleSum(people.started);
  const PeopleSum registered =
      started + AsPeopleSum(people.anonymous.value_or(PeopleCount())) +
      AsPeopleSum(people.volume.value_or(PeopleCount()));
  people.registered = AsPeopleCount(registered);
  if (rules.coverage) people.coverage = Share(started.total, registered.total);
}

// Where coverage cannot be said, neither can how many there are besides.
void DeriveRoughBounds(const Participants& people, OccupationRow& row) {
  row.share_after_if_others_failed.reset();
  row.share_after_if_others_succeeded.reset();
  if (!people.coverage.has_value()) return;
  const std::optional<Interval> bounds =
      RoughBounds(row.after.total, people.base.total,
                  people.anonymous->total + people.volume->total);
  if (!bounds.has_value()) return;
  row.share_after_if_others_failed = bounds->low;
  row.share_after_if_others_succeeded = bounds->high;
}

void DeriveOccupation(const Participants& people, OccupationRow& row) {
  const int64_t base = people.base.total;
  row.share_before = Share(row.before.total, base);
  row.share_after = Share(row.after.total, base);
  row.share_after_low.reset();
  row.share_after_high.reset();
  if (const std::optional<Interval> interval = Wilson(row.after.total, base)) {
    row.share_after_low = interval->low;
    row.share_after_high = interval->high;
  }
  DeriveRoughBounds(people, row);
}

void DeriveSupport(const Participants& people, SupportRow& row) {
  row.change = Difference(AsPeopleSum(row.after), AsPeopleSum(row.before));
  row.change_percent = Share(row.change.total, row.before.total);
  row.change_percentage_points = Share(row.change.total, people.base.total);
}

}  // namespace

UnnamedRules RulesOfWhole(Day from, Day to,
                          const std::vector<Filter>& filters) {
  UnnamedRules rules{true, WholeYearsOf(from, to).period_is_whole_years};
  for (const Filter& filter : filters) {
    rules.counts = rules.counts && CountsTell(filter.dimension);
    // Of a sex, the started are to be had, but not those of counts without.
    if (filter.dimension == Dimension::kSex) rules.coverage = false;
  }
  return rules;
}

UnnamedRules RulesOfRows(Dimension dimension, const UnnamedRules& whole,
                         bool every_volume_sex_known) {
  UnnamedRules rules;
  rules.counts = whole.counts && CountsTell(dimension);
  rules.coverage = whole.coverage &&
                   (dimension != Dimension::kSex || every_volume_sex_known);
  return rules;
}

void Derive(const UnnamedRules& rules, Block& block) {
  DeriveParticipants(rules, block.participants);
  for (OccupationRow& row : block.occupation) {
    DeriveOccupation(block.participants, row);
  }
  for (SupportRow& row : block.support) {
    DeriveSupport(block.participants, row);
  }
  for (SupportRow& row : block.support_groups) {
    DeriveSupport(block.participants, row);
  }
}

}  // namespace stegvis::outcome
