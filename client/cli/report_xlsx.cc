#include "client/cli/report_xlsx.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "client/cli/report_tables.h"
#include "client/cli/report_words.h"
#include "client/cli/utf8.h"
#include "client/cli/workbook.h"
#include "services/base/status_macros.h"

namespace stegvis::cli {
namespace {

constexpr double kFirstWidth = 40, kOtherWidth = 15;
constexpr size_t kFlowsCharted = 15, kRowsCharted = 120, kRowsInAChart = 40;
constexpr lxw_row_t kRowsOfAPage = 32;

// Writes one sheet from above to below.
class SheetWriter {
 public:
  SheetWriter(Workbook& book, const std::string& name)
      : book_(book), sheet_(book.AddSheet(name)) {
    worksheet_set_column(sheet_, 0, 0, kFirstWidth, nullptr);
    worksheet_set_column(sheet_, 1, 20, kOtherWidth, nullptr);
  }

  void Title(const std::string& text) { Line(text, book_.Formats().title); }
  void Line(const std::string& text) { Line(text, book_.Formats().text); }
  void Skip() { ++row_; }

  void Table(const ReportTableData& table) {
    Title(table.title);
    if (!table.base.empty()) Line(table.base);
    WriteHead(table);
    for (const TableRow& row : table.rows) WriteRow(table, row);
    if (!table.note.empty()) Line(table.note);
    Skip();
  }

  // Below what has been written; on paper it is not cut.
  void Chart(const SheetChart& chart) {
    const lxw_row_t rows = Workbook::RowsOf(chart);
    if (row_ + rows > page_end_) {
      breaks_.push_back(row_);
      page_end_ = row_ + kRowsOfAPage;
    }
    book_.AddChart(sheet_, row_ + 1, 0, chart);
    row_ += rows;
  }

  // After the last chart.
  void BreakPages() {
    if (breaks_.empty()) return;
    breaks_.push_back(0);  // As libxlsxwriter knows the end.
    worksheet_set_h_pagebreaks(sheet_, breaks_.data());
  }

  void Definition(const std::string& word, const std::string& meaning) {
    worksheet_write_string(sheet_, row_, 0, word.c_str(),
                           book_.Formats().wrapped);
    worksheet_write_string(sheet_, row_++, 1, meaning.c_str(),
                           book_.Formats().wrapped);
  }
  void WidenSecondColumn() { worksheet_set_column(sheet_, 1, 1, 90, nullptr); }

 private:
  void Line(const std::string& text, lxw_format* format) {
    worksheet_write_string(sheet_, row_++, 0, text.c_str(), format);
  }

  // An interval takes two columns.
  void WriteHead(const ReportTableData& table) {
    lxw_col_t at = 0;
    for (const TableColumn& column : table.columns) {
      const bool text = column.shape == Shape::kText;
      const auto head = [&](const std::string& title) {
        worksheet_write_string(
            sheet_, row_, at++, title.c_str(),
            text ? book_.Formats().head : book_.Formats().head_of_numbers);
      };
      if (text && at > 0) {
        worksheet_set_column(sheet_, at, at, kFirstWidth, nullptr);
      }
      if (column.shape == Shape::kInterval) {
        head(absl::StrCat(column.title, ", från"));
        head(absl::StrCat(column.title, ", till"));
      } else {
        head(column.title);
      }
    }
    ++row_;
  }

  void WriteRow(const ReportTableData& table, const TableRow& row) {
    lxw_col_t at = 0;
    for (size_t i = 0; i < row.cells.size(); ++i) {
      const Shape shape = table.columns[i].shape;
      if (shape == Shape::kText) {
        worksheet_write_string(
            sheet_, row_, at++, row.cells[i].text.c_str(),
            row.level > 0 ? book_.Formats().indented : book_.Formats().text);
        continue;
      }
      book_.WriteFigure(sheet_, row_, at++, shape, row.cells[i].figure);
      if (shape == Shape::kInterval) {
        book_.WriteFigure(sheet_, row_, at++, shape, row.cells[i].high);
      }
    }
    ++row_;
  }

  Workbook& book_;
  lxw_worksheet* sheet_;
  lxw_row_t row_ = 0;
  lxw_row_t page_end_ = kRowsOfAPage;
  std::vector<lxw_row_t> breaks_;
};

// The column `at` of `table` as a series, from its first rows.
ChartSeries SeriesOf(const ReportTableData& table, size_t at, std::string name,
                     size_t rows) {
  ChartSeries series = {std::move(name), {}};
  for (size_t i = 0; i < rows; ++i) {
    series.figures.push_back(table.rows[i].cells[at].figure);
  }
  return series;
}

SheetChart ChartOf(const ReportTableData& table, ChartKind kind, Shape shape,
                   size_t rows) {
  SheetChart chart;
  chart.kind = kind;
  chart.title = table.title;
  chart.shape = shape;
  for (size_t i = 0; i < rows; ++i) {
    chart.categories.push_back(Shortened(table.rows[i].cells[0].text, 40));
  }
  return chart;
}

SheetChart BeforeAndAfter(const ReportTableData& table, ChartKind kind,
                          size_t before, size_t after) {
  const size_t rows = table.rows.size();
  SheetChart chart = ChartOf(table, kind, table.columns[before].shape, rows);
  chart.series = {SeriesOf(table, before, "före", rows),
                  SeriesOf(table, after, "efter", rows)};
  return chart;
}

SheetChart FlowsChart(const ReportTableData& table) {
  ReportTableData largest = table;
  largest.title = "De största förflyttningarna";
  largest.rows.clear();
  for (const TableRow& row : table.rows) {
    if (row.cells[0].text == row.cells[1].text) continue;
    if (largest.rows.size() == kFlowsCharted) break;
    largest.rows.push_back(row);
    largest.rows.back().cells[0].text =
        absl::StrCat(row.cells[0].text, " \u2192 ", row.cells[1].text);
  }
  const size_t rows = largest.rows.size();
  SheetChart chart = ChartOf(largest, ChartKind::kBars, Shape::kCount, rows);
  for (size_t i = 0; i < rows; ++i) {
    chart.categories[i] = Shortened(largest.rows[i].cells[0].text, 60);
  }
  chart.series = {SeriesOf(largest, 2, "antal", rows)};
  return chart;
}

// Side by side: in a stack a withheld part would look like none.
SheetChart FollowUpChart(const ReportTableData& table) {
  const size_t rows = table.rows.size();
  SheetChart chart = ChartOf(table, ChartKind::kColumns, Shape::kCount, rows);
  for (std::string& months : chart.categories) months += " månader";
  chart.series = {SeriesOf(table, 6, "arbetssökande", rows),
                  SeriesOf(table, 4, "arbete/studier", rows),
                  SeriesOf(table, 7, "övrigt", rows)};
  return chart;
}

// From one figure to another.
Figure Way(const Figure& from, const Figure& to) {
  if (!from.Known() || !to.Known()) return {};
  return {Figure::State::kKnown, to.value - from.value};
}

// In a breakdown before is column 4, after 5, and its interval 7.
constexpr size_t kBefore = 4, kAfter = 5, kInterval = 7;

// The rows from `first` on, as many as fit.
SheetChart IntervalsChart(const ReportTableData& table, size_t first) {
  SheetChart chart;
  chart.kind = ChartKind::kIntervals;
  chart.title = absl::StrCat(table.title, ": andelen efter (där färgen byter) ",
                             "och dess 95 % intervall");
  chart.shape = Shape::kShare;
  chart.series = {{"intervallets början", {}},
                  {"därifrån till andelen", {}},
                  {"andelen till intervallets slut", {}}};
  const size_t end = std::min(table.rows.size(), first + kRowsInAChart);
  for (size_t i = first; i < end; ++i) {
    const std::vector<TableCell>& cells = table.rows[i].cells;
    const TableCell& interval = cells[kInterval];
    const Figure& after = cells[kAfter].figure;
    chart.categories.push_back(Shortened(cells[0].text, 40));
    chart.series[0].figures.push_back(interval.figure);
    chart.series[1].figures.push_back(Way(interval.figure, after));
    chart.series[2].figures.push_back(Way(after, interval.high));
  }
  return chart;
}

std::vector<SheetChart> BreakdownCharts(const ReportTableData& table) {
  if (table.dimension == "YEAR") {
    return {BeforeAndAfter(WithEveryYear(table), ChartKind::kLines, kBefore,
                           kAfter)};
  }
  std::vector<SheetChart> charts;
  for (size_t first = 0; first < std::min(table.rows.size(), kRowsCharted);
       first += kRowsInAChart) {
    charts.push_back(IntervalsChart(table, first));
  }
  return charts;
}

void AddOverview(const ReportPages& pages, Workbook& book) {
  SheetWriter sheet(book, "Översikt");
  sheet.Title(pages.title);
  sheet.Line(pages.period);
  for (const std::string& filter : pages.filters) sheet.Line(filter);
  for (const std::string& notice : pages.notices) sheet.Line(notice);
  for (const std::string& warning : pages.warnings) {
    sheet.Line(absl::StrCat("!!! ", warning));
  }
  sheet.Skip();
  sheet.Table(pages.participants);
  if (pages.outcomes.empty()) return;
  sheet.Chart(
      BeforeAndAfter(pages.outcomes.front(), ChartKind::kColumns, 2, 4));
  sheet.BreakPages();
}

// The sheet of the tables with these keys; they may be absent.
void AddOutcome(const ReportPages& pages, const std::string& name,
                const std::vector<std::string>& keys, Workbook& book) {
  SheetWriter sheet(book, name);
  if (pages.outcomes.empty()) {
    sheet.Title(name);
    for (const std::string& notice : pages.notices) sheet.Line(notice);
    return;
  }
  std::vector<SheetChart> charts;
  for (const ReportTableData& table : pages.outcomes) {
    if (std::find(keys.begin(), keys.end(), table.key) == keys.end()) continue;
    sheet.Table(table);
    if (table.key == "occupation") {
      charts.push_back(BeforeAndAfter(table, ChartKind::kBars, 2, 4));
    } else if (table.key == "flows") {
      charts.push_back(FlowsChart(table));
    } else if (table.key == "follow-up") {
      charts.push_back(FollowUpChart(table));
    } else {
      charts.push_back(BeforeAndAfter(table, ChartKind::kBars, 1, 2));
    }
  }
  for (const SheetChart& chart : charts) sheet.Chart(chart);
  sheet.BreakPages();
}

void AddNotes(const ReportPages& pages, Workbook& book) {
  SheetWriter sheet(book, "Om siffrorna");
  sheet.WidenSecondColumn();
  sheet.Title("Om siffrorna");
  sheet.Line(pages.title);
  sheet.Line(pages.period);
  if (!pages.outcomes.empty()) sheet.Line(pages.outcomes.front().base);
  sheet.Skip();
  for (const Definition& definition : pages.definitions) {
    sheet.Definition(definition.word, definition.meaning);
  }
  sheet.Definition("Versioner", pages.versions);
}

}  // namespace

absl::StatusOr<std::string> ReportXlsx(const v1::OutcomeReport& report,
                                       const CodeLabels& labels,
                                       int least_base) {
  const ReportPages pages = MakePages(report, labels, least_base);
  ASSIGN_OR_RETURN(
      const std::unique_ptr<Workbook> book,
      Workbook::Create(pages.title,
                       absl::FromUnixSeconds(report.as_of().seconds())));
  AddOverview(pages, *book);
  AddOutcome(pages, "Sysselsättning", {"occupation"}, *book);
  AddOutcome(pages, "Försörjning", {"support", "support-groups"}, *book);
  AddOutcome(pages, "Flöden", {"flows"}, *book);
  AddOutcome(pages, "Uppföljning", {"follow-up"}, *book);
  for (const ReportTableData& table : pages.breakdowns) {
    SheetWriter sheet(*book, Capitalized(DimensionText(table.dimension)));
    sheet.Table(table);
    for (const SheetChart& chart : BreakdownCharts(table)) sheet.Chart(chart);
    sheet.BreakPages();
  }
  AddNotes(pages, *book);
  return book->Finish();
}

}  // namespace stegvis::cli
