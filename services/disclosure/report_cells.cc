#include "services/disclosure/report_cells.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"

namespace stegvis::disclosure {
namespace {

using outcome::Block;
using outcome::Dimension;
using outcome::OutcomeReport;
using outcome::PeopleCount;

constexpr char kWorkTarget[] = "WORK";
constexpr char kStudyTarget[] = "STUDY";
// A figure of the whole is worth as much as these of its rows.
constexpr uint8_t kPriceOfWhole = 3;

bool IsDerived(Measure measure) {
  return measure == kKept || measure == kUnchanged ||
         measure == kMonth6 + kUnanswered || measure == kMonth12 + kUnanswered;
}

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

class Adding {
 public:
  Adding(const Measures& measures, ReleaseModel& model)
      : measures_(measures), model_(model) {}

  // `all`: a block whose base is the same people, so that what is counted of
  // them is the same; or null.
  BlockCells AddBlock(const Block& block, uint8_t price,
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
    return cells;
  }

  // A row that holds one sex of the whole.
  BlockCells ShareSex(const BlockCells& whole, Sex sex) {
    const CellId base = model_.CellAt(whole.id, SlotOf(kBase, sex));
    BlockCells cells{model_.AddBlock(3 * measures_.Size()),
                     model_.At(base).value < kLeastBase};
    for (Measure measure = 0; measure < measures_.Size(); ++measure) {
      const CellId cell = model_.CellAt(whole.id, SlotOf(measure, sex));
      model_.Share(cells.id, SlotOf(measure, Sex::kBoth), cell);
      model_.Share(cells.id, SlotOf(measure, sex), cell);
    }
    return cells;
  }

 private:
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

Cell FlowOf(int64_t value, bool printed) {
  if (!printed) return Cell{.value = value};
  if (value >= kLeastFlow) {
    return Cell{.value = value, .least = kLeastFlow, .shown = Shown::kPrinted};
  }
  return Cell{.value = value, .most = kLeastFlow - 1};
}

void AddFlows(const Measures& measures, ReportCells& cells,
              ReleaseModel& model) {
  absl::flat_hash_map<std::pair<std::string, std::string>, int64_t> known;
  for (const outcome::FlowRow& row : cells.report->flows) {
    known[{row.from, row.to}] = row.count.total;
  }
  std::vector<std::string> sources;
  for (const Measures::Support& support : measures.SupportKeys()) {
    if (!support.is_group) sources.push_back(support.key);
  }
  std::vector<std::string> targets = sources;
  targets.insert(targets.end(), {kWorkTarget, kStudyTarget});
  cells.flow_block = model.AddBlock(sources.size() * targets.size());
  for (const std::string& from : sources) {
    for (const std::string& to : targets) {
      const auto found = known.find({from, to});
      const int64_t value = found == known.end() ? 0 : found->second;
      Cell cell = FlowOf(value, !cells.whole.base_alone);
      cell.block = cells.flow_block;
      cell.slot = static_cast<Slot>(cells.flows.size());
      cells.flows.push_back({from, to, model.AddCell(cell)});
    }
  }
}

int64_t BaseOf(const Block& block) { return block.participants.base.total; }

// Whether the row is the only one of its dimension that anybody is in.
bool HoldsAll(const OutcomeReport& report, const outcome::BreakdownRow& row) {
  return row.dimension != Dimension::kTargetGroup &&
         BaseOf(row.block) == BaseOf(report.whole) && BaseOf(row.block) > 0;
}

}  // namespace

ReportCells AddCells(const OutcomeReport& report, const Measures& measures,
                     ReleaseModel& model) {
  Adding adding(measures, model);
  ReportCells cells;
  cells.report = &report;
  cells.whole = adding.AddBlock(report.whole, kPriceOfWhole, nullptr);
  for (const outcome::BreakdownRow& row : report.breakdowns) {
    if (row.dimension == Dimension::kSex) {
      cells.rows.push_back(adding.ShareSex(
          cells.whole, row.value == "women" ? Sex::kWomen : Sex::kMen));
      continue;
    }
    cells.rows.push_back(adding.AddBlock(
        row.block, 1, HoldsAll(report, row) ? &cells.whole : nullptr));
  }
  AddFlows(measures, cells, model);
  return cells;
}

void AddRelations(const ReportCells& cells, const Measures& measures,
                  ReleaseModel& model) {
  const RelationRange whole =
      AddBlockRelations(cells.whole.id, measures, model);
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    const Dimension dimension = cells.report->breakdowns[i].dimension;
    if (dimension == Dimension::kSex) continue;
    const RelationRange row =
        AddBlockRelations(cells.rows[i].id, measures, model);
    // Elsewhere it follows from the other rows.
    if (dimension != Dimension::kTargetGroup) continue;
    model.SetBlock(kBetweenBlocks);
    AddRelationsOfOthers(whole, row, model);
  }
  AddBreakdownRelations(cells, measures, model);
  AddFlowRelations(cells, measures, model);
}

std::string NameOf(CellId cell, const ReportCells& cells,
                   const Measures& measures, const ReleaseModel& model) {
  const Cell& it = model.At(cell);
  if (it.block == cells.flow_block) {
    const FlowCell& flow = cells.flows[it.slot];
    return absl::StrCat("flows/", flow.from, "/", flow.to);
  }
  constexpr const char* kSexNames[] = {"/total", "/women", "/men"};
  const std::string name =
      absl::StrCat(measures.Name(it.slot / 3), kSexNames[it.slot % 3]);
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    const outcome::BreakdownRow& row = cells.report->breakdowns[i];
    if (cells.rows[i].id == it.block) {
      return absl::StrCat(outcome::DimensionName(row.dimension), "/", row.value,
                          "/", name);
    }
  }
  return name;
}

}  // namespace stegvis::disclosure
