// The figures of a report as text, to compare reports of different times.
#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// How the text is written. Backups name it: whoever changes the text, or the
// request below, gives it another number, and keeps the former.
inline constexpr int kReportTextDefinition = 1;

// Of all of `forbund` over a year, in whole and for each förbund.
ReportRequest YearOf(std::vector<ForbundId> forbund, int year,
                     absl::Time as_of);

// Every count of the report, a line each with its key; no share, as shares are
// worked out of counts, and no line of zeros, as codes come and go. Says
// nothing of when it was made.
std::string TextOfCounts(const OutcomeReport& report);

// The registered totals alone, in whole and by row of the breakdown.
std::string TextOfRegistered(const OutcomeReport& report);

}  // namespace stegvis::outcome
