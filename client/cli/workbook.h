// A workbook in the making, for spreadsheets (libxlsxwriter).
#pragma once

#include <xlsxwriter.h>

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/cli/report_figures.h"
#include "services/base/private_folder.h"

namespace stegvis::cli {

enum class ChartKind { kColumns, kBars, kLines, kIntervals };

struct ChartSeries {
  std::string name;
  std::vector<Figure> figures;
};

// Of kIntervals, the series are the low ends, how far it is from there to the
// middles, and from there to the high ends.
struct SheetChart {
  ChartKind kind = ChartKind::kColumns;
  std::string title;
  std::vector<std::string> categories;
  std::vector<ChartSeries> series;
  Shape shape = Shape::kCount;  // Of every number in it.
};

// How cells look.
struct CellFormats {
  lxw_format* title = nullptr;
  lxw_format* head = nullptr;
  lxw_format* head_of_numbers = nullptr;
  lxw_format* text = nullptr;
  lxw_format* indented = nullptr;
  lxw_format* right = nullptr;  // Text in the place of a number.
  lxw_format* wrapped = nullptr;
};

// One thread. Texts are written as texts, whatever they begin with.
class Workbook {
 public:
  // Fails when there is no place for temporary files. `created` stands in the
  // file, so that the same report gives the same workbook.
  static absl::StatusOr<std::unique_ptr<Workbook>> Create(
      const std::string& title, absl::Time created);
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;
  ~Workbook();

  // Names are not longer than 31 letters. Prints on A4, one page wide.
  lxw_worksheet* AddSheet(const std::string& name);
  const CellFormats& Formats() const { return formats_; }

  void WriteFigure(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                   Shape shape, const Figure& figure);

  // What has no number leaves a gap in the chart: its figures stand in a sheet
  // of their own, the last one, where such a cell is empty.
  void AddChart(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                const SheetChart& chart);
  // How many rows such a chart covers, and a little air.
  static lxw_row_t RowsOf(const SheetChart& chart);

  // The bytes of the file; the last call.
  absl::StatusOr<std::string> Finish();

 private:
  explicit Workbook(std::unique_ptr<PrivateFolder> folder);
  std::string File() const;
  void MakeFormats();
  lxw_format* FormatOf(Shape shape);
  void WriteChartData();

  const std::unique_ptr<PrivateFolder> folder_;
  lxw_workbook* book_ = nullptr;
  std::vector<SheetChart> charts_;
  lxw_row_t next_chart_row_ = 0;
  CellFormats formats_;
  std::vector<lxw_format*> by_shape_;
};

}  // namespace stegvis::cli
