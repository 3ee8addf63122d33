// Finds a witness where the search did not, as a linear programme over whole
// numbers. It only proposes: what proves is the witness, checked by addition.
#pragma once

#include <cstdint>
#include <optional>

#include "services/disclosure/move_search.h"
#include "services/disclosure/release_model.h"

namespace stegvis::disclosure {

// The move that changes `target` by `by` (or as far that way as it can, but by
// at least one) and withholds little; over the blocks beside the target's at
// first, then over all. Nothing when there is none, or none was found within a
// fixed number of nodes. Takes seconds for a large report.
std::optional<Move> SolveForMove(const ReleaseModel& model, CellId target,
                                 int64_t by);

// Gives the made-up cells of `model`, which is not finished yet, values with
// which its relations hold. Leaves them at 0 when there are none.
void MakeUpCells(ReleaseModel& model);

}  // namespace stegvis::disclosure
