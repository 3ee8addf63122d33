// Sealed reports in words.
#pragma once

#include <string>

#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::cli {

// What it is, for whom, of when, its main figures, and which key signed it, a
// line each.
std::string ContentText(const v1::SealedReportContent& content,
                        const std::string& key_id);

// A line for each kind of open point that there is; empty without any.
std::string OpenPointsText(const v1::OpenPoints& points);

// The changed cells as a table, and the events between as lines.
std::string DifferenceText(const v1::CompareSealedReportsResponse& compared);

// Whether a recomputation came out the same, and if not, why.
std::string RecomputedText(const v1::RecomputeSealedReportResponse& recomputed);

}  // namespace stegvis::cli
