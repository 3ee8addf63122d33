// Reads CSV files of any size in bounded memory. Quotes are libcsv's work.
#pragma once

#include <csv.h>

#include <cstdint>
#include <istream>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"

namespace stegvis::cli {

inline constexpr size_t kMaxCsvRowBytes = 1 << 20;
inline constexpr size_t kMaxCsvColumns = 1000;

// A row. `fields` are valid until the next one is read.
struct CsvRow {
  int64_t line = 0;  // Where it begins.
  std::vector<absl::string_view> fields;
  std::string fault;  // Why it cannot be used, of row_reasons; else empty.
};

// Reads a file in UTF-8 with a header. One thread.
class CsvReader {
 public:
  // `in` must outlive the reader.
  explicit CsvReader(std::istream& in);
  ~CsvReader();
  CsvReader(const CsvReader&) = delete;
  CsvReader& operator=(const CsvReader&) = delete;

  // Reads the header; the delimiter, `;` or `,`, is the one with which it
  // holds more of the columns `known`. Fails when the file is empty, or the
  // header is not UTF-8, too long or not closed.
  absl::Status ReadHeader(absl::Span<const absl::string_view> known);

  const std::vector<std::string>& Columns() const { return columns_; }

  // Reads the next row; false at the end. Empty lines are no rows. A row with
  // a fault has no fields; the one after it is read as if nothing had been.
  bool Next(CsvRow& row);

  // Whether reading failed on the way, so that the end came too early.
  bool Broken() const { return in_.bad(); }

  // Bytes read so far.
  int64_t Position() const { return position_; }

 private:
  void Fill();
  absl::string_view TakeSegment();
  void Feed(absl::string_view segment);
  void CountLine(absl::string_view segment);
  void Restart(char delimiter);
  bool Finish(CsvRow& row);
  void Deliver(CsvRow& row);
  void Forget();
  int TitlesFound(char delimiter, absl::Span<const absl::string_view> known);
  bool NextRaw(CsvRow& row);

  static void OnField(void* field, size_t size, void* self);
  static void OnRow(int terminator, void* self);

  std::istream& in_;
  csv_parser parser_;
  char delimiter_ = ';';
  std::vector<std::string> columns_;

  std::string buffer_;
  size_t taken_ = 0;  // Bytes of buffer_ that are parsed.
  int64_t position_ = 0;

  int64_t line_ = 1;  // The line that the next byte belongs to.
  bool after_return_ = false;
  bool skip_line_ = false;  // After a misplaced quote.

  // The row being read.
  bool row_open_ = false;
  bool row_done_ = false;
  int64_t row_line_ = 0;
  size_t row_bytes_ = 0;
  size_t row_fields_ = 0;
  std::string row_fault_;
  std::string text_;
  std::vector<std::pair<size_t, size_t>> spans_;  // Of text_.
  std::string fields_text_;  // What the last row's fields are views of.
};

}  // namespace stegvis::cli
