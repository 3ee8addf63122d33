#include "services/disclosure/move_search.h"

#include <algorithm>
#include <limits>

#include "absl/cleanup/cleanup.h"

namespace stegvis::disclosure {
namespace {

// How many times a step tries to change a cell before it gives up, and how many
// ways it compares.
constexpr int kMostTries = 100;
constexpr int kRankOfPrice = 4;
// The same for a repair.
constexpr int kMostRepairs = 60;
// A flow that follows opens few others.
constexpr int kMostFlows = 30;
// From block to block: those of several releases follow each other in circles.
constexpr int kMostDepth = 8;
// The place of a relation that holds.
constexpr uint32_t kNotViolated = std::numeric_limits<uint32_t>::max();

}  // namespace

MoveSearch::MoveSearch(const ReleaseModel& model, BlockId flow_block)
    : model_(model), flow_block_(flow_block), cells_(model.Cells()) {
  sums_.reserve(model.Relations());
  for (RelationId id = 0; id < model.Relations(); ++id) {
    const Relation& relation = model.RelationAt(id);
    sums_.push_back({.now = relation.sum,
                     .place = kNotViolated,
                     .group = relation.group,
                     .equal = relation.equal});
  }
}

std::optional<Move> MoveSearch::Find(CellId target, int64_t by, int most_cost,
                                     bool thorough) {
  most_cost_ = most_cost;
  thorough_ = thorough;
  const int one = by > 0 ? 1 : -1;
  for (int64_t step = 0; step != by; step += one) {
    if (!Step({target, one})) break;
  }
  std::optional<Move> found;
  if (cells_[target].by != 0) found = Result(target);
  GoBack({0, 0});
  return found;
}

bool MoveSearch::Step(const Change& target) {
  if (StepWith(target, std::nullopt)) return true;
  if (!thorough_) return false;
  const std::vector<Change> companions = CompanionsOf(target);
  return std::any_of(companions.begin(), companions.end(),
                     [&](const Change& it) { return StepWith(target, it); });
}

std::vector<MoveSearch::Change> MoveSearch::CompanionsOf(
    const Change& target) const {
  std::vector<Change> companions;
  for (const auto& it : model_.RelationsOf(target.cell)) {
    const Relation& relation = model_.RelationAt(it.relation);
    if (relation.equal || relation.block != model_.At(target.cell).block) {
      continue;
    }
    if (it.sign * target.by > 0) continue;
    for (const Term& term : model_.TermsOf(it.relation)) {
      if (term.cell != target.cell &&
          model_.At(term.cell).block == relation.block) {
        companions.push_back({term.cell, term.sign});
      }
    }
  }
  return companions;
}

bool MoveSearch::StepWith(const Change& target,
                          const std::optional<Change>& companion) {
  const Mark begin = Here();
  tries_ = kMostTries;
  best_cost_.reset();
  if (Apply(target) && (!companion.has_value() || Apply(*companion))) {
    ++cells_[target.cell].barred;
    Extend(model_.At(target.cell).block, begin.changes);
    --cells_[target.cell].barred;
  }
  GoBack(begin);
  if (!best_cost_.has_value()) return false;
  const std::vector<Change> best = best_;
  for (const Change& change : best) Apply(change);
  return true;
}

void MoveSearch::Extend(BlockId block, size_t first) {
  std::vector<Option> options;
  if (!CollectMostUrgent({block, kNoGroup}, options)) {
    return Conclude(block, first);
  }
  TryAll(block, first, options);
}

void MoveSearch::TryAll(BlockId block, size_t first,
                        std::vector<Option>& options) {
  std::stable_sort(
      options.begin(), options.end(),
      [](const Option& a, const Option& b) { return a.rank < b.rank; });
  size_t tried = 0;
  for (; tried < options.size() && tries_ > 0; ++tried) {
    if (best_cost_.has_value() && *best_cost_ <= cost_) break;
    --tries_;
    const Mark mark = Here();
    ++cells_[options[tried].change.cell].barred;
    if (Apply(options[tried].change)) Extend(block, first);
    GoBack(mark);
  }
  for (size_t i = 0; i < tried; ++i) --cells_[options[i].change.cell].barred;
}

void MoveSearch::Conclude(BlockId block, size_t first) {
  const Mark mark = Here();
  const std::vector<Change> unit(done_.begin() + static_cast<ptrdiff_t>(first),
                                 done_.end());
  const bool fits =
      Follow(block, unit, kNoGroup) && FollowFlows() && violated_.empty();
  if (fits && (!best_cost_.has_value() || cost_ < *best_cost_)) {
    best_cost_ = cost_;
    best_.assign(done_.begin() + static_cast<ptrdiff_t>(first), done_.end());
  }
  GoBack(mark);
}

bool MoveSearch::Follow(BlockId block, const std::vector<Change>& unit,
                        GroupId done) {
  for (const GroupId group : model_.GroupsUnder(block)) {
    if (group != done && !FollowUnder(group, unit)) return false;
  }
  for (const GroupId group : model_.GroupsOver(block)) {
    if (group != done && !FollowOver(block, group, unit)) return false;
  }
  return true;
}

bool MoveSearch::FollowUnder(GroupId group, const std::vector<Change>& unit) {
  if (!AnyViolatedOf(group)) return true;
  const Mark mark = Here();
  if (PlaceInCheapest(model_.Groups()[group].children, kBetweenBlocks, unit, 1,
                      group)) {
    return true;
  }
  GoBack(mark);
  repairs_ = kMostRepairs;
  return Repair(group);
}

bool MoveSearch::FollowOver(BlockId block, GroupId group,
                            const std::vector<Change>& unit) {
  if (!AnyViolatedOf(group)) return true;
  const ReleaseModel::Group& it = model_.Groups()[group];
  const Mark mark = Here();
  if (PlaceInCheapest(it.children, block, unit, -1, group)) return true;
  GoBack(mark);
  repairs_ = kMostRepairs;
  if (Repair(group)) return true;
  GoBack(mark);
  return Place(it.parent, unit, 1, group);
}

bool MoveSearch::Repair(GroupId group) {
  std::vector<Option> options;
  if (!CollectMostUrgent({kBetweenBlocks, group}, options)) return true;
  return TryToRepair(group, options);
}

bool MoveSearch::TryToRepair(GroupId group, std::vector<Option>& options) {
  std::stable_sort(
      options.begin(), options.end(),
      [](const Option& a, const Option& b) { return a.rank < b.rank; });
  bool repaired = false;
  size_t tried = 0;
  for (; tried < options.size() && repairs_ > 0 && !repaired; ++tried) {
    --repairs_;
    const Mark mark = Here();
    ++cells_[options[tried].change.cell].barred;
    repaired = Apply(options[tried].change) && Repair(group);
    if (!repaired) GoBack(mark);
  }
  for (size_t i = 0; i < tried; ++i) --cells_[options[i].change.cell].barred;
  return repaired;
}

bool MoveSearch::Holds(const Region& region, BlockId block) const {
  if (block == kBetweenBlocks) return false;
  if (region.group == kNoGroup) return block == region.block;
  const std::vector<GroupId>& over = model_.GroupsOver(block);
  return std::find(over.begin(), over.end(), region.group) != over.end();
}

bool MoveSearch::FollowFlows() {
  for (int i = 0; i < kMostFlows; ++i) {
    std::vector<Option> options;
    if (!CollectMostUrgent({flow_block_, kNoGroup}, options)) return true;
    if (options.empty()) return false;
    const auto best = std::min_element(
        options.begin(), options.end(),
        [](const Option& a, const Option& b) { return a.rank < b.rank; });
    if (!Apply(best->change)) return false;
  }
  return false;
}

bool MoveSearch::PlaceInCheapest(const std::vector<BlockId>& blocks,
                                 BlockId but, const std::vector<Change>& unit,
                                 int sign, GroupId done) {
  const Mark mark = Here();
  std::optional<BlockId> cheapest;
  int least = 0;
  for (const BlockId block : MostUrgentFirst(blocks, done)) {
    if (block == but) continue;
    if (Place(block, unit, sign, done) &&
        (!cheapest.has_value() || cost_ < least)) {
      cheapest = block;
      least = cost_;
    }
    GoBack(mark);
    if (cheapest.has_value() && least == mark.cost) break;
  }
  return cheapest.has_value() && Place(*cheapest, unit, sign, done);
}

std::vector<BlockId> MoveSearch::MostUrgentFirst(std::vector<BlockId> blocks,
                                                 GroupId done) const {
  std::stable_partition(blocks.begin(), blocks.end(), [&](BlockId block) {
    const auto waits = [&](GroupId group) {
      return group != done && AnyViolatedOf(group);
    };
    const auto& over = model_.GroupsOver(block);
    return std::any_of(over.begin(), over.end(), waits);
  });
  return blocks;
}

bool MoveSearch::Place(BlockId block, const std::vector<Change>& unit, int sign,
                       GroupId done) {
  if (depth_ == kMostDepth) return false;
  ++depth_;
  const absl::Cleanup up = [this] { --depth_; };
  std::vector<Change> placed;
  for (const Change& change : unit) {
    const CellId cell = model_.CellAt(block, model_.At(change.cell).slot);
    if (cell == kNoCell) continue;
    placed.push_back({cell, sign * change.by});
    if (!Apply(placed.back())) return false;
  }
  return !AnyViolatedIn(block) && Follow(block, placed, done) &&
         !AnyViolatedOf(done);
}

bool MoveSearch::AnyViolatedIn(BlockId block) const {
  return std::any_of(violated_.begin(), violated_.end(), [&](RelationId it) {
    return model_.RelationAt(it).block == block;
  });
}

bool MoveSearch::AnyViolatedOf(GroupId group) const {
  return std::any_of(violated_.begin(), violated_.end(), [&](RelationId it) {
    return model_.RelationAt(it).group == group;
  });
}

bool MoveSearch::CollectMostUrgent(const Region& region,
                                   std::vector<Option>& options) const {
  std::optional<RelationId> urgent;
  size_t fewest = std::numeric_limits<size_t>::max();
  for (const RelationId id : violated_) {
    const Relation& relation = model_.RelationAt(id);
    const bool here = relation.group == kNoGroup
                          ? Holds(region, relation.block)
                          : relation.group == region.group;
    if (!here) continue;
    const size_t mends = CountMends(id, region, fewest);
    // Violated relations are in no order of their own.
    if (mends == fewest && urgent.has_value() && id > *urgent) continue;
    if (mends > fewest) continue;
    fewest = mends;
    urgent = id;
  }
  if (!urgent.has_value()) return false;
  ForEachMend(*urgent, region, [&](const Change& change, int price) {
    options.push_back(
        {change, kRankOfPrice * price + ViolatedMore(change, region)});
    return true;
  });
  return true;
}

template <typename Use>
void MoveSearch::ForEachMend(RelationId id, const Region& region,
                             const Use& use) const {
  const int64_t wanted = sums_[id].now < 0 ? 1 : -1;
  for (const Term& term : model_.TermsOf(id)) {
    if (cells_[term.cell].barred != 0) continue;
    if (!Holds(region, model_.At(term.cell).block)) continue;
    const Change change{term.cell, term.sign * wanted};
    const std::optional<int> price = PriceOf(change);
    if (price.has_value() && !use(change, *price)) return;
  }
}

size_t MoveSearch::CountMends(RelationId id, const Region& region,
                              size_t most) const {
  size_t count = 0;
  ForEachMend(id, region, [&](const Change&, int) { return ++count <= most; });
  return count;
}

std::optional<int> MoveSearch::PriceOf(const Change& change) const {
  const Cell& cell = model_.At(change.cell);
  const int64_t value = cell.value + cells_[change.cell].by + change.by;
  if (value < cell.least || value > cell.most) return std::nullopt;
  if (cell.shown != Shown::kPrinted) return 0;
  if (cell.settled || cell.value == 0) return std::nullopt;
  const int price = cells_[change.cell].times == 0 ? cell.price : 0;
  if (cost_ + price > most_cost_) return std::nullopt;
  return price;
}

int MoveSearch::ViolatedMore(const Change& change, const Region& region) const {
  int more = 0;
  for (const auto& it : model_.RelationsOf(change.cell)) {
    const Sum& sum = sums_[it.relation];
    if (sum.group != kNoGroup && sum.group != region.group) continue;
    more += sum.IsViolatedAt(sum.now + it.sign * change.by) ? 1 : 0;
    more -= sum.place != kNotViolated ? 1 : 0;
  }
  return more;
}

bool MoveSearch::Apply(const Change& change) {
  const std::optional<int> price = PriceOf(change);
  if (!price.has_value()) return false;
  cost_ += *price;
  Changed& cell = cells_[change.cell];
  cell.by += change.by;
  ++cell.times;
  done_.push_back(change);
  for (const auto& it : model_.RelationsOf(change.cell)) {
    ChangeSum(it.relation, it.sign * change.by);
  }
  return true;
}

void MoveSearch::ChangeSum(RelationId id, int64_t by) {
  Sum& sum = sums_[id];
  sum.now += by;
  const uint32_t place = sum.place;
  if (sum.IsViolatedAt(sum.now) == (place != kNotViolated)) return;
  if (place == kNotViolated) {
    sum.place = static_cast<uint32_t>(violated_.size());
    violated_.push_back(id);
    return;
  }
  violated_[place] = violated_.back();
  sums_[violated_[place]].place = place;
  violated_.pop_back();
  sum.place = kNotViolated;
}

void MoveSearch::GoBack(const Mark& mark) {
  while (done_.size() > mark.changes) {
    const Change change = done_.back();
    done_.pop_back();
    Changed& cell = cells_[change.cell];
    cell.by -= change.by;
    --cell.times;
    for (const auto& it : model_.RelationsOf(change.cell)) {
      ChangeSum(it.relation, -it.sign * change.by);
    }
  }
  cost_ = mark.cost;
}

Move MoveSearch::Result(CellId target) const {
  std::vector<CellId> changed;
  for (const Change& change : done_) changed.push_back(change.cell);
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  Move move{.by = cells_[target].by, .witness = {}, .to_withhold = {}};
  for (const CellId cell : changed) {
    if (cells_[cell].by == 0) continue;
    move.witness.push_back({cell, cells_[cell].by});
    if (model_.At(cell).shown == Shown::kPrinted) {
      move.to_withhold.push_back(cell);
    }
  }
  return move;
}

}  // namespace stegvis::disclosure
