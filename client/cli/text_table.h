// Tables in a terminal, aligned by what is seen.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace stegvis::cli {

enum class Align { kLeft, kRight };

// One thread.
class TextTable {
 public:
  struct Column {
    std::string title;
    Align align = Align::kLeft;
  };

  explicit TextTable(std::vector<Column> columns);

  // As many cells as there are columns. A cell begins with blanks to stand
  // further in.
  void AddRow(std::vector<std::string> cells);

  bool Empty() const { return rows_.empty(); }
  size_t Size() const { return rows_.size(); }

  // A line of titles, unless all are empty, then the rows; each line begins
  // with `indent` blanks and has no blanks at its end.
  std::string Text(int indent = 0) const;

 private:
  std::vector<int> Widths() const;
  std::string Line(const std::vector<std::string>& cells,
                   const std::vector<int>& widths, int indent) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

// The properties of one thing, a line each; those without a value are left out.
std::string PropertyText(
    const std::vector<std::pair<std::string, std::string>>& properties);

}  // namespace stegvis::cli
