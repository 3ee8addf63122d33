// The outcome report as a workbook for spreadsheets.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "client/cli/code_labels.h"
#include "client/cli/report_figures.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// The bytes of an .xlsx file: a sheet for each part and each breakdown, with
// charts. Numbers are numbers; what is withheld, unknown or of too few is text.
// Fails when the disk for temporary files does.
absl::StatusOr<std::string> ReportXlsx(const v1::OutcomeReport& report,
                                       const CodeLabels& labels,
                                       int least_base = kLeastBase);

}  // namespace stegvis::cli
