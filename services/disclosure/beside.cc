#include "services/disclosure/beside.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/disclosure/faces.h"
#include "services/disclosure/keyed_table.h"
#include "services/disclosure/rest.h"
#include "services/disclosure/row_rules.h"

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

// The cells of releases that stay as they are, but for what they withhold; it
// is protected in their own tables.
class Partners {
 public:
  Partners(const std::vector<Partner>& partners, const Measures& measures,
           ReleaseModel& model, Origins& origins) {
    for (const Partner& partner : partners) {
      const auto first = static_cast<CellId>(model.Cells());
      Add(partner, measures, model);
      origins.SetOrigin(
          {Origin::Kind::kPartner, partner.release.truth.forbund.front()});
      for (CellId cell = first; cell < model.Cells(); ++cell) {
        origins.Add(cell, cell - first);
      }
    }
  }

  const std::vector<ReportCells>& Cells() const { return cells_; }
  bool Fit() const { return fit_; }
  // The printed counts of one that is new, and their names.
  const std::map<CellId, std::string>& OfNew() const { return of_new_; }

 private:
  void Add(const Partner& partner, const Measures& measures,
           ReleaseModel& model) {
    const auto first = static_cast<CellId>(model.Cells());
    ReportCells& cells =
        cells_.emplace_back(AddCells(partner.release.truth, measures, model));
    const auto end = static_cast<CellId>(model.Cells());
    AddRelations(cells, measures, model);
    const Faces faces(partner.release, measures);
    faces.ShowIn(cells,
                 partner.is_new ? Faces::Marks::kMayGrow : Faces::Marks::kStay,
                 model);
    fit_ = fit_ && faces.MarksFit();
    for (CellId cell = first; cell < model.Cells(); ++cell) {
      model.LeaveToOthers(cell);
    }
    for (CellId cell = first; partner.is_new && cell < end; ++cell) {
      const Cell& it = model.At(cell);
      if (it.shown != Shown::kPrinted || it.settled || it.value == 0) continue;
      of_new_.emplace(cell, NameOf(cell, cells, measures, model));
    }
  }

  std::vector<ReportCells> cells_;
  std::map<CellId, std::string> of_new_;
  bool fit_ = true;
};

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
        partners_(around.partners, measures, model, origins_),
        rest_(around.nation->truth, around.forbund, Rest::Way::kAgainst, cells,
              partners_.Cells(), measures, model) {}

  AddedBeside Add() {
    AddNation();
    rest_.AddMadeUp(origins_);
    rest_.AddRelationsOfPeople();
    AddRows();
    SettleRowsOfReports();
    LimitAndGuard();
    const bool fits =
        fits_ && faces_.MarksFit() && partners_.Fit() && rest_.HasAllRows();
    of_new_.insert(partners_.OfNew().begin(), partners_.OfNew().end());
    return {fits, std::move(of_new_), std::move(origins_)};
  }

 private:
  // The nation's counts that it does not print may be others, but they add up.
  void AddNation() {
    origins_.SetOrigin({Origin::Kind::kNation});
    for (const auto& [key, block] : rest_.Nation().blocks) {
      const BlockId in_model = model_.AddBlock(3 * measures_.Size());
      for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
        const CellId cell = rest_.Nation().model.CellAt(block, slot);
        if (!rest_.IsOwn(cell, block, slot)) continue;
        AddOfNation(cell, faces_.OfRow(key, slot), in_model, slot);
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
      AddOfNation(flow.total, faces_.OfFlow({flow.from, flow.to}),
                  model_.FlowBlock(), slot++);
    }
  }

  // Printed counts stay, unless they may be withheld. It has no face where
  // another report names a source that the nation's does not know.
  void AddOfNation(CellId cell, const std::optional<Face>& face, BlockId block,
                   Slot slot) {
    const KeyedTable& nation = rest_.Nation();
    Cell it = nation.model.At(cell);
    fits_ = fits_ && face.has_value();
    if (!face.has_value()) return;
    if (face->shown != Shown::kPrinted) {
      const CellId in_model = AddOther(it.value, *face, block, slot);
      origins_.Add(in_model, cell);
      rest_.SetNation(cell, in_model);
      return;
    }
    if (!around_.nation_is_new || it.value == 0) return;
    it.of_others = true;
    it.block = block;
    it.slot = slot;
    const CellId in_model = model_.AddCell(it);
    origins_.Add(in_model, cell);
    rest_.SetNation(cell, in_model);
    of_new_.emplace(in_model,
                    NameOf(cell, nation.cells, measures_, nation.model));
  }

  CellId AddOther(int64_t value, const Face& face, BlockId block, Slot slot) {
    return model_.AddCell({.value = value,
                           .least = face.least,
                           .most = face.most,
                           .shown = face.shown,
                           .settled = true,
                           .of_others = true,
                           .block = block,
                           .slot = slot});
  }

  // The nation's inequalities follow from those of its parts, but that somebody
  // is in a row.
  void AddSum(RelationId id) {
    const ReleaseModel& nation = rest_.Nation().model;
    const bool equal = nation.RelationAt(id).equal;
    std::vector<Term> terms;
    int64_t more = nation.RelationAt(id).sum;
    bool says_somebody = false;
    for (const Term& term : nation.TermsOf(id)) {
      if (nation.At(term.cell).made_up) return;
      says_somebody = says_somebody || nation.IsConstant(term.cell);
      const CellId cell = rest_.OfNation(term.cell);
      if (cell != kNoCell) terms.push_back({cell, term.sign});
      if (cell == kNoCell) more += term.sign * nation.At(term.cell).value;
    }
    model_.SetBlock(kBetweenBlocks);
    if (equal) {
      model_.AddEqual(terms, more);
    } else if (says_somebody) {
      model_.AddAtLeastZero(terms, more);
    }
  }

  // The nation's rows of förbund that are not out: they and the förbund itself
  // make up what is left of the whole.
  void AddRows() {
    std::vector<BlockId> blocks;
    for (const BreakdownRow& row : around_.nation->truth.breakdowns) {
      if (row.dimension == Dimension::kForbund && !IsOf(row, *cells_.report) &&
          !IsOfAny(row, around_.forbund) && !IsOfPartner(row)) {
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

  bool IsOfPartner(const BreakdownRow& row) const {
    return std::any_of(
        around_.partners.begin(), around_.partners.end(),
        [&](const Partner& it) { return IsOf(row, it.release.truth); });
  }

  BlockId AddRow(const BreakdownRow& row) {
    BlockCells block{model_.AddBlock(3 * measures_.Size())};
    origins_.SetOrigin({Origin::Kind::kRow, row.value});
    const OutcomeReport& nation = around_.nation->truth;
    const RowRules rules = RulesOf(row, WhoIsDue(nation), nation);
    const auto counts = measures_.CountsOf(row.block);
    for (Measure measure = 0; measure < counts.size(); ++measure) {
      if (!counts[measure].has_value() || IsTheSame(measure, rules)) continue;
      for (const Sex sex : kSexes) {
        const std::optional<int64_t> value = NumberOf(*counts[measure], sex);
        const Slot slot = SlotOf(measure, sex);
        if (!value.has_value()) continue;
        origins_.Add(
            AddOther(*value, *faces_.OfRow(KeyOf(row), slot), block.id, slot),
            slot);
      }
    }
    ShareTheSame(rules, block.id, model_);
    AddBlockRelations(block, measures_, model_);
    return block.id;
  }

  // Whether it is another one again.
  static bool IsTheSame(Measure measure, const RowRules& rules) {
    return std::any_of(rules.same.begin(), rules.same.end(),
                       [&](const auto& it) { return it.first == measure; });
  }

  // What the nation prints of a förbund is out.
  void SettleRowsOfReports() {
    for (const BreakdownRow& row : around_.nation->truth.breakdowns) {
      if (row.dimension != Dimension::kForbund) continue;
      if (IsOf(row, *cells_.report)) SettleRow(row, cells_.whole.id);
      for (const ReportCells& partner : partners_.Cells()) {
        if (IsOf(row, *partner.report)) SettleRow(row, partner.whole.id);
      }
    }
  }

  void SettleRow(const BreakdownRow& row, BlockId whole) {
    for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
      const CellId own = model_.CellAt(whole, slot);
      if (own == kNoCell || model_.IsConstant(own)) continue;
      const std::optional<Face> face = faces_.OfRow(KeyOf(row), slot);
      if (!face.has_value() || face->shown != Shown::kPrinted) continue;
      model_.Settle(own);
      if (model_.At(own).shown != Shown::kPrinted) model_.Fix(own);
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
    const int64_t rest = rest_.ValueOf(cell);
    fits_ = fits_ && rest >= 0;
    if (nation != kNoCell || rest_.MovesWithPartners(cell)) {
      rest_.LimitAtZero(cell);
    }
    if (own == kNoCell || model_.IsConstant(own)) return;
    if (nation == kNoCell) {
      model_.LimitTo(own, std::max(rest_.Left(cell), value));
    }
    // Where the nation's is small, its own witnesses move the rest's too.
    const bool told = IsSmall(rest) && value > 0 &&
                      !IsSmall(rest_.Nation().model.At(cell).value);
    // What is out and not withheld follows from what is printed.
    const bool may_vary =
        !model_.At(own).settled || model_.At(own).shown == Shown::kWithheld;
    if (told && may_vary) GuardCell(own, model_);
  }

  const Around& around_;
  const ReportCells& cells_;
  const Measures& measures_;
  ReleaseModel& model_;
  const Faces faces_;
  Origins origins_;
  const Partners partners_;
  Rest rest_;
  std::map<CellId, std::string> of_new_;
  bool fits_ = true;
};

// Beside the nation's own report.
class BesideNation {
 public:
  BesideNation(const Around& around, const ReportCells& cells,
               const Measures& measures, ReleaseModel& model)
      : around_(around),
        cells_(cells),
        measures_(measures),
        model_(model),
        partners_(around.partners, measures, model, origins_),
        rest_(*cells.report, around.forbund, Rest::Way::kAlong, cells,
              partners_.Cells(), measures, model) {}

  AddedBeside Add() {
    rest_.AddMadeUp(origins_);
    rest_.AddRelationsOfPeople();
    LimitAndGuard();
    FixRows();
    BindRowsOfPartners();
    return {fits_ && partners_.Fit(), partners_.OfNew(), std::move(origins_)};
  }

 private:
  void LimitAndGuard() {
    for (const auto& [cell, own] : rest_.Own()) {
      if (model_.IsConstant(own)) continue;
      const Cell& it = model_.At(own);
      const int64_t rest = rest_.ValueOf(cell);
      fits_ = fits_ && rest >= 0;
      model_.RaiseTo(own, std::min(rest_.Out(cell), it.value));
      if (rest_.MovesWithPartners(cell)) rest_.LimitAtZero(cell);
      const bool told = IsSmall(rest) && rest < it.value && !IsSmall(it.value);
      if (told && !it.settled) GuardCell(own, model_);
    }
  }

  // The rows of those who are out are their own, and show no more than they
  // do.
  void FixRows() {
    for (const EarlierRelease& release : around_.forbund) {
      const Faces faces(release, measures_);
      fits_ = fits_ && faces.MarksFit();
      const BlockId row = RowOf(release.truth);
      if (row == kBetweenBlocks) continue;
      for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
        const CellId cell = model_.CellAt(row, slot);
        if (cell == kNoCell || model_.IsConstant(cell)) continue;
        const std::optional<Face> face =
            faces.OfRow(KeyedTable::WholeKey(), slot);
        ShowNoMore(cell, face.has_value() && face->shown == Shown::kPrinted);
        model_.Fix(cell);
      }
    }
  }

  // Those of partners move with them.
  void BindRowsOfPartners() {
    for (const ReportCells& partner : partners_.Cells()) {
      const BlockId row = RowOf(*partner.report);
      if (row == kBetweenBlocks) continue;
      for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
        Bind(model_.CellAt(row, slot), model_.CellAt(partner.whole.id, slot));
      }
    }
  }

  void Bind(CellId cell, CellId its) {
    if (cell == kNoCell || model_.IsConstant(cell)) return;
    ShowNoMore(cell, its != kNoCell && model_.At(its).shown == Shown::kPrinted);
    model_.LeaveToOthers(cell);
    if (its == kNoCell) return model_.Fix(cell);
    model_.SetBlock(kBetweenBlocks);
    fits_ = fits_ && model_.At(its).value == model_.At(cell).value;
    model_.AddEqual({{cell, 1}, {its, -1}});
  }

  BlockId RowOf(const OutcomeReport& forbund) const {
    for (size_t i = 0; i < cells_.rows.size(); ++i) {
      const BreakdownRow& row = cells_.report->breakdowns[i];
      if (row.dimension == Dimension::kForbund && IsOf(row, forbund)) {
        return cells_.rows[i].id;
      }
    }
    return kBetweenBlocks;
  }

  // A mark of the nation's that is out stays as it is.
  void ShowNoMore(CellId cell, bool is_told) {
    const Cell& it = model_.At(cell);
    if (!is_told && !it.settled && it.shown == Shown::kPrinted) {
      model_.Withhold(cell);
    }
    model_.Settle(cell);
  }

  const Around& around_;
  const ReportCells& cells_;
  const Measures& measures_;
  ReleaseModel& model_;
  Origins origins_;
  const Partners partners_;
  Rest rest_;
  bool fits_ = true;
};

}  // namespace

AddedBeside AddBeside(const Around& around, const ReportCells& cells,
                      const Measures& measures, ReleaseModel& model) {
  if (around.nation.has_value()) {
    return BesideForbund(around, cells, measures, model).Add();
  }
  return BesideNation(around, cells, measures, model).Add();
}

}  // namespace stegvis::disclosure
