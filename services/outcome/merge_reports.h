// Adds the reports of different förbund into one, as if one node had made it of
// all of them.
//
// Pure functions. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// What two reports must have in common before their cells mean the same.
enum class Mismatch : uint8_t {
  kPeriod,
  kFilters,
  kCodeLists,
  kExcludedReasons,
};

// The first that `a` and `b` differ in; nothing when they can be added.
std::optional<Mismatch> MismatchOf(const OutcomeReport& a,
                                   const OutcomeReport& b);

// Whether a part can be added, whatever the others are. INVALID_ARGUMENT with a
// message in English that names the förbund: when it holds people and lacks one
// of `breakdowns`, or has rows of a förbund that it does not list.
absl::Status CheckPart(const OutcomeReport& part,
                       const std::vector<Dimension>& breakdowns);

// The sum of `parts`, in their order. People of different förbund are always
// different people, so every count is a sum; shares, intervals, changes,
// coverage and rough bounds are worked out of the sums, and every row stands
// where MakeReport has it. `codes` give the order of codes.
//
// `breakdowns` are kept and no others. Rows by förbund are made of the parts,
// so a part with one förbund need not have any.
//
// As of: the newest of the parts, because every part is known then; a part that
// is older says nothing of what came between. The feed position is 0: nodes
// count each for itself.
//
// INVALID_ARGUMENT as of CheckPart; without parts; for a part that differs from
// the first (MismatchOf); for a förbund in two parts.
absl::StatusOr<OutcomeReport> MergeReports(
    const std::vector<OutcomeReport>& parts,
    const std::vector<Dimension>& breakdowns, const CodeTables& codes);

// Whether anything at all falls in a block: then MakeReport has it as a row.
bool HoldsAnything(const Block& block);

}  // namespace stegvis::outcome
