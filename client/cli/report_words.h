// The Swedish words of an outcome report.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/code_labels.h"

namespace stegvis::cli {

// `ARBETE_ELLER_STUDIER` …
std::string OccupationText(absl::string_view key);

// A part of the report, named as in the JSON form: `supportGroups` …
std::string PartText(absl::string_view part);

// What a part measures, named likewise: `shareAfterLow` …
std::string MeasureText(absl::string_view measure);

// A group of support sources, or ANY_PUBLIC.
std::string SupportGroupText(absl::string_view key, const CodeLabels& labels);

// What a flow leads to: a support source, WORK or STUDY.
std::string FlowTargetText(absl::string_view key, const CodeLabels& labels);

// `AGE_GROUP` is "ålder vid start".
std::string DimensionText(absl::string_view dimension);

// A value of a dimension; an empty one is "okänt".
std::string DimensionValueText(absl::string_view dimension,
                               absl::string_view value,
                               const CodeLabels& labels);

}  // namespace stegvis::cli
