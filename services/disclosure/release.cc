#include "services/disclosure/release.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "services/disclosure/publish.h"

namespace stegvis::disclosure {
namespace {

using outcome::Block;
using outcome::BreakdownRow;
using outcome::Dimension;
using outcome::OutcomeReport;

std::map<RowKey, size_t> PlacesOf(const OutcomeReport& report) {
  std::map<RowKey, size_t> places;
  for (size_t i = 0; i < report.breakdowns.size(); ++i) {
    places.emplace(KeyOf(report.breakdowns[i]), i);
  }
  return places;
}

bool SameBlock(const Block& a, const Block& b, const Measures& of_a,
               const Measures& of_b) {
  return of_a.Size() == of_b.Size() && of_a.CountsOf(a) == of_b.CountsOf(b);
}

void AddChange(const std::string& dimension, const std::string& value,
               const outcome::PeopleCount& before,
               const outcome::PeopleCount& after,
               std::vector<BaseDifference>& changes) {
  const auto by = [](std::optional<int64_t> a, std::optional<int64_t> b) {
    return std::abs(b.value_or(0) - a.value_or(0));
  };
  for (const int64_t changed :
       {by(before.total, after.total), by(before.women, after.women),
        by(before.men, after.men)}) {
    if (changed == 0 || changed >= kLeastChange) continue;
    changes.push_back({dimension, value, before.total, after.total});
    return;
  }
}

bool IsOfParticipants(Measure measure) {
  return measure <= kIndividuals || Measures::IsUnnamed(measure);
}

// What the nation prints of a förbund, where it is of many.
bool StaysInRowOfForbund(Measure measure) {
  return IsOfParticipants(measure) ||
         measure == kOccupationBefore + kWorkOrStudy ||
         measure == kOccupationAfter + kWorkOrStudy;
}

// Whether all but a few of those at one end are in the pair.
bool SaysNearlyAll(const FlowCell& flow, const ReleaseTable& table) {
  const ReleaseModel& model = table.Model();
  const auto all_but_few = [&](Measure end) {
    const CellId people =
        model.CellAt(table.Cells().whole.id, SlotOf(end, Sex::kBoth));
    return model.At(people).value - model.At(flow.total).value < kLeastBase;
  };
  return all_but_few(flow.from) || all_but_few(flow.to);
}

bool IsLeft(const Cell& cell, int64_t few, bool in_row_of_forbund) {
  const Measure measure = cell.slot / 3;
  if (!in_row_of_forbund) return cell.value < few && measure != kBase;
  return cell.value < kLeastBase || !StaysInRowOfForbund(measure);
}

bool IsToHaveHeadroom(const Cell& cell, int64_t few, bool in_row_of_forbund) {
  if (!in_row_of_forbund) return cell.value < few;
  return cell.value < kLeastBase && StaysInRowOfForbund(cell.slot / 3);
}

// What holds for women, for women and men together; nothing of other relations.
std::vector<Term> OfBothSexes(Range<Term> of_women, const ReleaseModel& model) {
  std::vector<Term> both;
  for (const Term& term : of_women) {
    const Cell& it = model.At(term.cell);
    if (it.slot != SlotOf(it.slot / 3, Sex::kWomen)) return {};
    const CellId cell = model.CellAt(it.block, SlotOf(it.slot / 3, Sex::kBoth));
    if (cell == kNoCell) return {};
    both.push_back({cell, term.sign});
  }
  return both;
}

// What the nation leaves to those of förbund.
class Leaving {
 public:
  explicit Leaving(ReleaseTable& nation)
      : nation_(nation), model_(nation.Model()) {
    const std::vector<BlockId> rows =
        RowsBy(Dimension::kForbund, nation.Cells());
    rows_of_forbund_.insert(rows.begin(), rows.end());
    few_ = std::max(kLeastBase, static_cast<int64_t>(rows.size() / 2));
  }

  std::vector<Headroom> Run() {
    LeaveCounts();
    LeaveDifferences();
    LeaveFlows();
    return std::move(headroom_);
  }

 private:
  void LeaveCounts() {
    for (CellId cell = 0; cell < nation_.OwnCells(); ++cell) {
      const Cell& it = model_.At(cell);
      if (model_.IsConstant(cell) || it.value == 0) continue;
      if (it.block == nation_.Cells().flow_block) continue;
      const bool in_row = rows_of_forbund_.contains(it.block);
      if (it.shown == Shown::kPrinted && IsLeft(it, few_, in_row)) {
        model_.Withhold(cell);
      }
      if (it.shown != Shown::kPrinted && IsToHaveHeadroom(it, few_, in_row)) {
        headroom_.push_back({cell, kSpan});
      }
    }
  }

  void LeaveDifferences() {
    for (RelationId id = 0; id < model_.Relations(); ++id) {
      if (model_.RelationAt(id).equal) continue;
      const Range<Term> terms = model_.TermsOf(id);
      LeaveDifference(terms);
      const std::vector<Term> both = OfBothSexes(terms, model_);
      LeaveDifference({both.data(), both.data() + both.size()});
    }
  }

  void LeaveFlows() {
    for (const FlowCell& flow : nation_.Cells().flows) {
      const Cell& it = model_.At(flow.total);
      if (!flow.in_report || it.shown != Shown::kPrinted) continue;
      const bool is_few = it.value < few_;
      if (is_few || SaysNearlyAll(flow, nation_)) model_.Withhold(flow.total);
      if (is_few) headroom_.push_back({flow.total, kSpan});
    }
  }

  // Where printed counts say that few are in one and not in another, or in all
  // of them, and are of no förbund. That two counts are the same says what a
  // zero says.
  bool IsTold(Range<Term> terms) const {
    int64_t differ = 0;
    for (const Term& term : terms) {
      const Cell& it = model_.At(term.cell);
      if (it.shown != Shown::kPrinted || it.value == 0 ||
          rows_of_forbund_.contains(it.block)) {
        return false;
      }
      differ += term.sign * it.value;
    }
    return differ >= (terms.size() > 2 ? 0 : 1) && differ < few_;
  }

  // The least of the counts is left.
  void LeaveDifference(Range<Term> terms) {
    if (terms.size() == 0 || !IsTold(terms)) return;
    const Term& least = *std::min_element(
        terms.begin(), terms.end(), [&](const Term& a, const Term& b) {
          return model_.At(a.cell).value < model_.At(b.cell).value;
        });
    if (model_.IsConstant(least.cell)) return;
    model_.Withhold(least.cell);
    headroom_.push_back({least.cell, least.sign * kSpan});
  }

  ReleaseTable& nation_;
  ReleaseModel& model_;
  std::set<BlockId> rows_of_forbund_;
  int64_t few_;
  std::vector<Headroom> headroom_;
};

}  // namespace

std::vector<Dimension> StandardBreakdowns(Level level) {
  std::vector<Dimension> standard;
  for (int i = 0; i < outcome::kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    if (dimension == Dimension::kKommun) continue;
    if (dimension == Dimension::kInsats && level == Level::kNation) continue;
    standard.push_back(dimension);
  }
  return standard;
}

OutcomeReport StandardReport(Level level, OutcomeReport report) {
  const std::vector<Dimension> standard = StandardBreakdowns(level);
  std::erase_if(report.breakdowns, [&](const BreakdownRow& row) {
    return std::find(standard.begin(), standard.end(), row.dimension) ==
           standard.end();
  });
  return report;
}

std::vector<Headroom> LeaveToForbund(ReleaseTable& nation) {
  return Leaving(nation).Run();
}

Protection MakeSafe(Level level, ReleaseTable& table, Effort effort) {
  if (level == Level::kNation &&
      RowsBy(Dimension::kForbund, table.Cells()).size() >= kManyForbund) {
    effort.headroom = LeaveToForbund(table);
  }
  return Protect(table.Model(), table.Cells().flow_block, std::move(effort));
}

PublishableReport ReportOf(const ReleaseTable& table) {
  return Publish(table.Cells(), table.Measures(), table.Model());
}

ReleaseCounts CountsOf(const ReleaseTable& table) {
  ReleaseCounts counts;
  for (CellId cell = 0; cell < table.OwnCells(); ++cell) {
    const Cell& it = table.Model().At(cell);
    if (it.shown == Shown::kHidden || table.Model().IsConstant(cell)) continue;
    ++counts.all;
    if (it.shown == Shown::kWithheld) {
      ++(IsSmall(it.value) ? counts.small : counts.further);
    }
  }
  return counts;
}

std::vector<CellId> FurtherOf(const ReleaseTable& table) {
  std::vector<CellId> further;
  for (CellId cell = 0; cell < table.OwnCells(); ++cell) {
    if (IsFurther(table.Model().At(cell))) further.push_back(cell);
  }
  return further;
}

std::vector<BaseDifference> SmallChanges(const OutcomeReport& before,
                                         const OutcomeReport& after) {
  std::vector<BaseDifference> changes;
  AddChange("", "", before.whole.participants.base,
            after.whole.participants.base, changes);
  const std::map<RowKey, size_t> places = PlacesOf(before);
  std::map<RowKey, size_t> gone = places;
  for (const BreakdownRow& row : after.breakdowns) {
    const auto place = places.find(KeyOf(row));
    gone.erase(KeyOf(row));
    const outcome::PeopleCount none;
    AddChange(outcome::DimensionName(row.dimension), row.value,
              place == places.end()
                  ? none
                  : before.breakdowns[place->second].block.participants.base,
              row.block.participants.base, changes);
  }
  for (const auto& [key, place] : gone) {
    const BreakdownRow& row = before.breakdowns[place];
    AddChange(outcome::DimensionName(row.dimension), row.value,
              row.block.participants.base, {}, changes);
  }
  return changes;
}

bool SameCounts(const OutcomeReport& a, const OutcomeReport& b) {
  const Measures of_a({&a}), of_b({&b});
  if (!SameBlock(a.whole, b.whole, of_a, of_b) ||
      a.breakdowns.size() != b.breakdowns.size() ||
      a.flows.size() != b.flows.size()) {
    return false;
  }
  for (size_t i = 0; i < a.breakdowns.size(); ++i) {
    if (KeyOf(a.breakdowns[i]) != KeyOf(b.breakdowns[i]) ||
        !SameBlock(a.breakdowns[i].block, b.breakdowns[i].block, of_a, of_b)) {
      return false;
    }
  }
  return std::equal(a.flows.begin(), a.flows.end(), b.flows.begin(),
                    [](const auto& x, const auto& y) {
                      return x.from == y.from && x.to == y.to &&
                             x.count.total == y.count.total;
                    });
}

}  // namespace stegvis::disclosure
