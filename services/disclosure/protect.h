// Withholds further cells until no small count can be narrowed, and keeps the
// proof.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
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

// Withholds cells of `model` that are not settled. The same for the same model
// and `kept`, on every machine. Where `tell` ends the work, what is not proved
// is unsafe.
// `kept`: witnesses that fitted once; taken where they still do, and mended
// where they do not, which is much quicker than to find others.
Protection Protect(ReleaseModel& model, BlockId flow_block,
                   const Tell& tell = nullptr, std::vector<Witness> kept = {});

// The same by `kept` alone: withholds nothing.
Protection ProtectByKept(ReleaseModel& model, BlockId flow_block,
                         const Tell& tell, std::vector<Witness> kept);

// Proves by addition alone: every witness fits, and between the witnesses of
// its proof and the true value every cell that is to be protected spans kSpan.
// Empty when it holds; else the cells it does not hold for.
std::vector<CellId> Disprove(const ReleaseModel& model,
                             const Protection& protection);

}  // namespace stegvis::disclosure
