#include "services/disclosure/programme.h"

#include <algorithm>
#include <cmath>
#include <coin/CbcModel.hpp>
#include <coin/CoinPackedMatrix.hpp>
#include <coin/OsiClpSolverInterface.hpp>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"

namespace stegvis::disclosure {
namespace {

// What a change by one costs where nothing further is withheld: little, so that
// moves are short. The target's own way is worth more than all the rest.
constexpr double kCostOfChange = 0.001;
constexpr double kWorthOfTarget = -1e4;
// What is nearer to a whole number is one.
constexpr double kTolerance = 1e-6;
constexpr int kMostNodes = 100;

bool MayChange(const Cell& cell) {
  return cell.shown != Shown::kPrinted || (!cell.settled && cell.value != 0);
}

// The cells of the blocks that are in a group with that of `target`, or every
// cell; of those, the ones that may change.
std::vector<CellId> CellsAround(const ReleaseModel& model, CellId target,
                                bool all) {
  const std::vector<GroupId>& home = model.GroupsOver(model.At(target).block);
  std::vector<CellId> cells;
  for (CellId cell = 0; cell < model.Cells(); ++cell) {
    const BlockId block = model.At(cell).block;
    const bool beside =
        all || block == model.At(target).block ||
        std::any_of(home.begin(), home.end(), [&](GroupId group) {
          const auto& over = model.GroupsOver(block);
          return std::find(over.begin(), over.end(), group) != over.end();
        });
    if (beside && MayChange(model.At(cell))) cells.push_back(cell);
  }
  return cells;
}

// Each cell has two columns: up and down.
class Programme {
 public:
  Programme(const ReleaseModel& model, std::vector<CellId> cells)
      : model_(model), cells_(std::move(cells)) {}

  std::optional<Move> Solve(CellId target, int64_t by) {
    Load();
    for (size_t i = 0; i < cells_.size(); ++i) SetColumns(i);
    const auto place = static_cast<int>(
        std::lower_bound(cells_.begin(), cells_.end(), target) -
        cells_.begin());
    const int wanted = 2 * place + (by > 0 ? 0 : 1);
    const int other = 2 * place + (by > 0 ? 1 : 0);
    const double most = std::min(static_cast<double>(std::abs(by)),
                                 solver_.getColUpper()[wanted]);
    if (most < 1) return std::nullopt;
    solver_.setColBounds(wanted, 1, most);
    solver_.setObjCoeff(wanted, kWorthOfTarget);
    solver_.setColBounds(other, 0, 0);
    solver_.initialSolve();
    if (!solver_.isProvenOptimal()) return std::nullopt;
    std::optional<Move> move = Read(solver_.getColSolution(), target);
    return move.has_value() ? move : SolveWhole(target);
  }

 private:
  void Load() {
    solver_.messageHandler()->setLogLevel(0);
    std::vector<double> lower, upper;
    const absl::btree_map<RelationId, int> rows = RowsOf(lower, upper);
    std::vector<int> row_of, column_of;
    std::vector<double> elements;
    for (size_t i = 0; i < cells_.size(); ++i) {
      for (const auto& it : model_.RelationsOf(cells_[i])) {
        const int row = rows.at(it.relation), up = static_cast<int>(2 * i);
        row_of.insert(row_of.end(), {row, row});
        column_of.insert(column_of.end(), {up, up + 1});
        elements.insert(elements.end(), {static_cast<double>(it.sign),
                                         static_cast<double>(-it.sign)});
      }
    }
    const CoinPackedMatrix matrix(/*colordered=*/true, row_of.data(),
                                  column_of.data(), elements.data(),
                                  static_cast<CoinBigIndex>(elements.size()));
    solver_.loadProblem(matrix, nullptr, nullptr, nullptr, lower.data(),
                        upper.data());
  }

  // The relations of the cells in order, and between what their sums may
  // change.
  absl::btree_map<RelationId, int> RowsOf(std::vector<double>& lower,
                                          std::vector<double>& upper) const {
    absl::btree_map<RelationId, int> rows;
    for (const CellId cell : cells_) {
      for (const auto& it : model_.RelationsOf(cell)) {
        rows.emplace(it.relation, 0);
      }
    }
    for (auto& [relation, row] : rows) {
      row = static_cast<int>(lower.size());
      const Relation& it = model_.RelationAt(relation);
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
      const double whole = std::round(by);
      if (std::abs(by - whole) > kTolerance) return std::nullopt;
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
  OsiClpSolverInterface solver_;
};

// The made-up cells as columns, and the relations they are in.
class Filling {
 public:
  explicit Filling(const ReleaseModel& model) : model_(model) {
    solver_.messageHandler()->setLogLevel(0);
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

  // The sum of the terms that are known.
  int64_t Rest(RelationId id) const {
    int64_t sum = 0;
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
  OsiClpSolverInterface solver_;
};

}  // namespace

std::optional<Move> SolveForMove(const ReleaseModel& model, CellId target,
                                 int64_t by) {
  std::optional<Move> best;
  for (const bool all : {false, true}) {
    std::optional<Move> move =
        Programme(model, CellsAround(model, target, all)).Solve(target, by);
    if (move.has_value() &&
        (!best.has_value() || std::abs(move->by) > std::abs(best->by))) {
      best = std::move(move);
    }
    if (best.has_value() && best->by == by) break;
  }
  return best;
}

void MakeUpCells(ReleaseModel& model) {
  for (const auto& [cell, value] : Filling(model).Values()) {
    model.MakeUp(cell, value);
  }
}

}  // namespace stegvis::disclosure
