#include "services/outcome/make_report.h"

#include "services/base/status_macros.h"
#include "services/outcome/blocks.h"
#include "services/outcome/breakdown.h"
#include "services/outcome/cells.h"
#include "services/outcome/indicators.h"
#include "services/outcome/scan.h"
#include "services/outcome/selection.h"

namespace stegvis::outcome {
namespace {

// Whether counts of people stand in the rows of `dimension`: they say nothing
// of the others.
bool HoldsCounts(Dimension dimension) {
  switch (dimension) {
    case Dimension::kSex:
    case Dimension::kFocus:
    case Dimension::kTargetGroup:
    case Dimension::kInsats:
    case Dimension::kForbund:
      return true;
    case Dimension::kAgeGroup:
    case Dimension::kEducation:
    case Dimension::kReferredBy:
    case Dimension::kMonthsOnSupport:
    case Dimension::kKommun:
    case Dimension::kYear:
    case Dimension::kEndReason:
      return false;
  }
  return false;
}

UnnamedRules RulesOfWhole(const Selection& selection, const WholeYears& years) {
  UnnamedRules rules;
  rules.counts = !selection.FiltersUnnamed();
  rules.coverage = !selection.FiltersPersons() && years.period_is_whole_years;
  return rules;
}

UnnamedRules RulesOf(Dimension dimension, const UnnamedRules& whole,
                     const Cells& cells) {
  UnnamedRules rules;
  rules.counts = whole.counts && HoldsCounts(dimension);
  rules.coverage =
      whole.coverage && (dimension != Dimension::kSex ||
                         cells.Unnamed(kWhole).volume.EverySexKnown());
  return rules;
}

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

}  // namespace

absl::StatusOr<OutcomeReport> MakeReport(const FactTable& table,
                                         const ReportRequest& request) {
  ASSIGN_OR_RETURN(const Selection selection,
                   Selection::Create(table, request));
  const CodeTables& codes = table.Codes();
  const WholeYears years = WholeYearsOf(request.from, request.to);
  const ReportDays days =
      MakeReportDays(request.from, request.to, SwedishDay(request.as_of));
  Cells cells(SupportLayout(codes).Width());
  FlowCells flows(codes.Sources());
  Breakdown breakdown(request.breakdowns, codes, selection, cells);
  Scan scan(codes, selection, days, years, breakdown, cells, flows);
  scan.Run();

  const BlockMaker blocks(codes, cells, request.from, request.to);
  const UnnamedRules rules = RulesOfWhole(selection, years);
  OutcomeReport report = Heading(table, request, selection);
  report.forbund = ListedForbund(request, selection, scan);
  report.whole = blocks.Make(kWhole, rules);
  report.flows = blocks.Flows(flows);
  for (RowPlace& row : breakdown.Rows()) {
    report.breakdowns.push_back(BreakdownRow{
        row.dimension, std::move(row.value), std::move(row.forbund),
        blocks.Make(row.block, RulesOf(row.dimension, rules, cells))});
  }
  report.unreadable_records = scan.UnreadableNames();
  return report;
}

}  // namespace stegvis::outcome
