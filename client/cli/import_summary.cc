#include "client/cli/import_summary.h"

#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/number_format.h"
#include "client/cli/reason_text.h"
#include "client/cli/text_table.h"
#include "client/cli/utf8.h"
#include "client/cli/words.h"

namespace stegvis::cli {
namespace {

// The text of a reason of the server does, also that there is no use in going
// on; a server that is away, and what went wrong here, does not.
bool SaysHowToGoOn(const absl::Status& why) {
  return !RemoteReason(why).empty() ||
         !(absl::IsUnavailable(why) || absl::IsFailedPrecondition(why));
}

}  // namespace

ImportLedger::Listing RefusedRows(const std::string& file, Progress& progress) {
  return [file = Printable(file), &progress](int64_t line,
                                             const RowFaults& faults) {
    for (const Fault& fault : faults) {
      progress.Print(absl::StrCat(file, ":", line, ": ", Printable(fault.field),
                                  ": ",
                                  ReasonTextAt(fault.field, fault.reason)));
    }
  };
}

absl::Status Stopped(const absl::Status& why,
                     std::optional<int64_t> first_unanswered) {
  std::string line =
      first_unanswered.has_value()
          ? absl::StrCat("Importen avbröts vid rad ", *first_unanswered, ". ")
          : std::string("Importen avbröts. ");
  absl::StrAppend(&line, why.message());
  if (!SaysHowToGoOn(why)) {
    absl::StrAppend(&line,
                    " Kör sedan samma fil igen: det som redan är registrerat "
                    "räknas en gång.");
  }
  return absl::Status(why.code(), line);
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
