#include "services/disclosure/rest.h"

#include <algorithm>
#include <utility>

namespace stegvis::disclosure {
namespace {

using outcome::BreakdownRow;
using outcome::Dimension;
using outcome::OutcomeReport;

OutcomeReport WithoutForbund(OutcomeReport report) {
  std::erase_if(report.breakdowns, [](const BreakdownRow& row) {
    return row.dimension == Dimension::kForbund;
  });
  return report;
}

// Where nobody has left, all are without exit.
BlockId WithoutExit(const ReportCells& cells) {
  return cells.without_exit.id != kBetweenBlocks ? cells.without_exit.id
                                                 : cells.whole.id;
}

}  // namespace

Rest::Rest(const OutcomeReport& nation,
           const std::vector<EarlierRelease>& forbund, Way way,
           const ReportCells& cells, const std::vector<ReportCells>& partners,
           const Measures& measures, ReleaseModel& model)
    : way_(way),
      measures_(measures),
      model_(model),
      nation_(WithoutForbund(nation), measures) {
  AddRelations(nation_.cells, measures_, nation_.model);
  for (CellId cell = 0; cell < nation_.model.Cells(); ++cell) {
    left_.push_back(nation_.model.At(cell).value);
  }
  for (const EarlierRelease& release : forbund) Subtract(release.truth);
  own_ = Map(cells);
  for (const ReportCells& partner : partners) partners_.push_back(Map(partner));
}

int64_t Rest::ValueOf(CellId cell) const {
  int64_t value = Left(cell);
  const auto take_away = [&](CellId of_other) {
    if (of_other != kNoCell) value -= model_.At(of_other).value;
  };
  if (way_ == Way::kAgainst) take_away(OwnOf(cell));
  for (const CellsByOther& partner : partners_) take_away(Find(cell, partner));
  return value;
}

bool Rest::MovesWithPartners(CellId cell) const {
  return std::any_of(
      partners_.begin(), partners_.end(),
      [&](const CellsByOther& partner) { return partner.contains(cell); });
}

int64_t Rest::AddTerms(CellId cell, int sign, std::vector<Term>& terms) const {
  const CellId own = OwnOf(cell);
  const CellId nation = way_ == Way::kAlong ? own : OfNation(cell);
  if (nation != kNoCell) terms.push_back({nation, SignOf(sign)});
  if (way_ == Way::kAgainst && own != kNoCell) {
    terms.push_back({own, SignOf(-sign)});
  }
  for (const CellsByOther& partner : partners_) {
    const CellId its = Find(cell, partner);
    if (its != kNoCell) terms.push_back({its, SignOf(-sign)});
  }
  return sign * (nation == kNoCell ? Left(cell) : -Out(cell));
}

void Rest::LimitAtZero(CellId cell) {
  std::vector<Term> terms;
  const int64_t more = AddTerms(cell, 1, terms);
  model_.SetBlock(kBetweenBlocks);
  model_.AddAtLeastZero(terms, more);
}

void Rest::AddMadeUp(Origins& origins) {
  origins.SetOrigin({Origin::Kind::kRest});
  const auto& flows = nation_.cells.flows;
  const auto made_up =
      std::count_if(flows.begin(), flows.end(),
                    [](const FlowCell& flow) { return !flow.in_report; });
  Slot slot = model_.AddFlowSlots(static_cast<size_t>(made_up));
  for (const FlowCell& flow : flows) {
    if (flow.in_report) continue;
    made_up_[flow.total] = model_.AddCell(
        {.made_up = true, .block = model_.FlowBlock(), .slot = slot++});
    origins.Add(made_up_[flow.total], flow.total);
  }
}

void Rest::AddRelationsOfPeople() {
  for (RelationId id = 0; id < nation_.model.Relations(); ++id) {
    AddRelation(id);
  }
  for (const auto& [key, block] : nation_.blocks) {
    for (const Sex sex : kSexes) AddIndividuals(block, sex);
  }
}

void Rest::AddIndividuals(BlockId block, Sex sex) {
  const CellId base = nation_.model.CellAt(block, SlotOf(kBase, sex));
  const CellId persons = nation_.model.CellAt(block, SlotOf(kIndividuals, sex));
  if (base == kNoCell || persons == kNoCell) return;
  std::vector<Term> terms;
  int64_t more = AddTerms(persons, 1, terms);
  more += ValueOf(base) > 0 ? -1 : AddTerms(base, -1, terms);
  model_.SetBlock(kBetweenBlocks);
  model_.AddAtLeastZero(terms, more);
}

void Rest::Subtract(const OutcomeReport& report) {
  const KeyedTable other(report, measures_);
  for (const auto& [key, block] : nation_.blocks) {
    const BlockId its = key == KeyedTable::WithoutExitKey()
                            ? WithoutExit(other.cells)
                            : other.BlockAt(key);
    if (its == kBetweenBlocks) continue;
    for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
      const CellId cell = nation_.model.CellAt(block, slot);
      if (!IsOwn(cell, block, slot)) continue;
      left_[cell] -= other.ValueOf(other.model.CellAt(its, slot));
    }
  }
  SubtractFlows(report);
}

void Rest::SubtractFlows(const OutcomeReport& report) {
  for (const outcome::FlowRow& row : report.flows) {
    const CellId cell = nation_.FlowAt({FromOf(row), ToOf(row)});
    if (cell != kNoCell) left_[cell] -= row.count.total;
  }
}

CellsByOther Rest::Map(const ReportCells& cells) {
  CellsByOther by_nations;
  MapBlock(nation_.cells.whole.id, cells.whole.id, by_nations);
  MapRows(cells, by_nations);
  const BlockId there = nation_.BlockAt(KeyedTable::WithoutExitKey());
  if (there != kBetweenBlocks) MapBlock(there, WithoutExit(cells), by_nations);
  MapFlows(cells, by_nations);
  return by_nations;
}

void Rest::MapRows(const ReportCells& cells, CellsByOther& by_nations) {
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    const BreakdownRow& row = cells.report->breakdowns[i];
    if (row.dimension == Dimension::kSex ||
        row.dimension == Dimension::kInsats ||
        row.dimension == Dimension::kForbund) {
      continue;
    }
    const BlockId block = nation_.BlockAt(KeyOf(row));
    has_all_rows_ = has_all_rows_ && block != kBetweenBlocks;
    if (block == kBetweenBlocks) continue;
    MapBlock(block, cells.rows[i].id, by_nations);
  }
}

void Rest::MapFlows(const ReportCells& cells, CellsByOther& by_nations) {
  block_of_.try_emplace(nation_.cells.flow_block, cells.flow_block);
  for (const FlowCell& flow : cells.flows) {
    if (!flow.in_report) continue;
    const CellId cell = nation_.FlowAt({flow.from, flow.to});
    if (cell != kNoCell) by_nations[cell] = flow.total;
  }
}

void Rest::MapBlock(BlockId block, BlockId own, CellsByOther& by_nations) {
  // The report is the first: a search goes on in its blocks.
  block_of_.try_emplace(block, own);
  for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
    const CellId cell = nation_.model.CellAt(block, slot);
    const CellId its = model_.CellAt(own, slot);
    if (IsOwn(cell, block, slot) && its != kNoCell) by_nations[cell] = its;
  }
}

void Rest::AddRelation(RelationId id) {
  const Relation& relation = nation_.model.RelationAt(id);
  std::vector<Term> terms;
  int64_t more = relation.sum;
  bool any_made_up = false;
  for (const Term& term : nation_.model.TermsOf(id)) {
    // It says that a row is there because somebody is in it.
    if (nation_.model.IsConstant(term.cell)) return;
    const auto made_up = made_up_.find(term.cell);
    if (made_up == made_up_.end()) {
      more += AddTerms(term.cell, term.sign, terms);
      continue;
    }
    terms.push_back({made_up->second, term.sign});
    any_made_up = true;
  }
  // A sum that holds for the nation and for the förbund holds for the rest.
  if (terms.empty() || (relation.equal && !any_made_up)) return;
  const auto block = block_of_.find(relation.block);
  model_.SetBlock(block == block_of_.end() ? kBetweenBlocks : block->second);
  relation.equal ? model_.AddEqual(terms, more)
                 : model_.AddAtLeastZero(terms, more);
}

Measure Rest::FromOf(const outcome::FlowRow& row) const {
  return measures_.Before(*measures_.Find(row.from, /*is_group=*/false));
}

Measure Rest::ToOf(const outcome::FlowRow& row) const {
  const auto source = measures_.Find(row.to, /*is_group=*/false);
  if (source.has_value()) return measures_.After(*source);
  return kOccupationAfter + (row.to == outcome::kWorkTarget ? kWork : kStudy);
}

}  // namespace stegvis::disclosure
