#include "services/disclosure/release_table.h"

#include <utility>

#include "services/disclosure/between_releases.h"
#include "services/disclosure/keyed_table.h"
#include "services/disclosure/programme.h"

namespace stegvis::disclosure {
namespace {

using outcome::OutcomeReport;

std::vector<const OutcomeReport*> ReportsOf(
    const OutcomeReport& truth, const std::vector<EarlierRelease>& earlier,
    const Around* around) {
  std::vector<const OutcomeReport*> reports = {&truth};
  const auto add = [&](const std::vector<EarlierRelease>& releases) {
    for (const EarlierRelease& release : releases) {
      reports.push_back(&release.truth);
    }
  };
  add(earlier);
  if (around == nullptr) return reports;
  if (around->nation.has_value()) reports.push_back(&around->nation->truth);
  add(around->forbund);
  for (const Partner& partner : around->partners) {
    reports.push_back(&partner.release.truth);
  }
  return reports;
}

}  // namespace

ReleaseTable::ReleaseTable(OutcomeReport truth,
                           std::vector<EarlierRelease> earlier,
                           const LetOut* let_out, const Around* around)
    : truth_(std::move(truth)),
      earlier_(std::move(earlier)),
      measures_(ReportsOf(truth_, earlier_, nullptr)),
      cells_(AddCells(truth_, measures_, model_)) {
  own_cells_ = static_cast<CellId>(model_.Cells());
  AddRelations(cells_, measures_, model_);
  AddEarlier();
  cells_of_releases_ = static_cast<CellId>(model_.Cells());
  if (let_out != nullptr) TakeOwnMarks(*let_out);
  if (around != nullptr) Put(*around);
  const bool named = let_out != nullptr && let_out->made_up.has_value();
  named ? MakeUp(*let_out->made_up) : MakeUpCells(model_);
  model_.Finish();
}

void ReleaseTable::Put(const Around& around) {
  if (around.only.has_value()) {
    for (CellId cell = 0; cell < cells_of_releases_; ++cell) {
      if (!around.only->contains(cell)) model_.LeaveToOthers(cell);
    }
  }
  // Those of the table come first: they have the same numbers.
  const disclosure::Measures all(ReportsOf(truth_, earlier_, &around));
  beside_ = AddBeside(around, cells_, all, model_);
  beside_.origins.SetOrigin({Origin::Kind::kOwn});
  for (CellId cell = 0; cell < cells_of_releases_; ++cell) {
    beside_.origins.Add(cell, cell);
  }
}

void ReleaseTable::TakeOwnMarks(const LetOut& let_out) {
  for (const CellId cell : let_out.further) {
    marks_fit_ = marks_fit_ && cell < own_cells_;
    if (cell < own_cells_) model_.Withhold(cell);
  }
  if (let_out.may_grow) return;
  for (CellId cell = 0; cell < own_cells_; ++cell) model_.Settle(cell);
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
  const Faces faces(release, measures_);
  marks_fit_ = marks_fit_ && faces.MarksFit();
  faces.ShowIn(cells, Faces::Marks::kStay, model_);
}

void ReleaseTable::MakeUp(const std::vector<int64_t>& values) {
  auto value = values.begin();
  for (CellId cell = 0; cell < model_.Cells(); ++cell) {
    if (!model_.At(cell).made_up || value == values.end()) continue;
    model_.MakeUp(cell, *value++);
  }
}

std::vector<std::string> ReleaseTable::NamesOf(
    const std::vector<CellId>& cells) const {
  std::vector<std::string> names;
  names.reserve(cells.size());
  for (const CellId cell : cells) names.push_back(NameOf(cell));
  return names;
}

std::vector<int64_t> ReleaseTable::MadeUp() const {
  std::vector<int64_t> values;
  for (CellId cell = 0; cell < cells_of_releases_; ++cell) {
    if (model_.At(cell).made_up) values.push_back(model_.At(cell).value);
  }
  return values;
}

}  // namespace stegvis::disclosure
