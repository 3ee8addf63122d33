// What the three streamed imports have in common, and what each says for
// itself.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "client/cli/import_ledger.h"
#include "client/cli/row_cells.h"

namespace stegvis::cli {

// Makes rows of the protocol from rows of a file. One thread.
template <typename Row>
class RowParser {
 public:
  virtual ~RowParser() = default;

  // Fills `row` and, when there are faults, names them; such a row is not
  // sent. An error ends the import: the server does not answer.
  virtual absl::Status Parse(const CsvRow& csv, Row& row, RowFaults& faults,
                             RowTrace& trace) = 0;
};

// A field path of the server without its indexes, and the column it came from.
struct ColumnOfPath {
  absl::string_view path;
  absl::string_view column;
};

// The column of the longest path in `table` that `path` equals or lies under;
// "raden" when there is none, because then the fault is the row's.
std::string ColumnFor(absl::string_view path,
                      absl::Span<const ColumnOfPath> table);

}  // namespace stegvis::cli
