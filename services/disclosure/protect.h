// Withholds further cells until no small count can be narrowed, and keeps the
// proof.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "services/disclosure/release_model.h"
#include "services/disclosure/witness.h"

namespace stegvis::disclosure {

// The witnesses between which a small count's values span enough.
struct Proof {
  CellId cell;
  std::vector<uint32_t> witnesses;  // Their places in Protection.
};

struct Protection {
  std::vector<Witness> witnesses;
  std::vector<Proof> proofs;    // Of every cell that is to be protected.
  std::vector<CellId> further;  // Withheld beyond the first rule, ascending.
  std::vector<CellId> unsafe;   // No move was found: not to be let out.
};

// How far the work is.
struct Progress {
  int proved = 0;
  int counts = 0;  // Of so many that are to be.
};
// Told at first and then now and again; false ends the work.
using Tell = std::function<bool(Progress)>;

// A cell that is to have headroom: a witness in which it is by so much more, or
// less, so that small counts of others can hide in it.
struct Headroom {
  CellId cell;
  int64_t by;

  bool operator==(const Headroom&) const = default;
};

// What is done to find witnesses.
struct Effort {
  Tell tell = nullptr;
  // Witnesses that fitted once; taken where they still do. Where they do not,
  // and no search finds others, they are mended.
  std::vector<Witness> kept = {};
  // No programmes but those that mend one of them.
  bool quick = false;
  // Those go without for which no search finds any.
  std::vector<Headroom> headroom = {};
  // The work ends when nothing was found for so many counts.
  size_t most_unsafe = std::numeric_limits<size_t>::max();
};

// Withholds cells of `model` that are not settled. The same for the same model
// and effort, on every machine. Where the work ends early, what is not proved
// is unsafe.
Protection Protect(ReleaseModel& model, BlockId flow_block, Effort effort = {});

// Proves by addition alone: every witness fits, and between the witnesses of
// its proof and the true value every cell that is to be protected spans kSpan.
// Empty when it holds; else the cells it does not hold for.
std::vector<CellId> Disprove(const ReleaseModel& model,
                             const Protection& protection);

}  // namespace stegvis::disclosure
