#include "services/outcome/make_report.h"

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

#include "services/base/status_macros.h"
#include "services/outcome/blocks.h"
#include "services/outcome/breakdown.h"
#include "services/outcome/cells.h"
#include "services/outcome/formulas.h"
#include "services/outcome/indicators.h"
#include "services/outcome/scan.h"
#include "services/outcome/selection.h"

namespace stegvis::outcome {
namespace {

// What a report repeats of its request.
OutcomeReport Heading(const FactTable& table, const ReportRequest& request,
                      const Selection& selection) {
  OutcomeReport report{.forbund = {},
                       .from = request.from,
                       .to = request.to,
                       .as_of = request.as_of,
                       .excluded_end_reasons = selection.ExcludedEndReasons(),
                       .filters = request.filters,
                       .whole = {},
                       .flows = {},
                       .breakdowns = {},
                       .feed_position = table.Position().value,
                       .code_list_version = table.Codes().Book().Version(),
                       .unreadable_records = {}};
  return report;
}

std::vector<std::string> ListedForbund(const ReportRequest& request,
                                       const Selection& selection,
                                       const Scan& scan) {
  std::vector<std::string> listed;
  for (size_t i = 0; i < selection.Forbund().size(); ++i) {
    const ForbundFacts& facts = *selection.Forbund()[i].facts;
    if (request.forbund_named || scan.Concerns(i) ||
        facts.ExistsWithin(request.from, request.to)) {
      listed.push_back(facts.DisplayName());
    }
  }
  return listed;
}

// What one thread counts. Its scan refers to the rest, so it stays where it is.
struct Part {
  Part(const ReportRequest& request, const CodeTables& codes,
       const Selection& selection, const ReportDays& days,
       const WholeYears& years)
      : cells(SupportLayout(codes).Width()),
        flows(codes.Sources()),
        breakdown(request.breakdowns, codes, selection, cells),
        scan(codes, selection, days, years, breakdown, cells, flows) {}
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;

  Cells cells;
  FlowCells flows;
  Breakdown breakdown;
  Scan scan;
};

// The numbers of the förbund at which the parts end: in order, about as many
// rows in each, and no more parts than are worth a thread.
std::vector<size_t> EndsOfParts(const Selection& selection,
                                const Parallelism& parallelism) {
  size_t rows = 0;
  for (const SelectedForbund& forbund : selection.Forbund()) {
    rows += forbund.facts->Rows();
  }
  const size_t parts = std::clamp<size_t>(rows / parallelism.rows_a_thread, 1,
                                          parallelism.threads);
  std::vector<size_t> ends;
  size_t passed = 0;
  for (size_t i = 0; i < selection.Forbund().size(); ++i) {
    passed += selection.Forbund()[i].facts->Rows();
    const bool full = passed * parts >= rows * (ends.size() + 1);
    if (full && ends.size() < parts) ends.push_back(i + 1);
  }
  if (ends.empty()) ends.push_back(0);
  ends.back() = selection.Forbund().size();
  return ends;
}

// Scans each part on a thread of its own, the first on this one, and leaves
// everything in the first.
void ScanAll(const std::vector<std::unique_ptr<Part>>& parts,
             const std::vector<size_t>& ends) {
  std::vector<std::thread> threads;
  for (size_t i = 1; i < parts.size(); ++i) {
    threads.emplace_back([&, i] { parts[i]->scan.Run(ends[i - 1], ends[i]); });
  }
  parts[0]->scan.Run(0, ends[0]);
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 1; i < parts.size(); ++i) {
    parts[0]->scan.Absorb(parts[i]->scan);
  }
}

}  // namespace

absl::StatusOr<OutcomeReport> MakeReport(const FactTable& table,
                                         const ReportRequest& request,
                                         const Parallelism& parallelism) {
  ASSIGN_OR_RETURN(const Selection selection,
                   Selection::Create(table, request));
  const CodeTables& codes = table.Codes();
  const WholeYears years = WholeYearsOf(request.from, request.to);
  const ReportDays days =
      MakeReportDays(request.from, request.to, SwedishDay(request.as_of));
  const std::vector<size_t> ends = EndsOfParts(selection, parallelism);
  std::vector<std::unique_ptr<Part>> parts;
  while (parts.size() < ends.size()) {
    parts.push_back(
        std::make_unique<Part>(request, codes, selection, days, years));
  }
  ScanAll(parts, ends);

  const Cells& cells = parts[0]->cells;
  const BlockMaker blocks(codes, cells, request.from, request.to);
  const UnnamedRules rules =
      RulesOfWhole(request.from, request.to, request.filters);
  const bool sexes_known = cells.Unnamed(kWhole).volume.EverySexKnown();
  OutcomeReport report = Heading(table, request, selection);
  report.forbund = ListedForbund(request, selection, parts[0]->scan);
  report.whole = blocks.Make(kWhole, rules);
  report.flows = blocks.Flows(parts[0]->flows);
  for (RowPlace& row : parts[0]->breakdown.Rows()) {
    report.breakdowns.push_back(BreakdownRow{
        row.dimension, std::move(row.value), std::move(row.forbund),
        blocks.Make(row.block,
                    RulesOfRows(row.dimension, rules, sexes_known))});
  }
  report.unreadable_records = parts[0]->scan.UnreadableNames();
  return report;
}

}  // namespace stegvis::outcome
