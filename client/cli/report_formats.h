// The forms a report can be had in.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/code_labels.h"
#include "client/cli/report_figures.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

struct ReportForm {
  std::string format;
  std::string file;  // Where it is written; empty for the terminal.
  int least_base = kLeastBase;
};

// As `--format` names them, the usual one first.
std::vector<std::string> ReportFormats();

// WrongUsage when the format needs a file and none is named;
// FAILED_PRECONDITION when the file cannot be written.
absl::Status CheckForm(const ReportForm& form);

// Writes `report` in that form to its file or to the terminal. `labels` are the
// server's, unless the form does without (then they may be empty).
bool NeedsLabels(const ReportForm& form);
absl::Status WriteReport(const v1::OutcomeReport& report,
                         const ReportForm& form, const CodeLabels& labels);

}  // namespace stegvis::cli
