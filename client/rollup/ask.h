// Asks nodes for the reports of their förbund.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "client/rollup/failure.h"
#include "client/rollup/nodes.h"
#include "services/outcome/outcome_report.h"
#include "stegvis/v1/code_list.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/outcome.pb.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::rollup {

// What is asked of every node.
struct Question {
  int year = 0;
  std::vector<std::string> breakdowns;
  // How long a node may take for everything.
  absl::Duration deadline = absl::Seconds(20);
};

// The breakdowns that there are, in their order.
std::vector<outcome::Dimension> DimensionsOf(const Question& question);

// What a node gave of a förbund: its newest sealed report of the year or, as it
// has none, the report of the moment; or why neither came.
struct Delivery {
  v1::Forbund forbund;
  std::optional<v1::SealedReport> sealed;
  std::optional<v1::OutcomeReport> preliminary;
  std::optional<Failure> failure;
};

struct NodeAnswer {
  std::vector<Delivery> deliveries;
  // The node's code lists.
  v1::ListCodesResponse codes;
  // Why it did not even say whom it serves.
  std::optional<Failure> failure;
};

// Asks all nodes at once, each for as long as the deadline, and again while one
// is unavailable. The answers are in the order of `nodes`. `answered` is told
// how many are done each time one is, from any thread. Not one failure keeps
// the rest from coming.
std::vector<NodeAnswer> AskNodes(const std::vector<Node>& nodes,
                                 const Question& question,
                                 const std::function<void(size_t)>& answered);

}  // namespace stegvis::rollup
