// Blocks of several reports, added.
#pragma once

#include <string>
#include <vector>

#include "services/outcome/code_tables.h"
#include "services/outcome/formulas.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// Adds `part`, of other people, to `sum`.
void AddTo(PeopleCount& sum, const PeopleCount& part);

// The rows of support of a sum: those that some part shows, in the order of the
// code lists.
class ShownSupport {
 public:
  ShownSupport(const std::vector<OutcomeReport>& parts,
               const CodeTables& codes);

  // All zero.
  const std::vector<SupportRow>& Sources() const { return sources_; }
  const std::vector<SupportRow>& Groups() const { return groups_; }

 private:
  std::vector<SupportRow> sources_;
  std::vector<SupportRow> groups_;
};

// One thread.
class BlockSum {
 public:
  explicit BlockSum(const ShownSupport& shown);

  // Its rows of support must be among those shown.
  void Add(const Block& part);

  // The counts so far.
  const Block& Sum() const { return sum_; }

  // The sum, with everything that follows from it.
  Block Finish(const UnnamedRules& rules) &&;

 private:
  Block sum_;
};

}  // namespace stegvis::outcome
