// The cells of one report in a model, by block, measure and sex.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/disclosure/measures.h"
#include "services/disclosure/release_model.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// A block whose base is smaller prints its base alone.
inline constexpr int64_t kLeastBase = 20;
// A pair of a flow with fewer people is left out.
inline constexpr int64_t kLeastFlow = 5;

enum class Sex : uint8_t { kBoth, kWomen, kMen };
inline constexpr Sex kSexes[] = {Sex::kBoth, Sex::kWomen, Sex::kMen};

inline Slot SlotOf(Measure measure, Sex sex) {
  return static_cast<Slot>(3 * measure + static_cast<size_t>(sex));
}

// A block of a report, or nothing of its own where it is another block again.
struct BlockCells {
  BlockId id = kBetweenBlocks;
  bool base_alone = false;
};

// A pair of a flow: both sexes together.
struct FlowCell {
  std::string from;
  std::string to;
  CellId total = kNoCell;
};

// In the order of the report.
struct ReportCells {
  const outcome::OutcomeReport* report = nullptr;  // Outlives this.
  BlockCells whole;
  std::vector<BlockCells> rows;
  // Every pair that is possible, those with nobody too: a reader cannot tell
  // them from small ones.
  BlockId flow_block = kBetweenBlocks;
  std::vector<FlowCell> flows;
};

// Adds the cells of `report`, shown as by the first rule: blocks with a small
// base print it alone, counts of 1–4 are withheld, smaller flows left out. Rows
// that are the whole again, or one sex of it, share its cells.
ReportCells AddCells(const outcome::OutcomeReport& report,
                     const Measures& measures, ReleaseModel& model);

// Adds what follows from the definitions within the report: of each block, of
// its breakdowns, and of its flows.
void AddRelations(const ReportCells& cells, const Measures& measures,
                  ReleaseModel& model);

// Relations that were added one after the other.
struct RelationRange {
  RelationId first = 0;
  RelationId last = 0;
};

// The parts of AddRelations. That of a block returns the relations between
// counts of persons: as many in each block, in the same order.
RelationRange AddBlockRelations(BlockId block, const Measures& measures,
                                ReleaseModel& model);
// The people of the whole who are not in a row are people too: what holds for
// the row and for the whole holds for them.
void AddRelationsOfOthers(const RelationRange& whole, const RelationRange& row,
                          ReleaseModel& model);
void AddBreakdownRelations(const ReportCells& cells, const Measures& measures,
                           ReleaseModel& model);
void AddFlowRelations(const ReportCells& cells, const Measures& measures,
                      ReleaseModel& model);

// `AGE_GROUP/20-24/support.sjukpenning.before/women`, for people.
std::string NameOf(CellId cell, const ReportCells& cells,
                   const Measures& measures, const ReleaseModel& model);

}  // namespace stegvis::disclosure
