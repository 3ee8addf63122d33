// For tests: the outcome report, computed from plain lists as the definitions
// read, one count at a time. Slow, and shares no code with the real one.
#pragma once

#include "services/outcome/outcome_report.h"
#include "services/outcome/test_world.h"

namespace stegvis::outcome {

// The report of a valid request.
OutcomeReport ModelReport(const World& world, const ReportRequest& request);

}  // namespace stegvis::outcome
