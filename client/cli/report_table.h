// The outcome report as a förbundschef reads it in a terminal.
//
// Pure: a report in, text out.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// Every line ends with a line break; times are Swedish.
std::string ReportTable(const v1::OutcomeReport& report,
                        const CodeLabels& labels);

}  // namespace stegvis::cli
