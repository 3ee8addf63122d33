// What `report --publish` does.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "client/cli/report_formats.h"
#include "client/cli/session.h"

namespace stegvis::cli {

// What is to be published, and how it is shown.
struct Publication {
  int year = 0;
  std::string forbund;  // As the user calls it; empty for the nation.
  std::vector<std::string> by;
  ReportForm form;
};

// Publishes a year, or finds that an earlier release stands; tells which on
// stderr, and writes the release. WrongUsage when `by` names what no release of
// its level has.
absl::Status Publish(const Publication& publication, Session& session);

}  // namespace stegvis::cli
