#include "client/cli/row_cells.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "client/cli/complaint.h"
#include "client/cli/reason_text.h"
#include "client/cli/utf8.h"

namespace stegvis::cli {
namespace {

constexpr size_t kMaxDigits = 18;

bool IsDigits(absl::string_view text) {
  if (text.empty() || text.size() > kMaxDigits) return false;
  for (const char c : text) {
    if (!absl::ascii_isdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

// `20`, `12,5` or `12.5`: no sign, no exponent.
std::optional<double> ParseHours(absl::string_view text) {
  const std::vector<absl::string_view> parts =
      absl::StrSplit(text, absl::ByAnyChar(",."));
  if (parts.size() > 2) return std::nullopt;
  for (const absl::string_view part : parts) {
    if (!IsDigits(part)) return std::nullopt;
  }
  double hours = 0;
  if (!absl::SimpleAtod(absl::StrReplaceAll(text, {{",", "."}}), &hours)) {
    return std::nullopt;
  }
  return hours;
}

std::optional<size_t> PlaceOf(absl::Span<const ColumnSpec> specs,
                              absl::string_view title) {
  for (size_t i = 0; i < specs.size(); ++i) {
    if (specs[i].name == title) return i;
  }
  return std::nullopt;
}

absl::Status HeaderComplaint(absl::string_view title, absl::string_view what) {
  return Complaint(
      absl::StrCat("Rubrikraden: kolumnen \"", Printable(title), "\" ", what));
}

}  // namespace

std::vector<absl::string_view> NamesOf(absl::Span<const ColumnSpec> specs) {
  std::vector<absl::string_view> names;
  names.reserve(specs.size());
  for (const ColumnSpec& spec : specs) names.push_back(spec.name);
  return names;
}

Columns::Columns(absl::Span<const ColumnSpec> specs)
    : specs_(specs), places_(specs.size()) {}

absl::StatusOr<Columns> Columns::Create(
    absl::Span<const ColumnSpec> specs,
    absl::Span<const absl::string_view> free,
    const std::vector<std::string>& header) {
  Columns columns(specs);
  for (size_t place = 0; place < header.size(); ++place) {
    if (!columns.Take(header[place], place, free)) {
      return HeaderComplaint(
          header[place],
          "är okänd. Ta bort den, eller se kolumnerna med --help.");
    }
    const auto here = header.begin() + static_cast<std::ptrdiff_t>(place);
    if (std::find(header.begin(), here, *here) != here) {
      return HeaderComplaint(*here, "står två gånger. Ta bort den ena.");
    }
  }
  for (size_t i = 0; i < specs.size(); ++i) {
    if (specs[i].required && !columns.Has(i)) {
      return HeaderComplaint(specs[i].name, "saknas. Lägg till den.");
    }
  }
  return columns;
}

bool Columns::Take(const std::string& title, size_t place,
                   absl::Span<const absl::string_view> free) {
  if (const std::optional<size_t> column = PlaceOf(specs_, title)) {
    places_[*column] = place;
    return true;
  }
  for (size_t kind = 0; kind < free.size(); ++kind) {
    absl::string_view rest = title;
    if (!absl::ConsumePrefix(&rest, free[kind])) continue;
    free_.push_back({place, kind, title, std::string(rest)});
    return true;
  }
  return false;
}

absl::string_view Columns::Cell(const CsvRow& row, size_t column) const {
  if (!Has(column)) return {};
  return absl::StripAsciiWhitespace(row.fields[*places_[column]]);
}

absl::string_view Columns::Cell(const CsvRow& row, const FreeColumn& column) {
  return absl::StripAsciiWhitespace(row.fields[column.place]);
}

void RowCells::Refuse(size_t column, absl::string_view reason) {
  faults_.push_back({std::string(columns_.Name(column)), std::string(reason)});
}

bool RowCells::YesNo(size_t column) {
  const absl::string_view text = Text(column);
  if (absl::EqualsIgnoreCase(text, "ja")) return true;
  if (!text.empty() && !absl::EqualsIgnoreCase(text, "nej")) {
    Refuse(column, row_reasons::kYesNoInvalid);
  }
  return false;
}

double RowCells::Hours(size_t column) {
  const absl::string_view text = Text(column);
  if (text.empty()) return 0;
  const std::optional<double> hours = ParseHours(text);
  if (!hours.has_value()) Refuse(column, row_reasons::kHoursInvalid);
  return hours.value_or(0);
}

std::optional<int64_t> RowCells::Number(size_t column) {
  const absl::string_view text = Text(column);
  if (text.empty()) return std::nullopt;
  int64_t number = 0;
  if (IsDigits(text) && absl::SimpleAtoi(text, &number)) return number;
  Refuse(column, row_reasons::kNumberInvalid);
  return std::nullopt;
}

std::optional<google::protobuf::Timestamp> RowCells::Moment(size_t column) {
  const absl::string_view text = Text(column);
  if (text.empty()) return std::nullopt;
  absl::Time moment;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &moment, &error) ||
      moment == absl::InfiniteFuture() || moment == absl::InfinitePast()) {
    Refuse(column, row_reasons::kMomentInvalid);
    return std::nullopt;
  }
  const int64_t micros = absl::ToUnixMicros(moment);
  const int64_t seconds = absl::ToUnixSeconds(moment);
  google::protobuf::Timestamp timestamp;
  timestamp.set_seconds(seconds);
  timestamp.set_nanos(
      static_cast<int32_t>((micros - seconds * 1'000'000) * 1000));
  return timestamp;
}

std::vector<absl::string_view> RowCells::List(size_t column) const {
  std::vector<absl::string_view> parts;
  for (absl::string_view part : absl::StrSplit(Text(column), '|')) {
    part = absl::StripAsciiWhitespace(part);
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

void RowCells::RefuseWithoutDate(absl::Span<const size_t> columns) {
  for (const size_t column : columns) {
    if (Has(column)) Refuse(column, row_reasons::kWithoutDate);
  }
}

}  // namespace stegvis::cli
