#include "client/cli/workbook.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/files.h"

namespace stegvis::cli {
namespace {

constexpr char kChartData[] = "Diagramdata";
constexpr uint8_t kPaperA4 = 9;
constexpr lxw_color_t kBefore = 0x7488A0, kAfter = 0x0B4F8A, kThird = 0xB45F06,
                      kLight = 0x8FB8DE, kGrid = 0xD9D9D9;

absl::Status NotMade() {
  return Complaint(
      "Arbetsboken går inte att göra. Kontrollera disken och mappen för "
      "tillfälliga filer (TMPDIR).");
}

// As in Sweden (41D), where the program lets a workbook say so; others use the
// blanks and commas of their own language. The minus sign is the true one.
const char* NumberFormat(Shape shape) {
  switch (shape) {
    case Shape::kText:
      return "@";
    case Shape::kCount:
      return "[$-41D]#,##0";
    case Shape::kChange:
      return "[$-41D]+#,##0;[$-41D]\"\u2212\"#,##0;0";
    case Shape::kShare:
    case Shape::kInterval:
      return "[$-41D]0.0\" \"%";
    case Shape::kPercentChange:
      return "[$-41D]+0.0\" \"%;[$-41D]\"\u2212\"0.0\" \"%;"
             "[$-41D]0.0\" \"%";
    case Shape::kPoints:
      return "[$-41D]+0.0;[$-41D]\"\u2212\"0.0;[$-41D]0.0";
  }
  return "General";
}

uint8_t TypeOf(ChartKind kind) {
  switch (kind) {
    case ChartKind::kColumns:
      return LXW_CHART_COLUMN;
    case ChartKind::kBars:
      return LXW_CHART_BAR;
    case ChartKind::kIntervals:
      return LXW_CHART_BAR_STACKED;
    case ChartKind::kLines:
      return LXW_CHART_LINE;
  }
  return LXW_CHART_COLUMN;
}

lxw_color_t ColorOf(size_t which) {
  constexpr lxw_color_t kColors[] = {kBefore, kAfter, kThird};
  return kColors[which % 3];
}

// A bar that hangs in the air: what lies before it is not seen, and it changes
// its colour at the middle.
void StyleInterval(lxw_chart_series* series, size_t which) {
  lxw_chart_fill fill = {};
  fill.none = which == 0 ? LXW_TRUE : LXW_FALSE;
  fill.color = which == 1 ? kLight : kAfter;
  chart_series_set_fill(series, &fill);
}

bool Lies(ChartKind kind) {
  return kind == ChartKind::kBars || kind == ChartKind::kIntervals;
}

void Style(lxw_chart_series* series, ChartKind kind, size_t which) {
  if (kind == ChartKind::kIntervals) {
    StyleInterval(series, which);
    return;
  }
  if (kind == ChartKind::kLines) {
    lxw_chart_line line = {};
    line.color = ColorOf(which);
    line.width = 2.25F;
    chart_series_set_line(series, &line);
    chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
    return;
  }
  lxw_chart_fill fill = {};
  fill.color = ColorOf(which);
  chart_series_set_fill(series, &fill);
}

void ArrangeAxes(lxw_chart* chart, const SheetChart& data) {
  // In both kinds the y axis of libxlsxwriter is the one with the numbers, but
  // for bars, which lie.
  const bool bars = Lies(data.kind);
  lxw_chart_axis* numbers = bars ? chart->x_axis : chart->y_axis;
  chart_axis_set_num_format(numbers, NumberFormat(data.shape));
  // A bar that does not begin at 0 tells a lie.
  chart_axis_set_min(numbers, 0);
  lxw_chart_line grid = {};
  grid.color = kGrid;
  chart_axis_major_gridlines_set_line(numbers, &grid);
  // The first category on top, and the numbers still below.
  if (bars) {
    chart_axis_set_reverse(chart->y_axis);
    chart_axis_set_crossing_max(chart->y_axis);
  }
}

// In parts of a usual chart: higher where there are more bars.
double HeightOf(const SheetChart& data) {
  if (!Lies(data.kind)) return 1;
  const double each = data.kind == ChartKind::kBars ? 0.13 : 0.06;
  return std::max(1.2,
                  static_cast<double>(data.categories.size()) * each + 0.4);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Workbook>> Workbook::Create(
    const std::string& title, absl::Time created) {
  auto folder = PrivateFolder::Make();
  if (!folder.ok()) return NotMade();
  // NOLINTNEXTLINE: the constructor is private.
  std::unique_ptr<Workbook> made(new Workbook(*std::move(folder)));
  std::string directory = made->folder_->Path();
  lxw_workbook_options options = {};
  options.tmpdir = directory.data();
  made->book_ = workbook_new_opt(made->File().c_str(), &options);
  if (made->book_ == nullptr) return NotMade();
  lxw_doc_properties properties = {};
  std::string shown = title;
  properties.title = shown.data();
  properties.created = absl::ToTimeT(created);
  workbook_set_properties(made->book_, &properties);
  made->MakeFormats();
  return made;
}

Workbook::Workbook(std::unique_ptr<PrivateFolder> folder)
    : folder_(std::move(folder)) {}

Workbook::~Workbook() {
  if (book_ != nullptr) lxw_workbook_free(book_);
}

std::string Workbook::File() const {
  return absl::StrCat(folder_->Path(), "/book.xlsx");
}

void Workbook::MakeFormats() {
  const auto make = [&](bool bold) {
    lxw_format* format = workbook_add_format(book_);
    if (bold) format_set_bold(format);
    return format;
  };
  formats_.title = make(true);
  format_set_font_size(formats_.title, 14);
  for (lxw_format** head : {&formats_.head, &formats_.head_of_numbers}) {
    *head = make(true);
    format_set_text_wrap(*head);
    format_set_bottom(*head, LXW_BORDER_THIN);
  }
  format_set_align(formats_.head_of_numbers, LXW_ALIGN_RIGHT);
  formats_.text = make(false);
  formats_.indented = make(false);
  format_set_indent(formats_.indented, 1);
  formats_.right = make(false);
  format_set_align(formats_.right, LXW_ALIGN_RIGHT);
  formats_.wrapped = make(false);
  format_set_text_wrap(formats_.wrapped);
  format_set_align(formats_.wrapped, LXW_ALIGN_VERTICAL_TOP);
}

lxw_format* Workbook::FormatOf(Shape shape) {
  const auto which = static_cast<size_t>(shape);
  if (by_shape_.size() <= which) by_shape_.resize(which + 1);
  if (by_shape_[which] == nullptr) {
    by_shape_[which] = workbook_add_format(book_);
    format_set_num_format(by_shape_[which], NumberFormat(shape));
  }
  return by_shape_[which];
}

lxw_worksheet* Workbook::AddSheet(const std::string& name) {
  lxw_worksheet* sheet = workbook_add_worksheet(book_, name.c_str());
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, kPaperA4);
  worksheet_fit_to_pages(sheet, 1, 0);
  return sheet;
}

void Workbook::WriteFigure(lxw_worksheet* sheet, lxw_row_t row,
                           lxw_col_t column, Shape shape,
                           const Figure& figure) {
  if (!figure.Known()) {
    worksheet_write_string(sheet, row, column,
                           FigureText(shape, figure).c_str(), formats_.right);
    return;
  }
  // Percentage points are written as such.
  const double scale = shape == Shape::kPoints ? 100 : 1;
  worksheet_write_number(sheet, row, column, figure.value * scale,
                         FormatOf(shape));
}

void Workbook::AddChart(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                        const SheetChart& data) {
  if (data.categories.empty()) return;
  lxw_chart* chart = workbook_add_chart(book_, TypeOf(data.kind));
  const lxw_row_t first = next_chart_row_ + 1;
  const auto last = static_cast<lxw_row_t>(first + data.categories.size() - 1);
  for (size_t i = 0; i < data.series.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i + 1);
    lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
    chart_series_set_categories(series, kChartData, first, 0, last, 0);
    chart_series_set_values(series, kChartData, first, at, last, at);
    chart_series_set_name_range(series, kChartData, next_chart_row_, at);
    Style(series, data.kind, i);
  }
  chart_title_set_name(chart, data.title.c_str());
  ArrangeAxes(chart, data);
  if (data.kind == ChartKind::kIntervals) {
    // What is unseen would stand in it; the title says what is seen.
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  } else {
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  }
  std::string description =
      absl::StrCat(data.title, ". Talen står i tabellen på bladet.");
  lxw_chart_options place = {};
  place.x_scale = 1.6;
  place.y_scale = HeightOf(data);
  place.description = description.data();
  worksheet_insert_chart_opt(sheet, row, column, chart, &place);
  charts_.push_back(data);
  next_chart_row_ = last + 2;
}

lxw_row_t Workbook::RowsOf(const SheetChart& chart) {
  constexpr double kUsualHeight = 288, kRowHeight = 20;
  return static_cast<lxw_row_t>(HeightOf(chart) * kUsualHeight / kRowHeight) +
         3;
}

void Workbook::WriteChartData() {
  if (charts_.empty()) return;
  lxw_worksheet* sheet = AddSheet(kChartData);
  worksheet_set_column(sheet, 0, 0, 40, nullptr);
  lxw_row_t row = 0;
  for (const SheetChart& chart : charts_) {
    worksheet_write_string(sheet, row, 0, chart.title.c_str(), formats_.head);
    for (size_t i = 0; i < chart.series.size(); ++i) {
      worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i + 1),
                             chart.series[i].name.c_str(),
                             formats_.head_of_numbers);
    }
    for (size_t at = 0; at < chart.categories.size(); ++at) {
      ++row;
      worksheet_write_string(sheet, row, 0, chart.categories[at].c_str(),
                             formats_.text);
      for (size_t i = 0; i < chart.series.size(); ++i) {
        const Figure& figure = chart.series[i].figures[at];
        if (!figure.Known()) continue;
        WriteFigure(sheet, row, static_cast<lxw_col_t>(i + 1), chart.shape,
                    figure);
      }
    }
    row += 2;
  }
}

absl::StatusOr<std::string> Workbook::Finish() {
  WriteChartData();
  lxw_workbook* book = book_;
  book_ = nullptr;  // Closing frees it.
  if (workbook_close(book) != LXW_NO_ERROR) return NotMade();
  return ReadFile(File());
}

}  // namespace stegvis::cli
