// The forms a report can be had in.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

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

// Adds --format, --least-base and --output to a command.
void AddReportForm(CLI::App& command, ReportForm& form);

// WrongUsage when the format needs a file and none is named;
// FAILED_PRECONDITION when the file cannot be written.
absl::Status CheckForm(const ReportForm& form);

// Writes `report` in that form to its file or to the terminal. `labels` are the
// server's, unless the form does without (then they may be empty).
bool NeedsLabels(const ReportForm& form);
absl::Status WriteReport(const v1::OutcomeReport& report,
                         const ReportForm& form, const CodeLabels& labels);

}  // namespace stegvis::cli
