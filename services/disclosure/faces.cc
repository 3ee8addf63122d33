#include "services/disclosure/faces.h"

#include <string>

namespace stegvis::disclosure {

Faces::Faces(const EarlierRelease& release, const Measures& all)
    : measures_({&release.truth}), table_(release.truth, measures_) {
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

std::optional<Face> Faces::Of(CellId cell) const {
  if (cell == kNoCell) return std::nullopt;
  const Cell& it = table_.model.At(cell);
  return Face{it.shown, it.least, it.most};
}

}  // namespace stegvis::disclosure
