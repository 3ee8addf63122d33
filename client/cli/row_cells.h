// The columns of a kind of file, and the values in a row of it.
#pragma once

#include <google/protobuf/timestamp.pb.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "client/cli/csv_reader.h"
#include "services/base/errors.h"

namespace stegvis::cli {

// The faults of a row that the client itself finds; `field` is the column.
using RowFaults = std::vector<Fault>;

// A column; its place in the list of a kind is its number.
struct ColumnSpec {
  absl::string_view name;
  bool required = false;
};

std::vector<absl::string_view> NamesOf(absl::Span<const ColumnSpec> specs);

// Which field of a row holds which column. A value.
class Columns {
 public:
  // `free` are beginnings of titles that may stand any number of times with
  // different ends. FAILED_PRECONDITION names the first unknown, repeated or
  // missing column.
  static absl::StatusOr<Columns> Create(
      absl::Span<const ColumnSpec> specs,
      absl::Span<const absl::string_view> free,
      const std::vector<std::string>& header);

  // A column that begins as one of `free`.
  struct FreeColumn {
    size_t place;           // In the row.
    size_t kind;            // Which of `free`.
    std::string title;      // What stands in the header.
    std::string remainder;  // The title after the beginning.
  };
  const std::vector<FreeColumn>& Free() const { return free_; }

  // The value without blanks around; empty when the column is not there.
  absl::string_view Cell(const CsvRow& row, size_t column) const;
  static absl::string_view Cell(const CsvRow& row, const FreeColumn& column);

  // False also for a column beyond the list.
  bool Has(size_t column) const {
    return column < places_.size() && places_[column].has_value();
  }
  absl::string_view Name(size_t column) const { return specs_[column].name; }

 private:
  explicit Columns(absl::Span<const ColumnSpec> specs);

  // Notes where the column `title` stands; false when it is unknown.
  bool Take(const std::string& title, size_t place,
            absl::Span<const absl::string_view> free);

  absl::Span<const ColumnSpec> specs_;  // Of static life.
  std::vector<std::optional<size_t>> places_;
  std::vector<FreeColumn> free_;
};

// Reads the cells of one row and gathers what is wrong in them.
class RowCells {
 public:
  RowCells(const Columns& columns, const CsvRow& row, RowFaults& faults)
      : columns_(columns), row_(row), faults_(faults) {}

  absl::string_view Text(size_t column) const {
    return columns_.Cell(row_, column);
  }
  bool Has(size_t column) const { return !Text(column).empty(); }

  // Empty or faulty: false, 0, nothing.
  bool YesNo(size_t column);
  double Hours(size_t column);
  std::optional<int64_t> Number(size_t column);
  std::optional<google::protobuf::Timestamp> Moment(size_t column);

  // The parts between `|`, without blanks around; empty ones are left out.
  std::vector<absl::string_view> List(size_t column) const;

  // Refuses each of `columns` that has a value.
  void RefuseWithoutDate(absl::Span<const size_t> columns);

  void Refuse(size_t column, absl::string_view reason);

 private:
  const Columns& columns_;
  const CsvRow& row_;
  RowFaults& faults_;
};

}  // namespace stegvis::cli
