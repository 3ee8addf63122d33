// The national merge: everything that nodes delivered as one report, and for
// each förbund where its figures come from or why it has none.
//
// The order of the answers does not matter.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/rollup/ask.h"
#include "client/rollup/nodes.h"
#include "services/outcome/outcome_report.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::rollup {

struct Gathered {
  // By name, then organisation number.
  std::vector<v1::RollupSource> sources;
  // Of the sources that are not missing, in their order.
  std::vector<outcome::OutcomeReport> parts;
  // Of the version of the parts where some node has it.
  v1::ListCodesResponse codes;
};

// Adds what came. A förbund that came from two nodes is taken once when both
// gave the same sealed report, and else is missing. Where code lists or end
// reasons out of the base differ, those that most förbund have are taken (of as
// many, the newest), and the others are missing.
//
// What came is what counts: a förbund that one node delivered and another one
// failed to deliver is there, but a node that failed in anything stands among
// the sources.
Gathered Gather(const std::vector<Node>& nodes,
                const std::vector<NodeAnswer>& answers,
                const Question& question, const PublicKeys& keys);

// The report of everything gathered, of one part at least. INVALID_ARGUMENT
// when the nodes' code lists cannot be read; else as MergeReports.
absl::StatusOr<outcome::OutcomeReport> Merge(const Gathered& gathered,
                                             const Question& question);

// `report` with where it comes from, as it is shown.
v1::OutcomeReport MessageOf(const outcome::OutcomeReport& report,
                            const std::vector<v1::RollupSource>& sources);

// Whether some förbund or node is missing.
bool AnyMissing(const std::vector<v1::RollupSource>& sources);

}  // namespace stegvis::rollup
