#include "services/disclosure/faces.h"

#include <string>

namespace stegvis::disclosure {
namespace {

void Show(const std::optional<Face>& face, Faces::Marks marks, CellId cell,
          ReleaseModel& model) {
  if (!face.has_value() || model.IsConstant(cell)) return;
  if (face->shown == Shown::kWithheld &&
      model.At(cell).shown == Shown::kPrinted) {
    model.Withhold(cell);
  }
  if (marks == Faces::Marks::kStay) model.Settle(cell);
}

}  // namespace

Faces::Faces(const EarlierRelease& release, const Measures& all)
    : all_(all), measures_({&release.truth}), table_(release.truth, measures_) {
  for (const CellId cell : release.further) {
    marks_fit_ = marks_fit_ && cell < table_.model.Cells();
    if (cell < table_.model.Cells()) table_.model.Withhold(cell);
  }
  std::map<std::string, Measure> numbers;
  for (Measure i = 0; i < all.Size(); ++i) numbers.emplace(all.Name(i), i);
  for (Measure own = 0; own < measures_.Size(); ++own) {
    own_.emplace(numbers.at(measures_.Name(own)), own);
  }
}

std::optional<Face> Faces::OfRow(const RowKey& key, Slot slot) const {
  const auto own = own_.find(slot / 3);
  if (own == own_.end()) return std::nullopt;
  const auto sex = static_cast<Sex>(slot % 3);
  return Of(table_.CellAt(key, SlotOf(own->second, sex)));
}

std::optional<Face> Faces::OfFlow(const FlowKey& key) const {
  const auto from = own_.find(key.first), to = own_.find(key.second);
  if (from == own_.end() || to == own_.end()) return std::nullopt;
  return Of(table_.FlowAt({from->second, to->second}));
}

void Faces::ShowIn(const ReportCells& cells, Marks marks,
                   ReleaseModel& model) const {
  for (Slot slot = 0; slot < 3 * all_.Size(); ++slot) {
    Show(OfRow(KeyedTable::WholeKey(), slot), marks,
         model.CellAt(cells.whole.id, slot), model);
    for (size_t i = 0; i < cells.rows.size(); ++i) {
      Show(OfRow(KeyOf(cells.report->breakdowns[i]), slot), marks,
           model.CellAt(cells.rows[i].id, slot), model);
    }
  }
  for (const FlowCell& flow : cells.flows) {
    Show(OfFlow({flow.from, flow.to}), marks, flow.total, model);
  }
}

std::optional<Face> Faces::Of(CellId cell) const {
  if (cell == kNoCell) return std::nullopt;
  const Cell& it = table_.model.At(cell);
  return Face{it.shown, it.least, it.most};
}

}  // namespace stegvis::disclosure
