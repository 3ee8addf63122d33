// What `rollup --publish` does.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "client/cli/report_formats.h"

namespace stegvis::cli {

// What is to be published of which nodes, and how it is shown.
struct RollupPublication {
  int year = 0;
  std::string nodes;  // The file that lists them.
  std::vector<std::string> by;
  std::string proof;  // The file of the proof; empty for none.
  absl::Duration deadline;
  ReportForm form;
};

// Publishes the nation's year of what all nodes give, or finds the release that
// is out already; writes it once every node knows of it, and tells which on
// stderr. WrongUsage when `by` names what no release of the nation has.
absl::Status PublishRollup(const RollupPublication& publication);

}  // namespace stegvis::cli
