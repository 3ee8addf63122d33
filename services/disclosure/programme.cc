#include "services/disclosure/programme.h"

#include <algorithm>
#include <cmath>
#include <coin/CbcModel.hpp>
#include <coin/ClpFactorization.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/OsiClpSolverInterface.hpp>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "absl/container/btree_set.h"
#include "services/disclosure/measures.h"
#include "services/disclosure/report_cells.h"

namespace stegvis::disclosure {
namespace {

// What a change by one costs where nothing further is withheld: little, so that
// moves are short. The target's own way is worth more than all the rest.
constexpr double kCostOfChange = 0.001;
constexpr double kWorthOfTarget = -1e4;
constexpr double kWorthOfWish = 1;
// What is nearer to a whole number is one.
constexpr double kTolerance = 1e-6;
constexpr int kMostNodes = 100;
constexpr int kMostDives = 50;
// Of the simplex, which may go on for hours.
constexpr int kMostSteps = 30'000;

// Of all in a block, which binds every count of them.
bool IsBase(Slot slot) {
  return std::any_of(std::begin(kSexes), std::end(kSexes),
                     [&](Sex sex) { return slot == SlotOf(kBase, sex); });
}

bool MayChange(const Cell& cell) {
  return cell.shown != Shown::kPrinted || (!cell.settled && cell.value != 0);
}

// Whether the other block is the same, or in a group with it.
bool AreBeside(const ReleaseModel& model, BlockId one, BlockId other) {
  if (one == other) return true;
  if (one == kBetweenBlocks || other == kBetweenBlocks) return false;
  const std::vector<GroupId>& groups = model.GroupsOver(one);
  const std::vector<GroupId>& over = model.GroupsOver(other);
  return std::any_of(groups.begin(), groups.end(), [&](GroupId group) {
    return std::find(over.begin(), over.end(), group) != over.end();
  });
}

// The cells of the scope that may change.
std::vector<CellId> CellsAround(const ReleaseModel& model,
                                const Families& families, CellId target,
                                const Scope& scope) {
  const BlockId home = model.At(target).block;
  std::vector<CellId> cells;
  for (CellId cell = 0; cell < model.Cells(); ++cell) {
    if (!MayChange(model.At(cell))) continue;
    if (!scope.all_families && !families.AreKin(cell, target)) continue;
    const BlockId block = model.At(cell).block;
    if (!scope.all_blocks && !AreBeside(model, home, block)) continue;
    cells.push_back(cell);
  }
  return cells;
}

// The cells of a witness that may change, and those that share a relation with
// them that does not hold.
std::vector<CellId> CellsToMend(const ReleaseModel& model,
                                const Witness& broken) {
  absl::btree_set<CellId> cells;
  const auto add = [&](CellId cell) {
    if (model.At(cell).shown != Shown::kPrinted) cells.insert(cell);
  };
  for (const Difference& difference : broken) add(difference.cell);
  for (const RelationId id : RelationsBrokenBy(model, broken)) {
    for (const Term& term : model.TermsOf(id)) add(term.cell);
  }
  return {cells.begin(), cells.end()};
}

bool IsWhole(double number) {
  return std::abs(number - std::round(number)) <= kTolerance;
}

// Says nothing, and calculates by itself: dense parts would go to BLAS, of
// which each machine may have another that rounds otherwise.
OsiClpSolverInterface ASolver() {
  OsiClpSolverInterface solver;
  solver.messageHandler()->setLogLevel(0);
  solver.getModelPtr()->setLogLevel(0);
  solver.getModelPtr()->factorization()->setDenseThreshold(0);
  return solver;
}

// Each cell has two columns: up and down.
class Programme {
 public:
  Programme(const ReleaseModel& model, std::vector<CellId> cells)
      : model_(model),
        cells_(std::move(cells)),
        simplex_(*solver_.getModelPtr()) {
    simplex_.setMaximumIterations(kMostSteps);
    Load();
  }

  std::optional<Move> Solve(CellId target, int64_t by) {
    const double most = Aim(target, by);
    if (most < 1) return std::nullopt;
    Optimise();
    if (!simplex_.isProvenOptimal()) return std::nullopt;
    std::optional<Move> move = Read(simplex_.primalColumnSolution(), target);
    if (!move.has_value()) move = Round(target, by, most);
    return move.has_value() && move->by != 0 ? move : std::nullopt;
  }

  Witness Fulfil(const std::vector<Wish>& wishes) {
    for (size_t i = 0; i < cells_.size(); ++i) SetColumns(i);
    for (const Wish& wish : wishes) {
      const int column = ColumnOf(wish.cell, wish.by);
      simplex_.setObjectiveCoefficient(column, kCostOfChange - kWorthOfWish);
      simplex_.setColumnUpper(column,
                              std::min(simplex_.columnUpper()[column],
                                       static_cast<double>(std::abs(wish.by))));
    }
    Optimise();
    std::optional<Move> move = Dive(kNoCell);
    return move.has_value() ? std::move(move->witness) : Witness();
  }

 private:
  // That of the cell's way up, or down.
  int ColumnOf(CellId cell, int64_t by) const {
    const auto place = static_cast<int>(
        std::lower_bound(cells_.begin(), cells_.end(), cell) - cells_.begin());
    return 2 * place + (by > 0 ? 0 : 1);
  }

  void Load() {
    std::vector<double> lower, upper;
    const std::vector<int> rows = RowsOf(lower, upper);
    std::vector<CoinBigIndex> starts = {0};
    std::vector<int> row_of;
    std::vector<double> elements;
    for (const CellId cell : cells_) {
      for (const int way : {1, -1}) {
        for (const auto& it : model_.RelationsOf(cell)) {
          row_of.push_back(rows[it.relation]);
          elements.push_back(way * it.sign);
        }
        starts.push_back(static_cast<CoinBigIndex>(row_of.size()));
      }
    }
    const CoinPackedMatrix matrix(
        /*colordered=*/true, static_cast<int>(lower.size()),
        static_cast<int>(2 * cells_.size()), starts.back(), elements.data(),
        row_of.data(), starts.data(), /*len=*/nullptr);
    solver_.loadProblem(matrix, nullptr, nullptr, nullptr, lower.data(),
                        upper.data());
  }

  // By relation: those of the cells in order, the others have none. And between
  // what their sums may change.
  std::vector<int> RowsOf(std::vector<double>& lower,
                          std::vector<double>& upper) const {
    constexpr int kNoRow = -1;
    std::vector<int> rows(model_.Relations(), kNoRow);
    for (const CellId cell : cells_) {
      for (const auto& it : model_.RelationsOf(cell)) rows[it.relation] = 0;
    }
    for (RelationId id = 0; id < model_.Relations(); ++id) {
      if (rows[id] == kNoRow) continue;
      rows[id] = static_cast<int>(lower.size());
      const Relation& it = model_.RelationAt(id);
      lower.push_back(it.equal ? 0 : static_cast<double>(-it.sum));
      upper.push_back(it.equal ? 0 : solver_.getInfinity());
    }
    return rows;
  }

  void SetColumns(size_t i) {
    const Cell& cell = model_.At(cells_[i]);
    const int up = static_cast<int>(2 * i), down = up + 1;
    const double cost = cell.shown == Shown::kPrinted ? cell.price : 0;
    const double most = cell.most == kNoMost
                            ? solver_.getInfinity()
                            : static_cast<double>(cell.most - cell.value);
    solver_.setColBounds(up, 0, most);
    solver_.setColBounds(down, 0, static_cast<double>(cell.value - cell.least));
    for (const int column : {up, down}) {
      solver_.setObjCoeff(column, cost + kCostOfChange);
    }
  }

  // What is wished for is bounded, and all the rest costs something: with that
  // as far as it may go and the rest as it is, nothing can be dearer, and the
  // dual simplex has only to mend the relations.
  void Optimise() {
    simplex_.allSlackBasis(/*resetSolution=*/true);
    simplex_.dual();
  }

  // As far as the target may move that way, which is worth more than all else.
  double Aim(CellId target, int64_t by) {
    for (size_t i = 0; i < cells_.size(); ++i) SetColumns(i);
    const int wanted = ColumnOf(target, by), other = ColumnOf(target, -by);
    const double most = std::min(static_cast<double>(std::abs(by)),
                                 solver_.getColUpper()[wanted]);
    solver_.setColBounds(wanted, 0, most);
    solver_.setObjCoeff(wanted, kWorthOfTarget);
    solver_.setColBounds(other, 0, 0);
    return most;
  }

  // Whole numbers near the solution; where the quick way does not lead as far
  // as the target should go, those that a search among them finds.
  std::optional<Move> Round(CellId target, int64_t by, double most) {
    std::optional<Move> dive = Dive(target);
    const auto far = [](const std::optional<Move>& move) {
      return move.has_value() ? std::abs(move->by) : 0;
    };
    if (static_cast<double>(far(dive)) >= most) return dive;
    Aim(target, by);
    std::optional<Move> whole = SolveWhole(target);
    return far(dive) >= far(whole) ? dive : whole;
  }

  // What is not whole may move less far, down to where it is whole: that fits,
  // as to change nothing does.
  std::optional<Move> Dive(CellId target) {
    for (int i = 0; i < kMostDives && simplex_.isProvenOptimal(); ++i) {
      std::optional<Move> move = Read(simplex_.primalColumnSolution(), target);
      if (move.has_value()) return move;
      for (int column = 0; column < simplex_.numberColumns(); ++column) {
        const double value = simplex_.primalColumnSolution()[column];
        if (!IsWhole(value)) simplex_.setColumnUpper(column, std::floor(value));
      }
      simplex_.dual();
    }
    return std::nullopt;
  }

  std::optional<Move> SolveWhole(CellId target) {
    for (int i = 0; i < solver_.getNumCols(); ++i) solver_.setInteger(i);
    CbcModel search(solver_);
    search.setLogLevel(0);
    search.setMaximumNodes(kMostNodes);
    search.branchAndBound();
    if (search.bestSolution() == nullptr) return std::nullopt;
    return Read(search.bestSolution(), target);
  }

  std::optional<Move> Read(const double* values, CellId target) const {
    Move move;
    for (size_t i = 0; i < cells_.size(); ++i) {
      const double by = values[2 * i] - values[2 * i + 1];
      if (!IsWhole(by)) return std::nullopt;
      const double whole = std::round(by);
      if (whole == 0) continue;
      const auto difference = static_cast<int64_t>(whole);
      if (cells_[i] == target) move.by = difference;
      move.witness.push_back({cells_[i], difference});
      if (model_.At(cells_[i]).shown == Shown::kPrinted) {
        move.to_withhold.push_back(cells_[i]);
      }
    }
    return move;
  }

  const ReleaseModel& model_;
  const std::vector<CellId> cells_;
  OsiClpSolverInterface solver_ = ASolver();
  ClpSimplex& simplex_;  // Of the solver.
};

// The made-up cells as columns, and the relations they are in.
class Filling {
 public:
  explicit Filling(const ReleaseModel& model) : model_(model) {
    std::vector<double> lower, upper;
    for (RelationId id = 0; id < model.Relations(); ++id) {
      if (AddRow(id, static_cast<int>(lower.size()))) {
        lower.push_back(static_cast<double>(-Rest(id)));
        upper.push_back(model.RelationAt(id).equal ? lower.back()
                                                   : solver_.getInfinity());
      }
    }
    const CoinPackedMatrix matrix(/*colordered=*/true, row_of_.data(),
                                  column_of_.data(), elements_.data(),
                                  static_cast<CoinBigIndex>(elements_.size()));
    solver_.loadProblem(matrix, nullptr, nullptr, nullptr, lower.data(),
                        upper.data());
  }

  // Empty when nothing fits.
  std::vector<std::pair<CellId, int64_t>> Values() {
    if (cells_.empty()) return {};
    for (size_t i = 0; i < cells_.size(); ++i) {
      solver_.setInteger(static_cast<int>(i));
    }
    solver_.initialSolve();
    CbcModel search(solver_);
    search.setLogLevel(0);
    search.setMaximumNodes(kMostNodes);
    search.branchAndBound();
    if (search.bestSolution() == nullptr) return {};
    std::vector<std::pair<CellId, int64_t>> values;
    for (size_t i = 0; i < cells_.size(); ++i) {
      values.emplace_back(cells_[i], std::llround(search.bestSolution()[i]));
    }
    return values;
  }

 private:
  bool AddRow(RelationId id, int row) {
    bool any = false;
    for (const Term& term : model_.TermsOf(id)) {
      if (!model_.At(term.cell).made_up) continue;
      const auto [column, added] =
          columns_.try_emplace(term.cell, static_cast<int>(cells_.size()));
      if (added) cells_.push_back(term.cell);
      row_of_.push_back(row);
      column_of_.push_back(column->second);
      elements_.push_back(term.sign);
      any = true;
    }
    return any;
  }

  // The sum of what is known.
  int64_t Rest(RelationId id) const {
    int64_t sum = model_.RelationAt(id).sum;
    for (const Term& term : model_.TermsOf(id)) {
      const Cell& cell = model_.At(term.cell);
      if (!cell.made_up) sum += term.sign * cell.value;
    }
    return sum;
  }

  const ReleaseModel& model_;
  absl::btree_map<CellId, int> columns_;
  std::vector<CellId> cells_;
  std::vector<int> row_of_, column_of_;
  std::vector<double> elements_;
  OsiClpSolverInterface solver_ = ASolver();
};

}  // namespace

Families::Families(const ReleaseModel& model, BlockId flow_block)
    : model_(model), flow_block_(flow_block) {
  for (RelationId id = 0; id < model.Relations(); ++id) {
    const BlockId block = model.RelationAt(id).block;
    if (block == kBetweenBlocks || block == flow_block) continue;
    std::optional<Slot> first;
    for (const Term& term : model.TermsOf(id)) {
      const Cell& cell = model.At(term.cell);
      if (cell.settled || IsBase(cell.slot) || cell.block == flow_block) {
        continue;
      }
      if (first.has_value()) Join(*first, cell.slot);
      first = cell.slot;
    }
  }
}

Slot Families::HeadOf(Slot slot) const {
  while (slot < heads_.size() && heads_[slot] != slot) slot = heads_[slot];
  return slot;
}

void Families::Join(Slot one, Slot other) {
  while (heads_.size() <= std::max(one, other)) {
    heads_.push_back(static_cast<Slot>(heads_.size()));
  }
  const Slot a = HeadOf(one), b = HeadOf(other);
  heads_[std::max(a, b)] = std::min(a, b);
}

bool Families::AreKin(CellId one, CellId other) const {
  const Cell &a = model_.At(one), &b = model_.At(other);
  if (a.block == flow_block_ || b.block == flow_block_) return true;
  return HeadOf(a.slot) == HeadOf(b.slot);
}

std::optional<Move> SolveForMove(const ReleaseModel& model,
                                 const Families& families, const Scope& scope,
                                 CellId target, int64_t by) {
  return Programme(model, CellsAround(model, families, target, scope))
      .Solve(target, by);
}

Witness Mend(const ReleaseModel& model, const Witness& broken,
             const std::vector<Wish>& wishes) {
  return Programme(model, CellsToMend(model, broken)).Fulfil(wishes);
}

void MakeUpCells(ReleaseModel& model) {
  for (const auto& [cell, value] : Filling(model).Values()) {
    model.MakeUp(cell, value);
  }
}

}  // namespace stegvis::disclosure
