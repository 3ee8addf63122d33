#include "client/cli/text_table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr int kGap = 2;

std::string Blanks(int count) {
  return std::string(static_cast<size_t>(std::max(count, 0)), ' ');
}

}  // namespace

TextTable::TextTable(std::vector<Column> columns)
    : columns_(std::move(columns)) {}

void TextTable::AddRow(std::vector<std::string> cells) {
  for (std::string& cell : cells) cell = Printable(cell);
  cells.resize(columns_.size());
  rows_.push_back(std::move(cells));
}

std::vector<int> TextTable::Widths() const {
  std::vector<int> widths;
  for (size_t i = 0; i < columns_.size(); ++i) {
    int width = DisplayWidth(columns_[i].title);
    for (const auto& row : rows_) {
      width = std::max(width, DisplayWidth(row[i]));
    }
    widths.push_back(width);
  }
  return widths;
}

std::string TextTable::Line(const std::vector<std::string>& cells,
                            const std::vector<int>& widths, int indent) const {
  std::string line = Blanks(indent);
  for (size_t i = 0; i < cells.size(); ++i) {
    const std::string filling = Blanks(widths[i] - DisplayWidth(cells[i]));
    if (i > 0) line += Blanks(kGap);
    line += columns_[i].align == Align::kRight ? filling + cells[i]
                                               : cells[i] + filling;
  }
  absl::StripTrailingAsciiWhitespace(&line);
  return line + "\n";
}

std::string TextTable::Text(int indent) const {
  const std::vector<int> widths = Widths();
  std::vector<std::string> titles;
  for (const Column& column : columns_) titles.push_back(column.title);
  const std::string head = Line(titles, widths, indent);
  std::string text = head == "\n" ? std::string() : head;
  for (const auto& row : rows_) text += Line(row, widths, indent);
  return text;
}

std::string PropertyText(
    const std::vector<std::pair<std::string, std::string>>& properties) {
  TextTable table({{"", Align::kLeft}, {"", Align::kLeft}});
  for (const auto& [label, value] : properties) {
    if (!value.empty()) table.AddRow({label, value});
  }
  return table.Text();
}

}  // namespace stegvis::cli
