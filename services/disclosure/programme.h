// Finds a witness where the search did not, as a linear programme over whole
// numbers. It only proposes: what proves is the witness, checked by addition.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/disclosure/move_search.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/witness.h"

namespace stegvis::disclosure {

// Which slots are bound together by the relations within blocks: support
// before, support after, occupation, follow-ups … A cell can mostly be moved by
// its kin alone.
class Families {
 public:
  // `model` is finished and outlives it.
  Families(const ReleaseModel& model, BlockId flow_block);

  // A flow is kin to all.
  bool AreKin(CellId one, CellId other) const;

 private:
  Slot HeadOf(Slot slot) const;
  void Join(Slot one, Slot other);

  const ReleaseModel& model_;
  const BlockId flow_block_;
  std::vector<Slot> heads_;  // Of slots: another of the family, or itself.
};

// Which cells a programme may change: of the blocks that are in a group with
// the target's, or of all blocks; its kin, or every family.
struct Scope {
  bool all_blocks;
  bool all_families;
};
// The quicker ones first.
inline constexpr Scope kScopes[] = {
    {.all_blocks = false, .all_families = false},
    {.all_blocks = false, .all_families = true},
    {.all_blocks = true, .all_families = false},
    {.all_blocks = true, .all_families = true}};

// The move within `scope` that changes `target` by `by` (or as far that way as
// it can, but by at least one) and withholds little. Nothing when there is
// none, or none was found within a fixed number of nodes.
std::optional<Move> SolveForMove(const ReleaseModel& model,
                                 const Families& families, const Scope& scope,
                                 CellId target, int64_t by);

// How far a cell is to move, up or down.
struct Wish {
  CellId cell;
  int64_t by;
};

// A witness that is like `broken`, which does not fit, and fulfils as much of
// the wishes as it can. It is empty when nothing can be done for them.
Witness Mend(const ReleaseModel& model, const Witness& broken,
             const std::vector<Wish>& wishes);

// Gives the made-up cells of `model`, which is not finished yet, values with
// which its relations hold. Leaves them at 0 when there are none.
void MakeUpCells(ReleaseModel& model);

}  // namespace stegvis::disclosure
