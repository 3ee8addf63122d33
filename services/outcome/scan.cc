#include "services/outcome/scan.h"

#include "absl/strings/str_cat.h"

namespace stegvis::outcome {
namespace {

// How many rows ahead memory is asked for.
constexpr size_t kAhead = 8;

PeopleSum SumOf(const CountVersion& count) {
  return PeopleSum{count.total, count.women.value_or(0), count.men.value_or(0)};
}

PeopleSum& CellOf(const CountVersion& count, const InsatsVersion& insats,
                  UnnamedCells& cells) {
  if (count.kind == domain::CountKind::kAnonymous) return cells.anonymous;
  return insats.orientation == domain::Orientation::kIndividual
             ? cells.volume
             : cells.structural_volume;
}

}  // namespace

WholeYears WholeYearsOf(Day from, Day to) {
  const bool from_first = from == Day::FirstOfYear(from.Year());
  const bool to_last = to == Day::LastOfYear(to.Year());
  return WholeYears{from.Year() + (from_first ? 0 : 1),
                    to.Year() - (to_last ? 0 : 1),
                    from_first && to_last && from <= to};
}

Scan::Scan(const CodeTables& codes, const Selection& selection,
           const ReportDays& days, const WholeYears& years,
           Breakdown& breakdown, Cells& cells, FlowCells& flows)
    : codes_(codes),
      selection_(selection),
      days_(days),
      years_(years),
      breakdown_(breakdown),
      cells_(cells),
      flows_(flows),
      reader_(codes, days),
      concerns_(selection.Forbund().size()),
      indicator_bytes_(cells.Width()) {}

void Scan::Run(size_t first, size_t last) {
  for (size_t forbund = first; forbund < last; ++forbund) {
    AddFacts(forbund);
    individuals_.TakeBackRepeated(cells_);
    AddCounts(forbund);
    AddUnreadable(forbund);
  }
}

void Scan::Absorb(const Scan& other) {
  breakdown_.Absorb(other.breakdown_);
  flows_.Absorb(other.flows_);
  for (size_t i = 0; i < concerns_.size(); ++i) {
    concerns_[i] = concerns_[i] || other.concerns_[i];
  }
  for (const std::string& name : other.names_) {
    if (names_.size() < kMaxNamedRecords) names_.push_back(name);
  }
}

// Without a branch, which would be hard to foretell row by row.
void Scan::FindRows(const ForbundFacts& facts) {
  const Micros as_of = selection_.AsOf();
  const Micros* known_from = facts.KnownFrom().data();
  const Micros* known_until = facts.KnownUntil().data();
  const int32_t* entry = facts.EntryDays().data();
  const int32_t* exit = facts.ExitDays().data();
  const size_t rows = facts.Rows();
  rows_.resize(rows);
  size_t found = 0;
  for (size_t i = 0; i < rows; ++i) {
    rows_[found] = static_cast<uint32_t>(i);
    found += static_cast<size_t>(
        (known_from[i] <= as_of) & (known_until[i] > as_of) &
        (entry[i] <= days_.to) & (exit[i] >= days_.from));
  }
  rows_.resize(found);
}

void Scan::AddFacts(size_t forbund) {
  const ForbundFacts& facts = *selection_.Forbund()[forbund].facts;
  FindRows(facts);
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (i + kAhead < rows_.size()) {
      __builtin_prefetch(&facts.Facts()[rows_[i + kAhead]]);
    }
    const uint32_t row = rows_[i];
    AddFact(forbund, facts.Facts()[row], facts.EntryDays()[row],
            facts.ExitDays()[row]);
  }
}

void Scan::AddFact(size_t forbund, const Fact& fact, int32_t entry_day,
                   int32_t exit_day) {
  if (codes_.ExcludedFromStatistics(fact.end_reason) ||
      !selection_.Forbund()[forbund].selected[fact.insats] ||
      !selection_.Wants(fact)) {
    return;
  }
  const Moments moments = MomentsOf(
      entry_day, exit_day, selection_.OutOfBase(fact.end_reason), days_);
  if (!moments.Any()) return;
  concerns_[forbund] = true;
  reader_.Read(fact, exit_day, moments, indicators_);
  breakdown_.BlocksOf(FactPlace{fact, exit_day, forbund}, blocks_);
  if (!moments.base) {
    for (const BlockNumber block : blocks_) {
      cells_.Add(block, fact.man, indicators_);
    }
    return;
  }
  indicator_bytes_.Assign(indicators_);
  for (const BlockNumber block : blocks_) {
    cells_.Add(block, fact.man, indicator_bytes_);
  }
  individuals_.Add(fact.person, fact.man, blocks_);
  flows_.Add(fact);
}

void Scan::AddCounts(size_t forbund) {
  if (selection_.FiltersUnnamed()) return;
  const SelectedForbund& selected = selection_.Forbund()[forbund];
  for (const CountVersion& count : selected.facts->Counts()) {
    if (count.year < years_.first || count.year > years_.last) continue;
    if (!count.KnownAt(selection_.AsOf())) continue;
    if (selected.selected[count.insats]) AddCount(forbund, count);
  }
}

void Scan::AddCount(size_t forbund, const CountVersion& count) {
  const InsatsVersion& insats =
      *selection_.Forbund()[forbund].insatser[count.insats];
  const PeopleSum part = selection_.PartOf(SumOf(count));
  if (part.Empty()) return;
  concerns_[forbund] = true;
  breakdown_.BlocksOfInsats(forbund, count.insats, blocks_);
  for (const BlockNumber block : blocks_) {
    CellOf(count, insats, cells_.Unnamed(block)) += part;
  }
  for (const bool man : {false, true}) {
    const PeopleSum of_sex = man ? PeopleSum{part.men, 0, part.men}
                                 : PeopleSum{part.women, part.women, 0};
    if (of_sex.Empty()) continue;
    blocks_.clear();
    breakdown_.AppendSex(man, blocks_);
    for (const BlockNumber block : blocks_) {
      CellOf(count, insats, cells_.Unnamed(block)) += of_sex;
    }
  }
}

// Whether an unreadable record would be of the people asked for, nobody knows;
// its insats stands beside the seal.
void Scan::AddUnreadable(size_t forbund) {
  const SelectedForbund& selected = selection_.Forbund()[forbund];
  for (const UnreadableFact& record : selected.facts->Unreadable()) {
    const uint32_t insats = selected.facts->Facts()[record.row].insats;
    if (!selected.selected[insats] ||
        !selected.facts->KnownAt(record.row, selection_.AsOf())) {
      continue;
    }
    concerns_[forbund] = true;
    breakdown_.BlocksOfInsats(forbund, insats, blocks_);
    for (const BlockNumber block : blocks_) {
      ++cells_.Unnamed(block).unreadable;
    }
    if (names_.size() < kMaxNamedRecords) names_.push_back(NameOf(record.key));
  }
}

}  // namespace stegvis::outcome
