// A witness: a second table of whole numbers that fits everything a release
// prints, and differs from the true one where a small count is withheld. Anyone
// can check it by addition.
#pragma once

#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "services/disclosure/release_model.h"

namespace stegvis::disclosure {

// By how much a cell differs from its true value.
struct Difference {
  CellId cell;
  int64_t by;

  bool operator==(const Difference&) const = default;
  bool operator<(const Difference& other) const {
    return std::tie(cell, by) < std::tie(other.cell, other.by);
  }
};

// The cells that differ, each once. All others are as they are.
using Witness = std::vector<Difference>;

// Why a witness does not fit; empty when it does.
enum class Misfit : uint8_t {
  kNone,
  kPrintedDiffers,  // A cell whose value is printed,
  kOutOfBounds,     // beyond what the reader knows of it,
  kSumDiffers,      // or a relation that no longer holds.
};

// Checks by addition alone that the second table fits what `model` says is
// printed. Takes time in proportion to the relations of the differing cells.
Misfit Check(const ReleaseModel& model, const Witness& witness);

// The relations that no longer hold.
std::vector<RelationId> RelationsBrokenBy(const ReleaseModel& model,
                                          const Witness& witness);

// The lowest and highest value of `cell` among the true table and `witnesses`,
// each of which fits.
struct Span {
  int64_t low;
  int64_t high;
  int64_t Width() const { return high - low; }
};
Span SpanOf(const ReleaseModel& model, CellId cell,
            const std::vector<const Witness*>& witnesses);

}  // namespace stegvis::disclosure
