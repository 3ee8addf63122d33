// Makes an outcome report from the facts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <thread>

#include "absl/status/statusor.h"
#include "services/outcome/fact_table.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::outcome {

// How many threads share a report. The report is the same with any number.
struct Parallelism {
  size_t threads = std::max(1U, std::thread::hardware_concurrency());
  // Fewer are not worth a thread.
  size_t rows_a_thread = 50'000;
};

// The report of `request` from everything in `table`, which nobody may change
// meanwhile. Takes time and memory in proportion to the facts of the förbund
// asked for. Fails as Selection::Create.
absl::StatusOr<OutcomeReport> MakeReport(const FactTable& table,
                                         const ReportRequest& request,
                                         const Parallelism& parallelism = {});

}  // namespace stegvis::outcome
