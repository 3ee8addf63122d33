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

void LeaveCounts(const std::set<BlockId>& rows_of_forbund, int64_t few,
                 ReleaseTable& nation, std::vector<Headroom>& headroom) {
  ReleaseModel& model = nation.Model();
  for (CellId cell = 0; cell < nation.OwnCells(); ++cell) {
    const Cell& it = model.At(cell);
    if (model.IsConstant(cell) || it.value == 0) continue;
    if (it.block == nation.Cells().flow_block) continue;
    const bool in_row = rows_of_forbund.contains(it.block);
    if (it.shown == Shown::kPrinted && IsLeft(it, few, in_row)) {
      model.Withhold(cell);
    }
    if (it.shown != Shown::kPrinted && IsToHaveHeadroom(it, few, in_row)) {
      headroom.push_back({cell, kSpan});
    }
  }
}

// The least of the counts that say by how much they differ, if the release
// prints all of them and they are of no förbund.
const Term* LeastTold(RelationId id, const std::set<BlockId>& rows_of_forbund,
                      const ReleaseModel& model) {
  const Range<Term> terms = model.TermsOf(id);
  const auto is_told = [&](const Term& term) {
    const Cell& it = model.At(term.cell);
    return it.shown == Shown::kPrinted && it.value != 0 &&
           !rows_of_forbund.contains(it.block);
  };
  if (!std::all_of(terms.begin(), terms.end(), is_told)) return nullptr;
  return std::min_element(
      terms.begin(), terms.end(), [&](const Term& a, const Term& b) {
        return model.At(a.cell).value < model.At(b.cell).value;
      });
}

// Where printed counts say that few are in one and not in another.
void LeaveDifferences(const std::set<BlockId>& rows_of_forbund, int64_t few,
                      ReleaseTable& nation, std::vector<Headroom>& headroom) {
  ReleaseModel& model = nation.Model();
  for (RelationId id = 0; id < model.Relations(); ++id) {
    const Relation& relation = model.RelationAt(id);
    if (relation.equal || relation.sum <= 0 || relation.sum >= few) continue;
    const Term* least = LeastTold(id, rows_of_forbund, model);
    if (least == nullptr || model.IsConstant(least->cell)) continue;
    model.Withhold(least->cell);
    headroom.push_back({least->cell, least->sign * kSpan});
  }
}

void LeaveFlows(int64_t few, ReleaseTable& nation,
                std::vector<Headroom>& headroom) {
  ReleaseModel& model = nation.Model();
  for (const FlowCell& flow : nation.Cells().flows) {
    const Cell& it = model.At(flow.total);
    if (!flow.in_report || it.shown != Shown::kPrinted) continue;
    const bool is_few = it.value < few;
    if (is_few || SaysNearlyAll(flow, nation)) model.Withhold(flow.total);
    if (is_few) headroom.push_back({flow.total, kSpan});
  }
}

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
  const std::vector<BlockId> forbund =
      RowsBy(Dimension::kForbund, nation.Cells());
  const int64_t few =
      std::max(kLeastBase, static_cast<int64_t>(forbund.size() / 2));
  const std::set<BlockId> rows(forbund.begin(), forbund.end());
  std::vector<Headroom> headroom;
  LeaveCounts(rows, few, nation, headroom);
  LeaveDifferences(rows, few, nation, headroom);
  LeaveFlows(few, nation, headroom);
  return headroom;
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
