// What is shown of a release.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/code_labels.h"
#include "client/cli/report_formats.h"
#include "services/disclosure/release.h"
#include "stegvis/v1/publication.pb.h"

namespace stegvis::cli {

// The names of the dimensions that `--by` asks `command` (`report`, `rollup`)
// for; WrongUsage unless each is in the standard release.
absl::StatusOr<std::vector<std::string>> ReleaseBreakdowns(
    const std::vector<std::string>& by, disclosure::Level level,
    const std::string& command);

// Writes the report of `release` with the rows of `by`; all of them when that
// is empty, but in the table, which people read, none. Labels as WriteReport.
absl::Status WriteRelease(v1::Release release,
                          const std::vector<std::string>& by,
                          const ReportForm& form, const CodeLabels& labels);

}  // namespace stegvis::cli
