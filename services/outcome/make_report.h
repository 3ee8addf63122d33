// Makes an outcome report from the facts.
#pragma once

#include "absl/status/statusor.h"
#include "services/outcome/fact_table.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// The report of `request` from everything in `table`, which nobody may change
// meanwhile. Takes time and memory in proportion to the facts of the förbund
// asked for. Fails as Selection::Create.
absl::StatusOr<OutcomeReport> MakeReport(const FactTable& table,
                                         const ReportRequest& request);

}  // namespace stegvis::outcome
