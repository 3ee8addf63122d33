// The rest: the people of the nation whom no förbund's release counts. What the
// nation's release and those of förbund say together, they say of the rest: it
// is what is left. A second table of one förbund, or of a few, fits the others
// too where the rest, who move the other way, are people still.
#pragma once

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/disclosure/around.h"
#include "services/disclosure/keyed_table.h"
#include "services/disclosure/measures.h"
#include "services/disclosure/origins.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

using CellsByOther = absl::flat_hash_map<CellId, CellId>;

// The people of the nation without those of the förbund that are out, and how
// they move with the cells of one report, and against those of its partners.
class Rest {
 public:
  // With a förbund's report the rest moves the other way, with the nation's it
  // goes along.
  enum class Way : int8_t { kAgainst = -1, kAlong = 1 };

  // `forbund`: those that are out and stay as they are, without `partners`.
  Rest(const outcome::OutcomeReport& nation,
       const std::vector<EarlierRelease>& forbund, Way way,
       const ReportCells& cells, const std::vector<ReportCells>& partners,
       const Measures& measures, ReleaseModel& model);

  const KeyedTable& Nation() const { return nation_; }
  // Of a cell of the nation's: how many are not of those who stay.
  int64_t Left(CellId cell) const { return left_[cell]; }
  int64_t Out(CellId cell) const {
    return nation_.model.At(cell).value - left_[cell];
  }
  // How many the rest has.
  int64_t ValueOf(CellId cell) const;
  // The nation's count is not known, but a cell of the model.
  void SetNation(CellId cell, CellId in_model) { of_nation_[cell] = in_model; }
  CellId OfNation(CellId cell) const {
    const auto it = of_nation_.find(cell);
    return it == of_nation_.end() ? kNoCell : it->second;
  }
  // How many the rest has: the nation less those who are out and, unless it is
  // the nation itself, less the report's. Adds terms, returns what is more.
  // Partners of the report are out, and move.
  int64_t AddTerms(CellId cell, int sign, std::vector<Term>& terms) const;

  // It does not have fewer than nobody.
  void LimitAtZero(CellId cell);

  // The report's cells by those of the nation.
  const CellsByOther& Own() const { return own_; }
  CellId OwnOf(CellId cell) const { return Find(cell, own_); }
  // Whether a partner has any.
  bool MovesWithPartners(CellId cell) const;
  // Whether every row of the report is one of the nation's, too.
  bool HasAllRows() const { return has_all_rows_; }

  // Whether it is a count of the block itself, not shared from another.
  bool IsOwn(CellId cell, BlockId block, Slot slot) const {
    return cell != kNoCell && nation_.model.At(cell).block == block &&
           nation_.model.At(cell).slot == slot;
  }

  // Pairs of the rest that stand in no report.
  void AddMadeUp(Origins& origins);
  // What holds for people holds for the rest.
  void AddRelationsOfPeople();

 private:
  // Where the rest has a base, it has an individual. Where it has none, one for
  // each that it might have: a reader knows less, but each table is of people.
  void AddIndividuals(BlockId block, Sex sex);

  static CellId Find(CellId cell, const CellsByOther& cells) {
    const auto found = cells.find(cell);
    return found == cells.end() ? kNoCell : found->second;
  }

  void Subtract(const outcome::OutcomeReport& report);
  void SubtractFlows(const outcome::OutcomeReport& report);

  Measure FromOf(const outcome::FlowRow& row) const;
  Measure ToOf(const outcome::FlowRow& row) const;

  // The cells of a report by those of the nation.
  CellsByOther Map(const ReportCells& cells);
  void MapRows(const ReportCells& cells, CellsByOther& by_nations);
  void MapBlock(BlockId block, BlockId own, CellsByOther& by_nations);
  void MapFlows(const ReportCells& cells, CellsByOther& by_nations);

  void AddRelation(RelationId id);

  static int8_t SignOf(int sign) { return static_cast<int8_t>(sign); }

  const Way way_;
  const Measures& measures_;
  ReleaseModel& model_;
  KeyedTable nation_;
  // By the nation's cells.
  std::vector<int64_t> left_;
  CellsByOther own_, of_nation_, made_up_;
  std::vector<CellsByOther> partners_;
  absl::flat_hash_map<BlockId, BlockId> block_of_;
  bool has_all_rows_ = true;
};

}  // namespace stegvis::disclosure
