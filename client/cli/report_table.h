// An outcome report as people read it in a terminal.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "client/cli/report_figures.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// Every table of outcomes states its base and its coverage; a dash stands for
// what is not known, `..` for what is withheld. `least_base`: a share of fewer
// is not said.
std::string ReportTable(const v1::OutcomeReport& report,
                        const CodeLabels& labels, int least_base = kLeastBase);

}  // namespace stegvis::cli
