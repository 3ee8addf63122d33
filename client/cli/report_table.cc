#include "client/cli/report_table.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/cli/report_tables.h"
#include "client/cli/text_table.h"

namespace stegvis::cli {
namespace {

constexpr int kIndent = 2;
constexpr size_t kFlowsShown = 15;
// In cells beside a share that says it in full.
constexpr char kTooFewInShort[] = "för få";

std::string CellText(const TableColumn& column, const TableRow& row,
                     const TableCell& cell) {
  if (column.shape == Shape::kText) {
    return std::string(static_cast<size_t>(row.level) * 2, ' ') + cell.text;
  }
  if (cell.figure.state == Figure::State::kTooFew &&
      column.shape != Shape::kShare) {
    return kTooFewInShort;
  }
  return FigureText(column.shape, cell.figure, cell.high);
}

std::string TextOf(const ReportTableData& data, int indent) {
  std::vector<TextTable::Column> columns;
  for (const TableColumn& column : data.columns) {
    if (column.only_where_wide) continue;
    columns.push_back({column.title, column.shape == Shape::kText
                                         ? Align::kLeft
                                         : Align::kRight});
  }
  TextTable table(columns);
  for (const TableRow& row : data.rows) {
    std::vector<std::string> cells;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      if (data.columns[i].only_where_wide) continue;
      cells.push_back(CellText(data.columns[i], row, row.cells[i]));
    }
    table.AddRow(std::move(cells));
  }
  return table.Text(indent);
}

// The largest of those where something has changed.
ReportTableData LargestFlows(ReportTableData flows) {
  std::vector<TableRow> largest;
  for (TableRow& row : flows.rows) {
    if (row.cells[0].text == row.cells[1].text) continue;
    if (largest.size() < kFlowsShown) largest.push_back(std::move(row));
  }
  flows.title = "De största förflyttningarna";
  flows.rows = std::move(largest);
  return flows;
}

std::string Section(const ReportTableData& table) {
  if (table.rows.empty() && table.key == "flows") return std::string();
  return absl::StrCat(
      "\n", table.title,
      table.base.empty() ? "" : absl::StrCat(" (", table.base, ")"), "\n",
      TextOf(table, kIndent),
      table.note.empty() ? "" : absl::StrCat("  ", table.note, "\n"));
}

std::string Head(const ReportPages& pages) {
  std::string text = absl::StrCat(pages.title, "\n", pages.period, "\n");
  for (const std::string& filter : pages.filters) {
    absl::StrAppend(&text, filter, "\n");
  }
  for (const std::string& notice : pages.notices) {
    absl::StrAppend(&text, notice, "\n");
  }
  if (!pages.warnings.empty()) text += "\n";
  for (const std::string& warning : pages.warnings) {
    absl::StrAppend(&text, "!!! ", warning, "\n");
  }
  return text;
}

std::string Foot(const ReportPages& pages) {
  std::string text = "\nSå räknas det\n";
  for (const Definition& definition : pages.definitions) {
    absl::StrAppend(&text, "  ", definition.word, ": ", definition.meaning,
                    ".\n");
  }
  return absl::StrCat(text, pages.versions, "\n");
}

}  // namespace

std::string ReportTable(const v1::OutcomeReport& report,
                        const CodeLabels& labels, int least_base) {
  const ReportPages pages = MakePages(report, labels, least_base);
  std::string text =
      absl::StrCat(Head(pages), "\n", TextOf(pages.participants, 0));
  for (const ReportTableData& table : pages.outcomes) {
    text += Section(table.key == "flows" ? LargestFlows(table) : table);
  }
  for (const ReportTableData& table : pages.breakdowns) {
    text += Section(table);
  }
  return text + Foot(pages);
}

}  // namespace stegvis::cli
