// What a reader of releases knows, as cells and relations between them: the
// numbers that are printed, the bounds of those that are not, and every sum and
// inequality that follows from the definitions (domain.md section 5,
// "Publication").
//
// A value is a whole number. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace stegvis::disclosure {

// The number of a cell in its model.
using CellId = uint32_t;
inline constexpr CellId kNoCell = std::numeric_limits<CellId>::max();
// The number of a relation in its model.
using RelationId = uint32_t;

// The number of the block that a cell or a relation is in: the whole, a row of
// a breakdown, or the flows. Relations between blocks are in none.
using BlockId = uint32_t;
inline constexpr BlockId kBetweenBlocks = std::numeric_limits<BlockId>::max();
// The number of a group of blocks.
using GroupId = uint32_t;
inline constexpr GroupId kNoGroup = std::numeric_limits<GroupId>::max();
// The place of a cell in its block; the same in all blocks.
using Slot = uint32_t;

// What a release says of a cell.
enum class Shown : uint8_t {
  kPrinted,   // Its value.
  kWithheld,  // That there is something, by a mark.
  kHidden,    // Nothing, but it follows from others within bounds.
};

inline constexpr int64_t kNoMost = std::numeric_limits<int64_t>::max();

struct Cell {
  int64_t value = 0;
  // What the reader knows of a cell that is not printed.
  int64_t least = 0;
  int64_t most = kNoMost;
  Shown shown = Shown::kHidden;
  // It stands in a release that is out: its mark stays as it is.
  bool settled = false;
  // No report holds it: its value is one that fits, not the true one.
  bool made_up = false;
  // It is of others: protected in their own table, not in this one.
  bool of_others = false;
  // What others have besides is small, and must not be told either.
  bool guards = false;
  // What withholding it costs, in cells.
  uint8_t price = 1;
  BlockId block = kBetweenBlocks;
  Slot slot = 0;
};

struct Term {
  CellId cell;
  int8_t sign;  // 1 or -1.
};

// The sum of its terms is 0, or at least 0.
struct Relation {
  uint32_t first_term;
  uint32_t terms;
  bool equal;
  BlockId block;  // kBetweenBlocks: of a group.
  GroupId group;
  int64_t sum;  // Of the true values, and more; 0 in an equal one.
};

// A range of terms or of relations.
template <typename T>
struct Range {
  const T* first;
  const T* last;
  const T* begin() const { return first; }
  const T* end() const { return last; }
  size_t size() const { return static_cast<size_t>(last - first); }
};

class ReleaseModel {
 public:
  // A block of so many slots, all of them empty.
  BlockId AddBlock(size_t slots);
  // The block of flows, of all reports, which has none at first.
  BlockId FlowBlock();
  // So many more slots for it; returns the first of them.
  Slot AddFlowSlots(size_t slots);
  // Adds `cell` in its block and slot.
  CellId AddCell(const Cell& cell);
  // Says that a slot holds the same number as a cell of another block.
  void Share(BlockId block, Slot slot, CellId cell);
  // The reader knows that the cell is at most, or at least, so much.
  void LimitTo(CellId cell, int64_t most);
  void RaiseTo(CellId cell, int64_t least);
  // The cell of a slot, or kNoCell, also where the block has no such slot.
  CellId CellAt(BlockId block, Slot slot) const {
    const std::vector<CellId>& cells = blocks_[block].cells;
    return slot < cells.size() ? cells[slot] : kNoCell;
  }

  // Children that together make up the parent, or overlap in it. The relations
  // say which.
  GroupId AddGroup(BlockId parent, std::vector<BlockId> children);
  struct Group {
    BlockId parent;
    std::vector<BlockId> children;
  };
  const std::vector<Group>& Groups() const { return groups_; }
  // The groups that the block is the parent of, and those it is a child in.
  const std::vector<GroupId>& GroupsUnder(BlockId block) const {
    return blocks_[block].under;
  }
  const std::vector<GroupId>& GroupsOver(BlockId block) const {
    return blocks_[block].over;
  }

  // Relations that are added from now on are in this block, or of this group.
  void SetBlock(BlockId block) {
    block_ = block;
    group_ = kNoGroup;
  }
  void SetGroup(GroupId group) {
    block_ = kBetweenBlocks;
    group_ = group;
  }

  // The sum of `terms` and `more` is 0 (or at least 0). Terms of kNoCell are
  // left out: what a report does not have is 0 in it.
  void AddEqual(const std::vector<Term>& terms, int64_t more = 0);
  void AddAtLeastZero(const std::vector<Term>& terms, int64_t more = 0);

  // Takes back those relations, from this one on, that the true values do not
  // fulfil. For relations between cells that are not made up.
  void KeepFulfilled(RelationId first);

  // Gives a made-up cell its value.
  void MakeUp(CellId cell, int64_t value) { cells_[cell].value = value; }
  // Call once, after the last relation and the last made-up value.
  void Finish();

  // A printed number that is always the same.
  CellId Constant(int64_t number);
  bool IsConstant(CellId cell) const;

  size_t Cells() const { return cells_.size(); }
  const Cell& At(CellId cell) const { return cells_[cell]; }
  // Marks a printed cell as withheld, and the other way.
  void Withhold(CellId cell);
  void Print(CellId cell);
  // Its mark stays as it is from now on.
  void Settle(CellId cell) { cells_[cell].settled = true; }
  // It is protected elsewhere.
  void LeaveToOthers(CellId cell) { cells_[cell].of_others = true; }
  // Its value stays as it is, and is protected elsewhere.
  void Fix(CellId cell);
  // It is to be protected whatever its own value is.
  void Guard(CellId cell) { cells_[cell].guards = true; }

  size_t Relations() const { return relations_.size(); }
  const Relation& RelationAt(RelationId relation) const {
    return relations_[relation];
  }
  Range<Term> TermsOf(RelationId relation) const {
    const Relation& it = relations_[relation];
    return {&terms_[it.first_term], &terms_[it.first_term] + it.terms};
  }
  // Each relation that the cell has a term in, with the cell's sign there.
  struct Membership {
    RelationId relation;
    int8_t sign;
  };
  Range<Membership> RelationsOf(CellId cell) const {
    return {memberships_.data() + first_membership_[cell],
            memberships_.data() + first_membership_[cell + 1]};
  }

  // The relations that the true values do not fulfil: there are none, unless a
  // report contradicts itself.
  std::vector<RelationId> Contradictions() const;

 private:
  void Add(const std::vector<Term>& terms, int64_t more, bool equal);

  struct Block {
    std::vector<CellId> cells;  // By slot.
    std::vector<GroupId> under, over;
  };

  BlockId block_ = kBetweenBlocks;
  GroupId group_ = kNoGroup;
  BlockId flow_block_ = kBetweenBlocks;
  std::vector<CellId> constants_;
  std::vector<Block> blocks_;
  std::vector<Group> groups_;
  std::vector<Cell> cells_;
  std::vector<Relation> relations_;
  std::vector<Term> terms_;
  std::vector<uint32_t> first_membership_;
  std::vector<Membership> memberships_;
};

// A count of so many people or fewer, but not none, is small.
inline constexpr int64_t kSmall = 4;
// The values that fit everything printed span at least this.
inline constexpr int64_t kSpan = 4;

inline bool IsSmall(int64_t value) { return value >= 1 && value <= kSmall; }

// Whether the cell must not be narrowed: not printed, and truly small, or what
// others have is. What two releases differ by can be negative.
inline bool IsToProtect(const Cell& cell) {
  return cell.shown != Shown::kPrinted && !cell.made_up && !cell.of_others &&
         (IsSmall(cell.value) || IsSmall(-cell.value) || cell.guards);
}

}  // namespace stegvis::disclosure
