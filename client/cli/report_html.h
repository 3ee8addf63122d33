// The outcome report as one page that stands by itself.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "client/cli/report_figures.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// HTML with its charts in it (SVG), and each chart's figures in a table. It
// loads nothing and runs nothing; it prints on A4.
std::string ReportHtml(const v1::OutcomeReport& report,
                       const CodeLabels& labels, int least_base = kLeastBase);

}  // namespace stegvis::cli
