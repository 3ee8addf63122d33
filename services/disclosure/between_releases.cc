#include "services/disclosure/between_releases.h"

#include <map>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace stegvis::disclosure {
namespace {

using outcome::BreakdownRow;
using outcome::Dimension;
using outcome::OutcomeReport;

// Of what was corrected there may be any number fewer.
constexpr int64_t kFarBelow = -1'000'000'000;

// The same row in both, or in one of them.
struct Pair {
  BlockId earlier = kBetweenBlocks;
  BlockId later = kBetweenBlocks;
};

class Between {
 public:
  Between(const ReportCells& earlier, const ReportCells& later,
          const Measures& measures, ReleaseModel& model)
      : earlier_(earlier),
        later_(later),
        measures_(measures),
        model_(model),
        rows_(*later.report) {
    rows_.breakdowns.clear();
    cells_.report = &rows_;
  }

  void Add() {
    cells_.whole = Follow({earlier_.whole.id, later_.whole.id});
    AddRows();
    if (later_.without_exit.id != kBetweenBlocks) {
      cells_.without_exit =
          Follow({earlier_.without_exit.id, later_.without_exit.id});
    }
    const auto first = static_cast<RelationId>(model_.Relations());
    AddRelations(cells_, measures_, model_);
    AddFlows();
    model_.KeepFulfilled(first);
  }

 private:
  void AddRows() {
    std::map<RowKey, Pair> pairs;
    std::vector<RowKey> order;
    const auto take = [&](const ReportCells& cells, BlockId Pair::*place) {
      for (size_t i = 0; i < cells.rows.size(); ++i) {
        const BreakdownRow& row = cells.report->breakdowns[i];
        // They share the cells of the whole.
        if (row.dimension == Dimension::kSex) continue;
        const auto [pair, added] = pairs.try_emplace(KeyOf(row));
        pair->second.*place = cells.rows[i].id;
        if (!added) continue;
        order.push_back(pair->first);
        rows_.breakdowns.push_back({row.dimension, row.value, row.forbund, {}});
      }
    };
    take(later_, &Pair::later);
    take(earlier_, &Pair::earlier);
    for (const RowKey& key : order) {
      cells_.rows.push_back(Follow(pairs.at(key)));
    }
  }

  CellId At(BlockId block, Slot slot) const {
    return block == kBetweenBlocks ? kNoCell : model_.CellAt(block, slot);
  }

  int64_t ValueOf(CellId cell) const {
    return cell == kNoCell ? 0 : model_.At(cell).value;
  }

  // The block of those between, and its sum with the earlier one.
  BlockCells Follow(const Pair& pair) {
    const BlockCells block{model_.AddBlock(3 * measures_.Size()), true};
    std::vector<BlockId> children = {block.id};
    if (pair.earlier != kBetweenBlocks) children.push_back(pair.earlier);
    model_.SetBlock(kBetweenBlocks);
    if (pair.later != kBetweenBlocks) {
      model_.SetGroup(model_.AddGroup(pair.later, std::move(children)));
    }
    for (Slot slot = 0; slot < 3 * measures_.Size(); ++slot) {
      FollowSlot(At(pair.earlier, slot), At(pair.later, slot),
                 {block.id, slot});
    }
    return block;
  }

  struct Place {
    BlockId block;
    Slot slot;
  };

  void FollowSlot(CellId before, CellId after, const Place& place) {
    if (before == kNoCell && after == kNoCell) return;
    // Cells that blocks share are shared by those between, too.
    const auto [known, added] = between_.try_emplace({before, after}, kNoCell);
    if (!added) return model_.Share(place.block, place.slot, known->second);
    known->second = CellBetween(before, after, place);
    model_.Share(place.block, place.slot, known->second);
  }

  CellId CellBetween(CellId before, CellId after, const Place& place) {
    // All of them came between, or nobody.
    if (before == kNoCell) return after;
    if (before == after) return model_.Constant(0);
    return AddDifference(before, after, place);
  }

  CellId AddDifference(CellId before, CellId after, const Place& place) {
    const int64_t by = ValueOf(after) - ValueOf(before);
    const CellId between = model_.AddCell({.value = by,
                                           .least = by < 0 ? kFarBelow : 0,
                                           .block = place.block,
                                           .slot = place.slot});
    model_.AddEqual({{after, 1}, {before, -1}, {between, -1}});
    return between;
  }

  // Of the pairs that a report may print.
  void AddFlows() {
    std::map<std::pair<Measure, Measure>, CellId> before;
    for (const FlowCell& flow : earlier_.flows) {
      if (flow.in_report) before[{flow.from, flow.to}] = flow.total;
    }
    if (before.empty()) return;
    Slot slot = model_.AddFlowSlots(before.size());
    model_.SetBlock(model_.FlowBlock());
    for (const FlowCell& flow : later_.flows) {
      const auto it = before.find({flow.from, flow.to});
      if (it == before.end() || it->second == flow.total) continue;
      AddFlow(flow, it->second, slot++);
    }
  }

  void AddFlow(const FlowCell& later, CellId before, Slot slot) {
    const CellId between =
        AddDifference(before, later.total, {model_.FlowBlock(), slot});
    for (const Measure end : {later.from, later.to}) {
      const CellId people = At(cells_.whole.id, SlotOf(end, Sex::kBoth));
      model_.AddAtLeastZero({{people, 1}, {between, -1}});
    }
  }

  const ReportCells& earlier_;
  const ReportCells& later_;
  const Measures& measures_;
  ReleaseModel& model_;
  // The rows of both; its counts are not looked at.
  OutcomeReport rows_;
  ReportCells cells_;
  absl::flat_hash_map<std::pair<CellId, CellId>, CellId> between_;
};

}  // namespace

void AddBetween(const ReportCells& earlier, const ReportCells& later,
                const Measures& measures, ReleaseModel& model) {
  Between(earlier, later, measures, model).Add();
}

}  // namespace stegvis::disclosure
