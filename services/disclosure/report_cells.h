// The cells of one report in a model, by block, measure and sex.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
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

// Nothing where nobody knows the sex.
std::optional<int64_t> NumberOf(const outcome::PeopleCount& count, Sex sex);

inline Slot SlotOf(Measure measure, Sex sex) {
  return static_cast<Slot>(3 * measure + static_cast<size_t>(sex));
}

// What a row is of, in any report.
using RowKey = std::tuple<outcome::Dimension, std::string, std::string>;
RowKey KeyOf(const outcome::BreakdownRow& row);

// Relations that were added one after the other.
struct RelationRange {
  RelationId first = 0;
  RelationId last = 0;
};

// A block of a report.
struct BlockCells {
  BlockId id = kBetweenBlocks;
  bool base_alone = false;
  // It holds the same counts as in another report, and shares its cells.
  bool same = false;
  // Between its counts of persons.
  RelationRange persons = {};
};

// A pair of a flow: both sexes together. Those from or to a group, any public
// support, or work or studies stand in no report.
struct FlowCell {
  Measure from;  // Before: a source or a group.
  Measure to;    // After: a source, a group, or occupation.
  CellId total = kNoCell;
  bool in_report = false;
};

// In the order of the report.
struct ReportCells {
  const outcome::OutcomeReport* report = nullptr;  // Outlives this.
  BlockCells whole;
  std::vector<BlockCells> rows;
  // Those who have not left, who are in no row by year of exit or end reason.
  BlockCells without_exit;
  // Every pair that is possible, those with nobody too: a reader cannot tell
  // them from small ones. None where nobody has left.
  BlockId flow_block = kBetweenBlocks;
  std::vector<FlowCell> flows;
  // They are those of another report.
  bool same_flows = false;
};

// Adds the cells of `report`, shown as by the first rule: blocks with a small
// base print it alone, counts of 1–4 are withheld, smaller flows left out. Rows
// that are the whole again, or one sex of it, share its cells; and blocks that
// are the same in `like`, another report of the same year, share those.
ReportCells AddCells(const outcome::OutcomeReport& report,
                     const Measures& measures, ReleaseModel& model,
                     const ReportCells* like = nullptr);

// The blocks of the rows of a dimension, in their order.
std::vector<BlockId> RowsBy(outcome::Dimension dimension,
                            const ReportCells& cells);

// Whether a dimension says nothing that another report does not say.
bool IsSame(outcome::Dimension dimension, const ReportCells& cells);

// Adds what follows from the definitions within the report: of each block, of
// its breakdowns, and of its flows. What is the same in another report has its
// relations from there.
void AddRelations(ReportCells& cells, const Measures& measures,
                  ReleaseModel& model);

// The parts of AddRelations. That of a block keeps in it the relations between
// counts of persons: as many in each block, in the same order.
void AddBlockRelations(BlockCells& block, const Measures& measures,
                       ReleaseModel& model);
// The people of the whole who are not in a row are people too: what holds for
// the row and for the whole holds for them. And each person is in at least one
// row, so that what holds for the whole for lack of people holds for the rows
// together.
void AddRelationsOfOthers(const RelationRange& whole,
                          const std::vector<RelationRange>& rows,
                          ReleaseModel& model);
void AddBreakdownRelations(const ReportCells& cells, const Measures& measures,
                           ReleaseModel& model);
void AddFlowCells(const Measures& measures, const ReportCells* like,
                  ReportCells& cells, ReleaseModel& model);
void AddFlowRelations(const ReportCells& cells, const Measures& measures,
                      ReleaseModel& model);

// The people of a block, of one sex or of both; and with `whole` those of it
// who are not in the block, who are people too.
struct People {
  BlockId block;
  Sex sex;
  BlockId whole = kBetweenBlocks;
};
// Of the sources in a group each has at least one, and of the groups those in
// ANY_PUBLIC; who has none of them has one that stands alone.
enum class When : uint8_t { kBefore, kAfter };
void AddSupportRelations(const People& people, When when,
                         const Measures& measures, ReleaseModel& model);
// Work, studies, and either.
void AddWorkRelations(const People& people, When when, ReleaseModel& model);

// `AGE_GROUP/20-24/support.sjukpenning.before/women`, for people. Cells of
// other reports are `of others`.
std::string NameOf(CellId cell, const ReportCells& cells,
                   const Measures& measures, const ReleaseModel& model);

}  // namespace stegvis::disclosure
