#include "client/cli/import_summary.h"

#include "absl/strings/str_cat.h"
#include "client/cli/number_format.h"
#include "client/cli/reason_text.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "client/cli/words.h"

namespace stegvis::cli {

ImportLedger::Listing RefusedRows(const std::string& file, Progress& progress) {
  return [file = Printable(file), &progress](int64_t line,
                                             const RowFaults& faults) {
    for (const Fault& fault : faults) {
      progress.Print(absl::StrCat(file, ":", line, ": ", Printable(fault.field),
                                  ": ", ReasonText(fault.reason)));
    }
  };
}

std::string SummaryText(const ImportSummary& summary, bool dry_run,
                        bool migrate) {
  const v1::ImportProgress& totals = summary.totals;
  TextTable table({{"", Align::kLeft}, {"", Align::kRight}});
  const auto add = [&](absl::string_view label, int64_t number) {
    table.AddRow({std::string(label), FormatNumber(number)});
  };
  add("rader", totals.rows());
  add("nya", totals.recorded());
  add("kompletterade", totals.updated());
  add("oförändrade", totals.unchanged());
  add("avvisade", summary.refused);
  if (migrate) add("okänd försörjning före", totals.unknown_supports());
  std::string text = table.Text();
  if (!summary.findings.empty()) text += "\nOvanligt men möjligt:\n";
  for (const auto& [kind, times] : summary.findings) {
    absl::StrAppend(&text, "  ", FindingText(kind), ": ", FormatNumber(times),
                    "\n");
  }
  if (dry_run) {
    text += "\nDetta var bara en kontroll: inget är sparat.\n";
  }
  return text;
}

}  // namespace stegvis::cli
