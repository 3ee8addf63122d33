#include "services/disclosure/beside.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "services/disclosure/faces.h"
#include "services/disclosure/keyed_table.h"
#include "services/disclosure/rest.h"

namespace stegvis::disclosure {
namespace {

using outcome::BreakdownRow;
using outcome::Dimension;
using outcome::OutcomeReport;

bool IsOf(const BreakdownRow& row, const OutcomeReport& report) {
  return std::find(report.forbund.begin(), report.forbund.end(), row.value) !=
         report.forbund.end();
}

bool IsOfAny(const BreakdownRow& row,
             const std::vector<EarlierRelease>& releases) {
  return std::any_of(
      releases.begin(), releases.end(),
      [&](const EarlierRelease& release) { return IsOf(row, release.truth); });
}

void GuardCell(CellId cell, ReleaseModel& model) {
  if (model.At(cell).shown == Shown::kPrinted) model.Withhold(cell);
  model.Guard(cell);
}

// Beside a förbund's report.
class BesideForbund {
 public:
  BesideForbund(const Around& around, const ReportCells& cells,
                const Measures& measures, ReleaseModel& model)
      : around_(around),
        cells_(cells),
        measures_(measures),
        model_(model),
        faces_(*around.nation, measures),
        rest_(around.nation->truth, around.forbund, Rest::Way::kAgainst, cells,
              measures, model) {}

  bool Add() {
    AddNation();
    rest_.AddMadeUp();
    rest_.AddRelationsOfPeople();
    AddRows();
    SettleOwnRow();
    LimitAndGuard();
    return fits_ && faces_.MarksFit() && rest_.HasAllRows();
  }

 private:
  // The nation's counts that it does not print may be others, but they add up.
  void AddNation() {
    for (const auto& [key, block] : rest_.Nation().blocks) {
      const BlockId in_model = model_.AddBlock(3 * measures_.Size());
      for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
        const CellId cell = rest_.Nation().model.CellAt(block, slot);
        if (!rest_.IsOwn(cell, block, slot)) continue;
        AddUnprinted(cell, *faces_.OfRow(key, slot), {in_model, slot});
      }
    }
    AddFlows();
    for (RelationId id = 0; id < rest_.Nation().model.Relations(); ++id) {
      AddSum(id);
    }
  }

  void AddFlows() {
    const std::vector<FlowCell>& flows = rest_.Nation().cells.flows;
    Slot slot = model_.AddFlowSlots(flows.size());
    for (const FlowCell& flow : flows) {
      if (!flow.in_report) continue;
      AddUnprinted(flow.total, *faces_.OfFlow({flow.from, flow.to}),
                   {model_.FlowBlock(), slot++});
    }
  }

  struct Place {
    BlockId block;
    Slot slot;
  };

  void AddUnprinted(CellId cell, const Face& face, const Place& place) {
    if (face.shown == Shown::kPrinted) return;
    const int64_t value = rest_.Nation().model.At(cell).value;
    rest_.SetNation(cell, AddOther(value, face, place,
                                   NameOf(cell, rest_.Nation().cells, measures_,
                                          rest_.Nation().model)));
  }

  CellId AddOther(int64_t value, const Face& face, const Place& place,
                  const std::string& name) {
    return model_.AddCell({.value = value,
                           .least = face.least,
                           .most = face.most,
                           .shown = face.shown,
                           .settled = true,
                           .of_others = !around_.of_nation.contains(name),
                           .block = place.block,
                           .slot = place.slot});
  }

  // The nation's inequalities follow from those of its parts.
  void AddSum(RelationId id) {
    const ReleaseModel& nation = rest_.Nation().model;
    if (!nation.RelationAt(id).equal) return;
    std::vector<Term> terms;
    int64_t more = nation.RelationAt(id).sum;
    for (const Term& term : nation.TermsOf(id)) {
      if (nation.At(term.cell).made_up) return;
      const CellId cell = rest_.OfNation(term.cell);
      if (cell != kNoCell) terms.push_back({cell, term.sign});
      if (cell == kNoCell) more += term.sign * nation.At(term.cell).value;
    }
    model_.SetBlock(kBetweenBlocks);
    if (!terms.empty()) model_.AddEqual(terms, more);
  }

  // The nation's rows of förbund that are not out: they and the förbund itself
  // make up what is left of the whole.
  void AddRows() {
    std::vector<BlockId> blocks;
    for (const BreakdownRow& row : around_.nation->truth.breakdowns) {
      if (row.dimension == Dimension::kForbund && !IsOf(row, *cells_.report) &&
          !IsOfAny(row, around_.forbund)) {
        blocks.push_back(AddRow(row));
      }
    }
    const BlockId nobody = model_.AddBlock(3 * measures_.Size());
    std::vector<BlockId> children = blocks;
    children.push_back(cells_.whole.id);
    model_.SetGroup(model_.AddGroup(nobody, std::move(children)));
    const BlockId whole = rest_.Nation().cells.whole.id;
    for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
      const CellId all = rest_.Nation().model.CellAt(whole, slot);
      if (!rest_.IsOwn(all, whole, slot)) continue;
      // The rest is the rows.
      std::vector<Term> terms;
      const int64_t more = rest_.AddTerms(all, -1, terms);
      for (const BlockId block : blocks) {
        terms.push_back({model_.CellAt(block, slot), 1});
      }
      model_.AddEqual(terms, more);
    }
  }

  BlockId AddRow(const BreakdownRow& row) {
    BlockCells block{model_.AddBlock(3 * measures_.Size())};
    const auto counts = measures_.CountsOf(row.block);
    for (Measure measure = 0; measure < counts.size(); ++measure) {
      if (!counts[measure].has_value()) continue;
      for (const Sex sex : kSexes) {
        const std::optional<int64_t> value = NumberOf(*counts[measure], sex);
        const Slot slot = SlotOf(measure, sex);
        if (!value.has_value()) continue;
        AddOther(*value, *faces_.OfRow(KeyOf(row), slot), {block.id, slot},
                 NameOf(row, slot, measures_));
      }
    }
    AddBlockRelations(block, measures_, model_);
    return block.id;
  }

  // What the nation prints of the förbund is out.
  void SettleOwnRow() {
    for (const BreakdownRow& row : around_.nation->truth.breakdowns) {
      if (row.dimension != Dimension::kForbund || !IsOf(row, *cells_.report)) {
        continue;
      }
      for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
        const CellId own = model_.CellAt(cells_.whole.id, slot);
        if (own == kNoCell || model_.IsConstant(own)) continue;
        const std::optional<Face> face = faces_.OfRow(KeyOf(row), slot);
        if (face.has_value() && face->shown == Shown::kPrinted) {
          model_.Settle(own);
        }
      }
    }
  }

  // No count of the rest is below 0; one that is small is not told.
  void LimitAndGuard() {
    for (const auto& [key, block] : rest_.Nation().blocks) {
      for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
        const CellId cell = rest_.Nation().model.CellAt(block, slot);
        if (rest_.IsOwn(cell, block, slot)) LimitAndGuard(cell);
      }
    }
    for (const FlowCell& flow : rest_.Nation().cells.flows) {
      if (flow.in_report) LimitAndGuard(flow.total);
    }
  }

  void LimitAndGuard(CellId cell) {
    const CellId own = rest_.OwnOf(cell), nation = rest_.OfNation(cell);
    const int64_t value = own == kNoCell ? 0 : model_.At(own).value;
    const int64_t rest = rest_.Left(cell) - value;
    fits_ = fits_ && rest >= 0;
    if (nation != kNoCell) {
      std::vector<Term> terms;
      const int64_t more = rest_.AddTerms(cell, 1, terms);
      model_.SetBlock(kBetweenBlocks);
      model_.AddAtLeastZero(terms, more);
    }
    if (own == kNoCell || model_.IsConstant(own)) return;
    if (nation == kNoCell) {
      model_.LimitTo(own, std::max(rest_.Left(cell), value));
    }
    // Where the nation's is small, its own witnesses move the rest's too.
    const bool told = IsSmall(rest) && value > 0 &&
                      !IsSmall(rest_.Nation().model.At(cell).value);
    if (told && !model_.At(own).settled) GuardCell(own, model_);
  }

  const Around& around_;
  const ReportCells& cells_;
  const Measures& measures_;
  ReleaseModel& model_;
  const Faces faces_;
  Rest rest_;
  bool fits_ = true;
};

// Beside the nation's own report.
class BesideNation {
 public:
  BesideNation(const std::vector<EarlierRelease>& forbund,
               const ReportCells& cells, const Measures& measures,
               ReleaseModel& model)
      : forbund_(forbund),
        cells_(cells),
        measures_(measures),
        model_(model),
        rest_(*cells.report, forbund, Rest::Way::kAlong, cells, measures,
              model) {}

  bool Add() {
    rest_.AddMadeUp();
    rest_.AddRelationsOfPeople();
    LimitAndGuard();
    FixRows();
    return fits_;
  }

 private:
  void LimitAndGuard() {
    for (const auto& [cell, own] : rest_.Own()) {
      if (model_.IsConstant(own)) continue;
      const Cell& it = model_.At(own);
      const int64_t rest = rest_.Left(cell);
      fits_ = fits_ && rest >= 0;
      model_.RaiseTo(own, std::min(rest_.Out(cell), it.value));
      const bool told = IsSmall(rest) && rest < it.value && !IsSmall(it.value);
      if (told && !it.settled) GuardCell(own, model_);
    }
  }

  // The rows of those who are out are their own, and show no more than they
  // do.
  void FixRows() {
    for (const EarlierRelease& release : forbund_) {
      const Faces faces(release, measures_);
      fits_ = fits_ && faces.MarksFit();
      for (size_t i = 0; i < cells_.rows.size(); ++i) {
        const BreakdownRow& row = cells_.report->breakdowns[i];
        if (row.dimension == Dimension::kForbund && IsOf(row, release.truth)) {
          FixRow(cells_.rows[i].id, faces);
        }
      }
    }
  }

  void FixRow(BlockId row, const Faces& faces) {
    for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
      const CellId cell = model_.CellAt(row, slot);
      if (cell == kNoCell || model_.IsConstant(cell)) continue;
      const std::optional<Face> face =
          faces.OfRow(KeyedTable::WholeKey(), slot);
      const bool is_told = face.has_value() && face->shown == Shown::kPrinted;
      if (!is_told && model_.At(cell).shown == Shown::kPrinted) {
        model_.Withhold(cell);
      }
      model_.Fix(cell);
      model_.Settle(cell);
    }
  }

  const std::vector<EarlierRelease>& forbund_;
  const ReportCells& cells_;
  const Measures& measures_;
  ReleaseModel& model_;
  Rest rest_;
  bool fits_ = true;
};

}  // namespace

bool AddBeside(const Around& around, const ReportCells& cells,
               const Measures& measures, ReleaseModel& model) {
  if (around.nation.has_value()) {
    return BesideForbund(around, cells, measures, model).Add();
  }
  return BesideNation(around.forbund, cells, measures, model).Add();
}

}  // namespace stegvis::disclosure
