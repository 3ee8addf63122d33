#include "services/disclosure/release_table.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "services/disclosure/beside.h"
#include "services/disclosure/between_releases.h"
#include "services/disclosure/programme.h"

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;

Measures MeasuresOf(const OutcomeReport& truth,
                    const std::vector<EarlierRelease>& earlier,
                    const Around* around) {
  std::vector<const OutcomeReport*> reports = {&truth};
  for (const EarlierRelease& release : earlier) {
    reports.push_back(&release.truth);
  }
  if (around != nullptr) {
    if (around->nation.has_value()) reports.push_back(&around->nation->truth);
    for (const OutcomeReport& report : around->forbund) {
      reports.push_back(&report);
    }
  }
  return Measures(reports);
}

// The blocks that both have, in pairs.
std::vector<std::pair<BlockId, BlockId>> SameRows(const ReportCells& a,
                                                  const ReportCells& b) {
  std::vector<std::pair<BlockId, BlockId>> pairs = {{a.whole.id, b.whole.id}};
  std::map<RowKey, BlockId> rows;
  for (size_t i = 0; i < a.rows.size(); ++i) {
    rows.emplace(KeyOf(a.report->breakdowns[i]), a.rows[i].id);
  }
  for (size_t i = 0; i < b.rows.size(); ++i) {
    const auto row = rows.find(KeyOf(b.report->breakdowns[i]));
    if (row != rows.end()) pairs.emplace_back(row->second, b.rows[i].id);
  }
  return pairs;
}

// Shows a cell as another is, from now on.
void TakeMark(CellId from, const ReleaseModel& own, CellId to,
              ReleaseModel& model) {
  if (from == kNoCell || model.IsConstant(to)) return;
  if (own.At(from).shown == Shown::kWithheld &&
      model.At(to).shown == Shown::kPrinted) {
    model.Withhold(to);
  }
  model.Settle(to);
}

}  // namespace

ReleaseTable::ReleaseTable(OutcomeReport truth,
                           std::vector<EarlierRelease> earlier,
                           const std::vector<int64_t>* made_up,
                           const Around* around)
    : truth_(std::move(truth)),
      earlier_(std::move(earlier)),
      measures_(MeasuresOf(truth_, earlier_, around)),
      cells_(AddCells(truth_, measures_, model_)) {
  own_cells_ = static_cast<CellId>(model_.Cells());
  AddRelations(cells_, measures_, model_);
  AddEarlier();
  cells_of_releases_ = static_cast<CellId>(model_.Cells());
  if (around != nullptr) {
    fits_around_ = AddBeside(*around, cells_, measures_, model_);
  }
  made_up == nullptr ? MakeUpCells(model_) : MakeUp(*made_up);
  model_.Finish();
}

void ReleaseTable::AddEarlier() {
  ReportCells later = cells_;
  for (auto release = earlier_.rbegin(); release != earlier_.rend();
       ++release) {
    ReportCells cells = AddCells(release->truth, measures_, model_, &later);
    AddRelations(cells, measures_, model_);
    TakeMarks(*release, cells);
    AddBetween(cells, later, measures_, model_);
    later = std::move(cells);
  }
}

// In its own table the numbers of its cells may be others.
void ReleaseTable::TakeMarks(const EarlierRelease& release,
                             const ReportCells& cells) {
  const disclosure::Measures measures({&release.truth});
  ReleaseModel own;
  const ReportCells own_cells = AddCells(release.truth, measures, own);
  for (const CellId cell : release.further) {
    marks_fit_ = marks_fit_ && cell < own.Cells();
    if (cell < own.Cells()) own.Withhold(cell);
  }
  const std::vector<Measure> numbers = NumbersIn(measures_, measures);
  for (const auto& [from, to] : SameRows(own_cells, cells)) {
    for (Slot slot = 0; slot < 3 * measures.Size(); ++slot) {
      const auto sex = static_cast<Sex>(slot % 3);
      TakeMark(own.CellAt(from, slot), own,
               model_.CellAt(to, SlotOf(numbers[slot / 3], sex)), model_);
    }
  }
  for (const FlowCell& flow : own_cells.flows) {
    const auto same = std::find_if(cells.flows.begin(), cells.flows.end(),
                                   [&](const FlowCell& other) {
                                     return other.from == numbers[flow.from] &&
                                            other.to == numbers[flow.to];
                                   });
    if (same != cells.flows.end()) {
      TakeMark(flow.total, own, same->total, model_);
    }
  }
}

void ReleaseTable::MakeUp(const std::vector<int64_t>& values) {
  auto value = values.begin();
  for (CellId cell = 0; cell < model_.Cells(); ++cell) {
    if (!model_.At(cell).made_up || value == values.end()) continue;
    model_.MakeUp(cell, *value++);
  }
}

std::vector<int64_t> ReleaseTable::MadeUp() const {
  std::vector<int64_t> values;
  for (CellId cell = 0; cell < model_.Cells(); ++cell) {
    if (model_.At(cell).made_up) values.push_back(model_.At(cell).value);
  }
  return values;
}

}  // namespace stegvis::disclosure
