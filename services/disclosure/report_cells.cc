#include "services/disclosure/report_cells.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/disclosure/row_rules.h"

namespace stegvis::disclosure {
namespace {

using outcome::Block;
using outcome::Dimension;
using outcome::OutcomeReport;
using outcome::PeopleCount;

// A figure of the whole is worth as much as these of its rows.
constexpr uint8_t kPriceOfWhole = 3;

bool IsDerived(Measure measure) {
  return measure == kKept || measure == kUnchanged ||
         measure == kMonth6 + kUnanswered ||
         measure == kMonth12 + kUnanswered || measure == kMonth6 + kNotDue ||
         measure == kMonth12 + kNotDue;
}

class Adding {
 public:
  Adding(const Measures& measures, ReleaseModel& model)
      : measures_(measures), model_(model) {}

  // `all`: a block whose base is the same people, so that what is counted of
  // them is the same; or null.
  BlockCells AddBlock(const Block& block, const RowRules& rules, uint8_t price,
                      const BlockCells* all) {
    BlockCells cells{model_.AddBlock(3 * measures_.Size()),
                     block.participants.base.total < kLeastBase};
    const auto counts = measures_.CountsOf(block);
    for (Measure measure = 0; measure < counts.size(); ++measure) {
      if (!counts[measure].has_value()) continue;
      if (all != nullptr && IsOfBase(measure)) {
        Share(cells.id, measure, *all);
        continue;
      }
      const bool printed =
          measure == kBase || (!cells.base_alone && !IsDerived(measure));
      AddCount(*counts[measure], measure, cells.id, printed, price);
    }
    TellBase(cells, Sex::kBoth);
    Apply(rules, cells.id);
    if (cells.base_alone) TellIndividuals(cells.id);
    return cells;
  }

  // A block that holds the same counts as another.
  BlockCells ShareBlock(const BlockCells& other) {
    BlockCells cells{model_.AddBlock(3 * measures_.Size()), other.base_alone,
                     /*same=*/true, other.persons};
    for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
      model_.Share(cells.id, slot, model_.CellAt(other.id, slot));
    }
    return cells;
  }

  // A row that holds one sex of the whole.
  BlockCells ShareSex(const BlockCells& whole, Sex sex) {
    const CellId base = model_.CellAt(whole.id, SlotOf(kBase, sex));
    BlockCells cells{model_.AddBlock(3 * measures_.Size()),
                     model_.At(base).value < kLeastBase};
    TellBase({whole.id, cells.base_alone}, sex);
    for (Measure measure = 0; measure < measures_.Size(); ++measure) {
      const CellId cell = model_.CellAt(whole.id, SlotOf(measure, sex));
      model_.Share(cells.id, SlotOf(measure, Sex::kBoth), cell);
      model_.Share(cells.id, SlotOf(measure, sex), cell);
      if (cell == kNoCell) continue;
      const Sex other = sex == Sex::kWomen ? Sex::kMen : Sex::kWomen;
      model_.Share(cells.id, SlotOf(measure, other), model_.Constant(0));
    }
    return cells;
  }

  // Those of `whole` who are in none of `rows`.
  BlockCells AddRest(const BlockCells& whole,
                     const std::vector<BlockId>& rows) {
    BlockCells cells{model_.AddBlock(3 * measures_.Size()), true};
    for (const Measure measure : {kStarted, kOngoing}) {
      for (const Sex sex : kSexes) {
        const Slot slot = SlotOf(measure, sex);
        Cell cell{.value = model_.At(model_.CellAt(whole.id, slot)).value,
                  .block = cells.id,
                  .slot = slot};
        for (const BlockId row : rows) {
          cell.value -= model_.At(model_.CellAt(row, slot)).value;
        }
        model_.AddCell(cell);
      }
    }
    return cells;
  }

 private:
  // Whether a block prints more than its base says how large that is.
  void TellBase(const BlockCells& cells, Sex sex) {
    const CellId base = model_.CellAt(cells.id, SlotOf(kBase, sex));
    cells.base_alone ? model_.LimitTo(base, kLeastBase - 1)
                     : model_.RaiseTo(base, kLeastBase);
  }

  // Where anybody is in the base, there is an individual.
  void TellIndividuals(BlockId block) {
    for (const Sex sex : kSexes) {
      const Cell& base = model_.At(model_.CellAt(block, SlotOf(kBase, sex)));
      if (base.value == 0) continue;
      model_.RaiseTo(model_.CellAt(block, SlotOf(kIndividuals, sex)), 1);
    }
  }

  void Apply(const RowRules& rules, BlockId block) {
    for (const Sex sex : kSexes) {
      for (const Measure measure : rules.nobody) {
        const CellId cell = model_.CellAt(block, SlotOf(measure, sex));
        if (cell != kNoCell) model_.LimitTo(cell, 0);
      }
    }
    ShareTheSame(rules, block, model_);
  }

  static bool IsOfBase(Measure measure) {
    return measure != kStarted && measure != kOngoing &&
           !Measures::IsUnnamed(measure);
  }

  void Share(BlockId block, Measure measure, const BlockCells& with) {
    for (const Sex sex : kSexes) {
      const Slot slot = SlotOf(measure, sex);
      model_.Share(block, slot, model_.CellAt(with.id, slot));
    }
  }

  void AddCount(const PeopleCount& count, Measure measure, BlockId block,
                bool printed, uint8_t price) {
    for (const Sex sex : kSexes) {
      const std::optional<int64_t> value = NumberOf(count, sex);
      if (!value.has_value()) continue;
      Cell cell{.value = *value, .block = block, .slot = SlotOf(measure, sex)};
      if (printed) {
        cell.shown = IsSmall(*value) ? Shown::kWithheld : Shown::kPrinted;
        cell.least = *value == 0 ? 0 : 1;
        cell.price = price;
      }
      model_.AddCell(cell);
    }
  }

  const Measures& measures_;
  ReleaseModel& model_;
};

// The blocks of another report that hold the same counts.
class SameBlocks {
 public:
  SameBlocks(const OutcomeReport& report, const Measures& measures,
             const ReportCells* like)
      : report_(report), measures_(measures), like_(like) {
    if (like == nullptr) return;
    for (size_t i = 0; i < like->rows.size(); ++i) {
      rows_.emplace(KeyOf(like->report->breakdowns[i]), i);
    }
  }

  // Null where they differ.
  const BlockCells* Whole() const {
    if (like_ == nullptr) return nullptr;
    return IsSame(report_.whole, like_->report->whole) ? &like_->whole
                                                       : nullptr;
  }
  const BlockCells* Row(const outcome::BreakdownRow& row) const {
    const auto place = rows_.find(KeyOf(row));
    if (place == rows_.end()) return nullptr;
    const Block& other = like_->report->breakdowns[place->second].block;
    return IsSame(row.block, other) ? &like_->rows[place->second] : nullptr;
  }

 private:
  bool IsSame(const Block& a, const Block& b) const {
    return measures_.CountsOf(a) == measures_.CountsOf(b);
  }

  const OutcomeReport& report_;
  const Measures& measures_;
  const ReportCells* like_;
  std::map<RowKey, size_t> rows_;
};

int64_t BaseOf(const Block& block) { return block.participants.base.total; }

// Whether the row is the only one of its dimension that anybody is in. By end
// reason one knows more of its people than of the whole.
bool HoldsAll(const OutcomeReport& report, const outcome::BreakdownRow& row) {
  return row.dimension != Dimension::kTargetGroup &&
         row.dimension != Dimension::kEndReason &&
         BaseOf(row.block) == BaseOf(report.whole) && BaseOf(row.block) > 0;
}

// A row that is there has somebody in it.
void AddSomebody(BlockId row, ReleaseModel& model) {
  const auto total = [&](Measure measure) {
    return model.CellAt(row, SlotOf(measure, Sex::kBoth));
  };
  if (model.At(total(kBase)).value > 0) return;
  model.SetBlock(row);
  model.AddAtLeastZero({{total(kStarted), 1},
                        {total(kOngoing), 1},
                        {total(kAnonymous), 1},
                        {total(kVolume), 1},
                        {total(kStructuralVolume), 1},
                        {model.Constant(1), -1}});
}

std::string NameIn(Slot slot, const Measures& measures) {
  constexpr const char* kSexNames[] = {"/total", "/women", "/men"};
  return absl::StrCat(measures.Name(slot / 3), kSexNames[slot % 3]);
}

}  // namespace

std::optional<int64_t> NumberOf(const PeopleCount& count, Sex sex) {
  switch (sex) {
    case Sex::kBoth:
      return count.total;
    case Sex::kWomen:
      return count.women;
    case Sex::kMen:
      return count.men;
  }
  return std::nullopt;
}

RowKey KeyOf(const outcome::BreakdownRow& row) {
  return {row.dimension, row.value, row.forbund};
}

std::vector<BlockId> RowsBy(Dimension dimension, const ReportCells& cells) {
  std::vector<BlockId> rows;
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    if (cells.report->breakdowns[i].dimension == dimension) {
      rows.push_back(cells.rows[i].id);
    }
  }
  return rows;
}

bool IsSame(Dimension dimension, const ReportCells& cells) {
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    if (cells.report->breakdowns[i].dimension == dimension &&
        !cells.rows[i].same) {
      return false;
    }
  }
  return cells.whole.same;
}

ReportCells AddCells(const OutcomeReport& report, const Measures& measures,
                     ReleaseModel& model, const ReportCells* like) {
  Adding adding(measures, model);
  const SameBlocks same(report, measures, like);
  ReportCells cells;
  cells.report = &report;
  const DueByDay due = WhoIsDue(report);
  const BlockCells* whole = same.Whole();
  cells.whole = whole != nullptr
                    ? adding.ShareBlock(*whole)
                    : adding.AddBlock(report.whole, RulesOfWhole(due),
                                      kPriceOfWhole, nullptr);
  for (const outcome::BreakdownRow& row : report.breakdowns) {
    if (row.dimension == Dimension::kSex) {
      cells.rows.push_back(adding.ShareSex(
          cells.whole, row.value == "women" ? Sex::kWomen : Sex::kMen));
      continue;
    }
    const BlockCells* other = same.Row(row);
    cells.rows.push_back(
        other != nullptr
            ? adding.ShareBlock(*other)
            : adding.AddBlock(row.block, RulesOf(row, due, report), 1,
                              HoldsAll(report, row) ? &cells.whole : nullptr));
  }
  const std::vector<BlockId> by_year = RowsBy(Dimension::kYear, cells);
  if (!by_year.empty()) {
    cells.without_exit = IsSame(Dimension::kYear, cells)
                             ? adding.ShareBlock(like->without_exit)
                             : adding.AddRest(cells.whole, by_year);
  }
  AddFlowCells(measures, like, cells, model);
  return cells;
}

void AddRelations(ReportCells& cells, const Measures& measures,
                  ReleaseModel& model) {
  AddBlockRelations(cells.whole, measures, model);
  std::vector<RelationRange> target_groups;
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    const Dimension dimension = cells.report->breakdowns[i].dimension;
    if (dimension == Dimension::kSex) continue;
    BlockCells& row = cells.rows[i];
    AddBlockRelations(row, measures, model);
    if (!row.same) AddSomebody(row.id, model);
    if (dimension == Dimension::kTargetGroup) {
      target_groups.push_back(row.persons);
    }
  }
  if (cells.without_exit.id != kBetweenBlocks) {
    AddBlockRelations(cells.without_exit, measures, model);
  }
  // In other dimensions it follows from the other rows.
  model.SetBlock(kBetweenBlocks);
  if (!target_groups.empty()) {
    AddRelationsOfOthers(cells.whole.persons, target_groups, model);
  }
  AddBreakdownRelations(cells, measures, model);
  AddFlowRelations(cells, measures, model);
}

std::string NameOf(CellId cell, const ReportCells& cells,
                   const Measures& measures, const ReleaseModel& model) {
  const Cell& it = model.At(cell);
  if (it.block == cells.flow_block) {
    const auto flow =
        std::find_if(cells.flows.begin(), cells.flows.end(),
                     [&](const FlowCell& pair) { return pair.total == cell; });
    if (flow != cells.flows.end()) {
      return absl::StrCat("flows/", measures.Name(flow->from), "/",
                          measures.Name(flow->to));
    }
  }
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    const outcome::BreakdownRow& row = cells.report->breakdowns[i];
    if (cells.rows[i].id == it.block) {
      return absl::StrCat(outcome::DimensionName(row.dimension), "/", row.value,
                          "/", NameIn(it.slot, measures));
    }
  }
  if (it.block == cells.whole.id) return NameIn(it.slot, measures);
  if (it.block == cells.without_exit.id && it.block != kBetweenBlocks) {
    return absl::StrCat("without exit/", NameIn(it.slot, measures));
  }
  return "of others";
}

}  // namespace stegvis::disclosure
