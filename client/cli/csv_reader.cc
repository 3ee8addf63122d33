#include "client/cli/csv_reader.h"

#include <algorithm>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"
#include "client/cli/reason_text.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr size_t kChunkBytes = kMaxCsvRowBytes;
constexpr absl::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr unsigned char kStrict = CSV_STRICT | CSV_STRICT_FINI;

// Blanks are part of a field: libcsv is not to trim them.
int NothingIsSpace(unsigned char) { return 0; }

bool IsTerminator(char c) { return c == '\n' || c == '\r'; }

// The first row of `text`, read leniently.
class FirstRow {
 public:
  FirstRow(absl::string_view text, char delimiter) {
    csv_parser parser;
    csv_init(&parser, 0);
    csv_set_delim(&parser, static_cast<unsigned char>(delimiter));
    while (!text.empty() && !done_) {
      const auto* end = std::find_if(text.begin(), text.end(), IsTerminator);
      const size_t size =
          std::min(static_cast<size_t>(end - text.begin()) + 1, text.size());
      csv_parse(&parser, text.data(), size, OnField, OnRow, this);
      text.remove_prefix(size);
    }
    if (!done_) csv_fini(&parser, OnField, OnRow, this);
    csv_free(&parser);
  }

  const std::vector<std::string>& Fields() const { return fields_; }

 private:
  static void OnField(void* field, size_t size, void* self) {
    static_cast<FirstRow*>(self)->fields_.emplace_back(
        static_cast<const char*>(field), size);
  }
  static void OnRow(int /*terminator*/, void* self) {
    static_cast<FirstRow*>(self)->done_ = true;
  }

  bool done_ = false;
  std::vector<std::string> fields_;
};

}  // namespace

CsvReader::CsvReader(std::istream& in) : in_(in) {
  csv_init(&parser_, kStrict);
  csv_set_space_func(&parser_, NothingIsSpace);
}

CsvReader::~CsvReader() { csv_free(&parser_); }

void CsvReader::Restart(char delimiter) {
  csv_free(&parser_);
  csv_init(&parser_, kStrict);
  csv_set_space_func(&parser_, NothingIsSpace);
  csv_set_delim(&parser_, static_cast<unsigned char>(delimiter));
  delimiter_ = delimiter;
}

int CsvReader::TitlesFound(char delimiter,
                           absl::Span<const absl::string_view> known) {
  int found = 0;
  const FirstRow row(absl::string_view(buffer_).substr(taken_), delimiter);
  for (const std::string& title : row.Fields()) {
    if (absl::c_linear_search(known, absl::StripAsciiWhitespace(title))) {
      ++found;
    }
  }
  return found;
}

absl::Status CsvReader::ReadHeader(absl::Span<const absl::string_view> known) {
  Fill();
  if (absl::string_view(buffer_).substr(0, kByteOrderMark.size()) ==
      kByteOrderMark) {
    taken_ = kByteOrderMark.size();
  }
  Restart(TitlesFound(',', known) > TitlesFound(';', known) ? ',' : ';');
  CsvRow row;
  if (!NextRaw(row)) {
    return Complaint("Filen är tom. Den ska börja med en rubrikrad.");
  }
  if (!row.fault.empty()) {
    return Complaint(absl::StrCat("Rubrikraden (rad ", row.line,
                                  "): ", ReasonText(row.fault)));
  }
  for (const absl::string_view field : row.fields) {
    columns_.emplace_back(absl::StripAsciiWhitespace(field));
  }
  return absl::OkStatus();
}

bool CsvReader::Next(CsvRow& row) {
  if (!NextRaw(row)) return false;
  if (!row.fault.empty()) return true;
  const bool empty = absl::c_all_of(
      row.fields, [](absl::string_view field) { return field.empty(); });
  if (empty) {
    row.fault = std::string(row_reasons::kRowEmpty);
  } else if (row.fields.size() != columns_.size()) {
    row.fault = std::string(row_reasons::kFieldCount);
  }
  return true;
}

bool CsvReader::NextRaw(CsvRow& row) {
  while (!row_done_) {
    if (taken_ == buffer_.size()) Fill();
    if (taken_ == buffer_.size()) return Finish(row);
    const absl::string_view segment = TakeSegment();
    Feed(segment);
    CountLine(segment);
  }
  Deliver(row);
  return true;
}

void CsvReader::Fill() {
  taken_ = 0;
  buffer_.resize(kChunkBytes);
  in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.resize(static_cast<size_t>(in_.gcount()));
  position_ += in_.gcount();
}

// The rest of the line, or of what is read of it. So at most one row ends in a
// segment.
absl::string_view CsvReader::TakeSegment() {
  const absl::string_view rest = absl::string_view(buffer_).substr(taken_);
  const auto* end = std::find_if(rest.begin(), rest.end(), IsTerminator);
  const size_t size =
      std::min(static_cast<size_t>(end - rest.begin()) + 1, rest.size());
  taken_ += size;
  return rest.substr(0, size);
}

void CsvReader::Feed(absl::string_view segment) {
  const bool line_ends = IsTerminator(segment.back());
  if (skip_line_) {
    row_done_ = line_ends;
    return;
  }
  if (!row_open_ && !(line_ends && segment.size() == 1)) {
    row_open_ = true;
    row_line_ = line_;
  }
  row_bytes_ += segment.size();
  const size_t parsed =
      csv_parse(&parser_, segment.data(), segment.size(), OnField, OnRow, this);
  if (parsed < segment.size()) {
    row_fault_ = std::string(row_reasons::kQuoteMisplaced);
    Restart(delimiter_);
    skip_line_ = true;
    row_done_ = line_ends;
    return;
  }
  if (row_bytes_ <= kMaxCsvRowBytes) return;
  row_fault_ = std::string(row_reasons::kRowTooLong);
  Forget();
}

// Drops what is kept of a row that is too long. libcsv goes on from its state,
// so that it still knows whether it is inside quotes; it only looks back at the
// last byte of the field.
void CsvReader::Forget() {
  text_.clear();
  spans_.clear();
  parser_.entry_pos = std::min<size_t>(parser_.entry_pos, 1);
}

void CsvReader::CountLine(absl::string_view segment) {
  const char last = segment.back();
  const bool pair = last == '\n' && segment.size() == 1 && after_return_;
  if (IsTerminator(last) && !pair) ++line_;
  after_return_ = last == '\r';
}

void CsvReader::OnField(void* field, size_t size, void* self) {
  auto& reader = *static_cast<CsvReader*>(self);
  if (!reader.row_fault_.empty()) return;
  if (++reader.row_fields_ > kMaxCsvColumns) {
    reader.row_fault_ = std::string(row_reasons::kTooManyColumns);
    return;
  }
  reader.spans_.emplace_back(reader.text_.size(), size);
  reader.text_.append(static_cast<const char*>(field), size);
  // Between fields stands ASCII, so that half a letter at the end of one and
  // half at the beginning of the next do not become one.
  reader.text_ += ';';
}

void CsvReader::OnRow(int /*terminator*/, void* self) {
  static_cast<CsvReader*>(self)->row_done_ = true;
}

bool CsvReader::Finish(CsvRow& row) {
  if (!row_open_) return false;
  if (!skip_line_ && csv_fini(&parser_, OnField, OnRow, this) != 0) {
    row_fault_ = std::string(row_reasons::kQuoteUnclosed);
  }
  Deliver(row);
  return true;
}

void CsvReader::Deliver(CsvRow& row) {
  row.line = row_line_;
  row.fault = std::move(row_fault_);
  row.fields.clear();
  fields_text_.swap(text_);
  if (row.fault.empty() && !IsCleanUtf8(fields_text_)) {
    row.fault = std::string(reasons::kNotUtf8);
  }
  if (row.fault.empty()) {
    for (const auto& [start, size] : spans_) {
      row.fields.push_back(absl::string_view(fields_text_).substr(start, size));
    }
  }
  text_.clear();
  spans_.clear();
  row_fault_.clear();
  row_bytes_ = row_fields_ = 0;
  row_open_ = row_done_ = skip_line_ = false;
}

}  // namespace stegvis::cli
