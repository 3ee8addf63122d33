#include "services/outcome/indicators.h"

namespace stegvis::outcome {
namespace {

// Calls `visit` with the number of each bit in `bits`, lowest first.
template <typename Visit>
void ForEachBit(uint64_t bits, const Visit& visit) {
  for (; bits != 0; bits &= bits - 1) {
    visit(static_cast<size_t>(__builtin_ctzll(bits)));
  }
}

// The last day of exit that is due by `as_of`, `months` later: PlusMonths never
// goes back when its day goes on, so all days before are due too.
int32_t LastDue(Day as_of, int months) {
  // The due day of the exits of a month's last days is pressed to the end of a
  // shorter month: three days at most, so some day near lies within reach.
  Day day = as_of.PlusMonths(-months).PlusDays(4);
  while (day.PlusMonths(months) > as_of) day = day.PlusDays(-1);
  return day.Number();
}

void ReadOccupation(int work, int study, bool seeking, Indicator first,
                    std::vector<Indicator>& indicators) {
  const auto add = [&](OccupationKey key) {
    indicators.push_back(
        static_cast<Indicator>(first + static_cast<Indicator>(key)));
  };
  if (work + study == 0) {
    add(seeking ? OccupationKey::kSeeking : OccupationKey::kOther);
    return;
  }
  add(OccupationKey::kWorkOrStudy);
  if (work > 0) add(OccupationKey::kWork);
  if (study > 0) add(OccupationKey::kStudy);
}

void ReadChange(const Fact& fact, std::vector<Indicator>& indicators) {
  const int before = fact.work_before + fact.study_before;
  const int after = fact.work_after + fact.study_after;
  if (before == 0 && after > 0) indicators.push_back(kBegan);
  if (before > 0 && after > before) indicators.push_back(kIncreased);
}

void ReadFollowUp(uint8_t answer, Indicator first,
                  std::vector<Indicator>& indicators) {
  indicators.push_back(first + kDue);
  if (answer == 0) return;
  indicators.push_back(first + kAnswered);
  indicators.push_back(
      static_cast<Indicator>(first + kAnsweredClass + answer - 1));
}

}  // namespace

ReportDays MakeReportDays(Day from, Day to, Day as_of) {
  return ReportDays{from.Number(), to.Number(), LastDue(as_of, 6),
                    LastDue(as_of, 12)};
}

Moments MomentsOf(int32_t entry_day, int32_t exit_day, bool excluded_from_base,
                  const ReportDays& days) {
  Moments moments;
  moments.started = entry_day >= days.from && entry_day <= days.to;
  moments.ongoing = entry_day <= days.to && exit_day > days.to;
  moments.ended = exit_day >= days.from && exit_day <= days.to;
  moments.base = moments.ended && !excluded_from_base;
  return moments;
}

void IndicatorReader::Read(const Fact& fact, int32_t exit_day,
                           const Moments& moments,
                           std::vector<Indicator>& indicators) const {
  indicators.clear();
  if (moments.started) indicators.push_back(kStarted);
  if (moments.ongoing) indicators.push_back(kOngoing);
  if (moments.ended) indicators.push_back(kEnded);
  if (!moments.base) return;
  indicators.push_back(kBase);
  indicators.push_back(kIndividuals);
  ReadOccupation(fact.work_before, fact.study_before, fact.seeking_before,
                 kOccupationBefore, indicators);
  ReadOccupation(fact.work_after, fact.study_after, fact.seeking_after,
                 kOccupationAfter, indicators);
  ReadChange(fact, indicators);
  ReadFollowUps(fact, exit_day, indicators);
  ReadSupport(fact, indicators);
}

void IndicatorReader::ReadSupport(const Fact& fact,
                                  std::vector<Indicator>& indicators) const {
  ForEachBit(fact.sources_before, [&](size_t source) {
    indicators.push_back(layout_.SourceBefore(source));
  });
  ForEachBit(fact.sources_after, [&](size_t source) {
    indicators.push_back(layout_.SourceAfter(source));
  });
  ForEachBit(codes_.GroupsOf(fact.sources_before), [&](size_t group) {
    indicators.push_back(layout_.GroupBefore(group));
  });
  ForEachBit(codes_.GroupsOf(fact.sources_after), [&](size_t group) {
    indicators.push_back(layout_.GroupAfter(group));
  });
}

void IndicatorReader::ReadFollowUps(const Fact& fact, int32_t exit_day,
                                    std::vector<Indicator>& indicators) const {
  if (codes_.Deceased(fact.end_reason)) return;
  if (exit_day <= days_.last_due_6) {
    ReadFollowUp(fact.month_6, kMonth6, indicators);
  }
  if (exit_day <= days_.last_due_12) {
    ReadFollowUp(fact.month_12, kMonth12, indicators);
  }
}

}  // namespace stegvis::outcome
