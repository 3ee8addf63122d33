#include "client/cli/report_formats.h"

#include <iostream>
#include <sstream>

#include "client/cli/commands.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/report_csv.h"
#include "client/cli/report_html.h"
#include "client/cli/report_json_stat.h"
#include "client/cli/report_table.h"
#include "client/cli/report_xlsx.h"
#include "client/cli/session.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

absl::StatusOr<std::string> Render(const v1::OutcomeReport& report,
                                   const ReportForm& form,
                                   const CodeLabels& labels) {
  if (form.format == "json") return JsonText(report);
  if (form.format == "csv") {
    std::ostringstream csv;
    WriteReportCsv(report, csv);
    return csv.str();
  }
  if (form.format == "json-stat") return ReportJsonStat(report, labels);
  if (form.format == "html") return ReportHtml(report, labels, form.least_base);
  if (form.format == "xlsx") return ReportXlsx(report, labels, form.least_base);
  return ReportTable(report, labels, form.least_base);
}

}  // namespace

void AddReportForm(CLI::App& command, ReportForm& form) {
  AddFormat(command, form.format,
            {"table", "json", "csv", "xlsx", "html", "json-stat"});
  command
      .add_option("--least-base", form.least_base,
                  "Minsta antal som en andel sägs av i table, xlsx och html\n"
                  "(annars 10); av färre är det för få för att säga")
      ->type_name("ANTAL")
      ->check(CLI::Range(0, 1000000).description(""));
  command
      .add_option("-o,--output", form.file,
                  "Skriv till en fil; behövs för xlsx")
      ->type_name("FIL");
}

absl::Status CheckForm(const ReportForm& form) {
  if (form.format == "xlsx" && form.file.empty()) {
    return WrongUsage(
        "En arbetsbok (--format xlsx) skrivs till en fil: ange -o FIL.");
  }
  return CheckWritable(form.file);
}

bool NeedsLabels(const ReportForm& form) {
  return form.format != "json" && form.format != "csv";
}

absl::Status WriteReport(const v1::OutcomeReport& report,
                         const ReportForm& form, const CodeLabels& labels) {
  ASSIGN_OR_RETURN(const std::string text, Render(report, form, labels));
  if (!form.file.empty()) return WriteFile(form.file, text);
  std::cout << text;
  return absl::OkStatus();
}

}  // namespace stegvis::cli
