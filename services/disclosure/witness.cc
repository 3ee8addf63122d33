#include "services/disclosure/witness.h"

#include <algorithm>

#include "absl/container/btree_map.h"

namespace stegvis::disclosure {

Misfit Check(const ReleaseModel& model, const Witness& witness) {
  for (const Difference& difference : witness) {
    const Cell& cell = model.At(difference.cell);
    const int64_t value = cell.value + difference.by;
    if (cell.shown == Shown::kPrinted && difference.by != 0) {
      return Misfit::kPrintedDiffers;
    }
    if (value < cell.least || value > cell.most) return Misfit::kOutOfBounds;
  }
  return RelationsBrokenBy(model, witness).empty() ? Misfit::kNone
                                                   : Misfit::kSumDiffers;
}

std::vector<RelationId> RelationsBrokenBy(const ReleaseModel& model,
                                          const Witness& witness) {
  absl::btree_map<RelationId, int64_t> changes;
  for (const Difference& difference : witness) {
    for (const auto& membership : model.RelationsOf(difference.cell)) {
      changes[membership.relation] += membership.sign * difference.by;
    }
  }
  std::vector<RelationId> broken;
  for (const auto& [id, change] : changes) {
    const Relation& relation = model.RelationAt(id);
    const int64_t sum = relation.sum + change;
    if (sum < 0 || (relation.equal && sum != 0)) broken.push_back(id);
  }
  return broken;
}

Span SpanOf(const ReleaseModel& model, CellId cell,
            const std::vector<const Witness*>& witnesses) {
  Span span{model.At(cell).value, model.At(cell).value};
  for (const Witness* witness : witnesses) {
    for (const Difference& difference : *witness) {
      if (difference.cell != cell) continue;
      span.low = std::min(span.low, model.At(cell).value + difference.by);
      span.high = std::max(span.high, model.At(cell).value + difference.by);
    }
  }
  return span;
}

}  // namespace stegvis::disclosure
