// Finds a witness for a cell: people who could be otherwise. Each step is one
// of them: one more in the cell, and what that means for the other cells of its
// block, for a block beside it, for the whole and its other breakdowns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "services/disclosure/release_model.h"
#include "services/disclosure/witness.h"

namespace stegvis::disclosure {

struct Move {
  int64_t by = 0;  // Of the target.
  Witness witness;
  // The printed cells that change: once withheld, the witness fits.
  std::vector<CellId> to_withhold;
};

// In whole numbers and in a fixed order: it finds the same move on every
// machine. It may miss what is there. One thread.
class MoveSearch {
 public:
  // `model` must outlive it; cells may be withheld and printed meanwhile.
  explicit MoveSearch(const ReleaseModel& model, BlockId flow_block);

  // A move that changes `target` by `by`, or as far that way as can be found,
  // and costs at most `most_cost`. Nothing when it cannot change that way.
  // `thorough`: looks for more than what must change, which takes longer.
  std::optional<Move> Find(CellId target, int64_t by, int most_cost,
                           bool thorough = false);

 private:
  // One cell changes by one.
  struct Change {
    CellId cell;
    int64_t by;
  };
  struct Option {
    Change change;
    int rank;  // Lower is tried first.
  };
  // What has been done so far, to go back to.
  struct Mark {
    size_t changes;
    int cost;
  };

  // One more step, the cheapest of the first few that are found.
  bool Step(const Change& target);
  // The same, with another change besides.
  bool StepWith(const Change& target, const std::optional<Change>& companion);
  // What could make room for `target` in its block.
  std::vector<Change> CompanionsOf(const Change& target) const;
  // Changes cells of the block until each of its relations holds, then goes on
  // to other blocks; keeps the cheapest way.
  void Extend(BlockId block, size_t first);
  void TryAll(BlockId block, size_t first, std::vector<Option>& options);
  void Conclude(BlockId block, size_t first);
  // Lets the blocks under and over `block` follow what changed in it, but those
  // of the group `done`.
  bool Follow(BlockId block, const std::vector<Change>& unit, GroupId done);
  bool FollowUnder(GroupId group, const std::vector<Change>& unit);
  bool FollowOver(BlockId block, GroupId group,
                  const std::vector<Change>& unit);
  // Lets flows follow, without looking back.
  bool FollowFlows();
  // Makes the same changes, times `sign`, in another block, and all that follow
  // from them but in `done`.
  bool Place(BlockId block, const std::vector<Change>& unit, int sign,
             GroupId done);
  // The blocks that another group waits for come first.
  std::vector<BlockId> MostUrgentFirst(std::vector<BlockId> blocks,
                                       GroupId done) const;
  bool PlaceInCheapest(const std::vector<BlockId>& blocks, BlockId but,
                       const std::vector<Change>& unit, int sign, GroupId done);

  // Changes cells of the children, one relation after the other, until the
  // group holds and each of them.
  bool Repair(GroupId group);
  bool TryToRepair(GroupId group, std::vector<Option>& options);

  // Where a search may change cells: in a block, or in the children of a group.
  struct Region {
    BlockId block = kBetweenBlocks;
    GroupId group = kNoGroup;
  };
  bool Holds(const Region& region, BlockId block) const;
  // The ways to mend the violated relation of the region that has the fewest.
  // False when none is violated.
  bool CollectMostUrgent(const Region& region,
                         std::vector<Option>& options) const;
  // Calls `use(change, price)` for each change in the region that would mend
  // the relation a little, until it returns false.
  template <typename Use>
  void ForEachMend(RelationId relation, const Region& region,
                   const Use& use) const;
  // How many there are, or one more than `most`.
  size_t CountMends(RelationId relation, const Region& region,
                    size_t most) const;
  // Nothing when the cell cannot change so.
  std::optional<int> PriceOf(const Change& change) const;
  int ViolatedMore(const Change& change, const Region& region) const;
  bool AnyViolatedIn(BlockId block) const;
  bool AnyViolatedOf(GroupId group) const;

  bool Apply(const Change& change);
  void ChangeSum(RelationId relation, int64_t by);
  Mark Here() const { return {done_.size(), cost_}; }
  void GoBack(const Mark& mark);
  Move Result(CellId target) const;

  // Together, because a step reads all of it: what became of a cell,
  struct Changed {
    int64_t by = 0;  // All steps together.
    uint16_t times = 0;
    uint8_t barred = 0;  // This step may not change it.
  };
  // and a relation with its sum as it is now.
  struct Sum {
    int64_t now;
    uint32_t place;  // In violated_.
    GroupId group;
    bool equal;

    bool IsViolatedAt(int64_t sum) const {
      return sum < 0 || (equal && sum != 0);
    }
  };

  const ReleaseModel& model_;
  BlockId flow_block_;
  std::vector<Changed> cells_;
  std::vector<Sum> sums_;
  std::vector<RelationId> violated_;
  std::vector<Change> done_;  // In order.
  int cost_ = 0;
  int most_cost_ = 0;
  bool thorough_ = false;
  int depth_ = 0;
  int tries_ = 0;
  int repairs_ = 0;
  std::vector<Change> best_;
  std::optional<int> best_cost_;
};

}  // namespace stegvis::disclosure
