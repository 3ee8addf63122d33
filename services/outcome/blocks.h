// From cells to the blocks of a report.
#pragma once

#include <vector>

#include "services/outcome/cells.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/formulas.h"
#include "services/outcome/indicators.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// Immutable.
class BlockMaker {
 public:
  // Shows the support sources in force on some day of the period, and those
  // that occur in the whole: so all blocks of a report have the same rows.
  // `codes` and `cells` must outlive it.
  BlockMaker(const CodeTables& codes, const Cells& cells, Day from, Day to);

  Block Make(BlockNumber block, const UnnamedRules& rules) const;

  // The rows with something in them.
  std::vector<FlowRow> Flows(const FlowCells& flows) const;

 private:
  Participants MakeParticipants(BlockNumber block,
                                const UnnamedRules& rules) const;
  std::vector<OccupationRow> MakeOccupation(BlockNumber block) const;
  SupportRow MakeSupport(BlockNumber block, Indicator before,
                         Indicator after) const;
  std::vector<SupportRow> MakeSources(BlockNumber block) const;
  std::vector<SupportRow> MakeGroups(BlockNumber block) const;
  FollowUpRow MakeFollowUp(BlockNumber block, int months,
                           Indicator first) const;

  PeopleCount Get(BlockNumber block, size_t indicator) const {
    return AsPeopleCount(cells_.Get(block, static_cast<Indicator>(indicator)));
  }
  bool Occurs(Indicator before, Indicator after) const;

  const CodeTables& codes_;
  const Cells& cells_;
  SupportLayout layout_;
  std::vector<size_t> shown_sources_;
  std::vector<size_t> shown_groups_;
};

}  // namespace stegvis::outcome
