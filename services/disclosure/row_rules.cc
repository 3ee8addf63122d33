#include "services/disclosure/row_rules.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "services/base/day.h"
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

using outcome::Block;
using outcome::BreakdownRow;
using outcome::Dimension;
using outcome::OutcomeReport;

int64_t DueOf(const Block& block, int months) {
  for (const outcome::FollowUpRow& row : block.follow_up) {
    if (row.months == months) return row.due.total;
  }
  return 0;
}

int64_t BaseOf(const Block& block) { return block.participants.base.total; }

// Reports that were merged may know of different days: then the rows tell.
bool IsSoInEveryEndReason(const OutcomeReport& report, int months) {
  return std::all_of(report.breakdowns.begin(), report.breakdowns.end(),
                     [&](const BreakdownRow& row) {
                       const int64_t due = DueOf(row.block, months);
                       return row.dimension != Dimension::kEndReason ||
                              due == 0 || due == BaseOf(row.block);
                     });
}

bool AllDue(const OutcomeReport& report, int months) {
  return report.to.PlusMonths(months) <= SwedishDay(report.as_of) &&
         IsSoInEveryEndReason(report, months);
}

int64_t TotalOf(const std::optional<outcome::PeopleCount>& count) {
  return count.has_value() ? count->total : 0;
}

void Add(std::vector<Measure>& to, const std::vector<Measure>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

const std::vector<Measure>& DueMeasures(Measure first) {
  static const auto& of_6 = *new std::vector<Measure>(
      {kMonth6 + kDue, kMonth6 + kAnswered, kMonth6 + kAnsweredWorkOrStudy,
       kMonth6 + kAnsweredSeeking, kMonth6 + kAnsweredOther,
       kMonth6 + kUnanswered});
  static const auto& of_12 = *new std::vector<Measure>(
      {kMonth12 + kDue, kMonth12 + kAnswered, kMonth12 + kAnsweredWorkOrStudy,
       kMonth12 + kAnsweredSeeking, kMonth12 + kAnsweredOther,
       kMonth12 + kUnanswered});
  return first == kMonth6 ? of_6 : of_12;
}

void AddNotYetDue(Measure first, RowRules& rules) {
  Add(rules.nobody, DueMeasures(first));
  rules.same.emplace_back(first + kNotDue, kBase);
}

void AddEndReason(const Block& block, Measure first, int months,
                  RowRules& rules) {
  if (DueOf(block, months) == 0) {
    // Only of the dead nobody is due, when all others are.
    return Add(rules.nobody, DueMeasures(first));
  }
  rules.same.emplace_back(first + kDue, kBase);
  rules.nobody.push_back(first + kNotDue);
}

// A volume insats counts people or structures; a personal one, persons and
// those who did not want to be one.
void AddUnnamed(const BreakdownRow& row, RowRules& rules) {
  const outcome::Participants& in = row.block.participants;
  const bool structural = TotalOf(in.structural_volume) > 0;
  const bool persons = in.started.total + in.ongoing.total + in.base.total +
                           TotalOf(in.anonymous) >
                       0;
  if (row.dimension == Dimension::kFocus) {
    Add(rules.nobody, structural
                          ? std::vector<Measure>{kStarted, kOngoing, kAnonymous,
                                                 kVolume, kRegistered}
                          : std::vector<Measure>{kStructuralVolume});
  }
  if (row.dimension != Dimension::kInsats) return;
  if (persons) {
    Add(rules.nobody, {kVolume, kStructuralVolume});
  } else {
    Add(rules.nobody, {kStarted, kOngoing, kAnonymous});
    rules.nobody.push_back(structural ? kVolume : kStructuralVolume);
  }
}

}  // namespace

DueByDay WhoIsDue(const OutcomeReport& report) {
  const Day as_of = SwedishDay(report.as_of);
  return {.all_6 = AllDue(report, 6),
          .all_12 = AllDue(report, 12),
          .none_6 = report.from.PlusMonths(6) > as_of,
          .none_12 = report.from.PlusMonths(12) > as_of};
}

RowRules RulesOfWhole(const DueByDay& due) {
  RowRules rules;
  if (due.all_12) rules.same = {{kMonth12 + kDue, kMonth6 + kDue}};
  if (due.none_6) AddNotYetDue(kMonth6, rules);
  if (due.none_12) AddNotYetDue(kMonth12, rules);
  return rules;
}

RowRules RulesOf(const BreakdownRow& row, const DueByDay& due,
                 const OutcomeReport& report) {
  RowRules rules = RulesOfWhole(due);
  if (row.dimension == Dimension::kEndReason) {
    if (due.all_12) rules.same.clear();
    if (due.all_6) AddEndReason(row.block, kMonth6, 6, rules);
    if (due.all_12) AddEndReason(row.block, kMonth12, 12, rules);
  }
  // Who left in the year is not still there at its end.
  if (row.dimension == Dimension::kYear &&
      row.value == absl::StrCat(report.to.Year())) {
    rules.nobody.push_back(kOngoing);
  }
  AddUnnamed(row, rules);
  return rules;
}

void ShareTheSame(const RowRules& rules, BlockId block, ReleaseModel& model) {
  for (const auto& [measure, other] : rules.same) {
    for (const Sex sex : kSexes) {
      model.Share(block, SlotOf(measure, sex),
                  model.CellAt(block, SlotOf(other, sex)));
    }
  }
}

}  // namespace stegvis::disclosure
