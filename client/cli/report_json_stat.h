// The outcome report as JSON-stat 2.0 (json-stat.org): a collection of
// datasets.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// A dataset for each part of the whole report, and for each part of each
// breakdown, whose first dimension then is that of the breakdown. Dimensions
// and categories are named as in the JSON form and labelled in Swedish; the
// unknown value of a breakdown is `_UNKNOWN`. Shares are 0..1, however few they
// are of.
std::string ReportJsonStat(const v1::OutcomeReport& report,
                           const CodeLabels& labels);

}  // namespace stegvis::cli
