// The cells of a report by what they count, to find the same in another.
#pragma once

#include <map>
#include <utility>

#include "services/disclosure/measures.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

using FlowKey = std::pair<Measure, Measure>;

// A report's cells in a model of their own. Cannot be moved.
struct KeyedTable {
  KeyedTable(outcome::OutcomeReport of, const Measures& measures)
      : report(std::move(of)), cells(AddCells(report, measures, model)) {
    blocks[WholeKey()] = cells.whole.id;
    for (size_t i = 0; i < cells.rows.size(); ++i) {
      blocks[KeyOf(report.breakdowns[i])] = cells.rows[i].id;
    }
    if (cells.without_exit.id != kBetweenBlocks) {
      blocks[WithoutExitKey()] = cells.without_exit.id;
    }
    for (const FlowCell& flow : cells.flows) {
      flows[{flow.from, flow.to}] = flow.total;
    }
  }
  KeyedTable(const KeyedTable&) = delete;

  static RowKey WholeKey() { return {outcome::Dimension::kSex, "", ""}; }
  static RowKey WithoutExitKey() { return {outcome::Dimension::kYear, "", ""}; }

  BlockId BlockAt(const RowKey& key) const {
    const auto block = blocks.find(key);
    return block == blocks.end() ? kBetweenBlocks : block->second;
  }
  CellId CellAt(const RowKey& key, Slot slot) const {
    const BlockId block = BlockAt(key);
    return block == kBetweenBlocks ? kNoCell : model.CellAt(block, slot);
  }
  CellId FlowAt(const FlowKey& key) const {
    const auto flow = flows.find(key);
    return flow == flows.end() ? kNoCell : flow->second;
  }
  int64_t ValueOf(CellId cell) const {
    return cell == kNoCell ? 0 : model.At(cell).value;
  }

  const outcome::OutcomeReport report;
  ReleaseModel model;
  ReportCells cells;
  std::map<RowKey, BlockId> blocks;
  std::map<FlowKey, CellId> flows;
};

}  // namespace stegvis::disclosure
