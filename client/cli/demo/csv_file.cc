#include "client/cli/demo/csv_file.h"

#include <csv.h>

#include "services/base/errors.h"

namespace stegvis::demo {
namespace {

constexpr size_t kFlushBytes = 1 << 20;

}  // namespace

void AppendField(absl::string_view field, std::string& row) {
  if (field.find_first_of(";,\"\r\n") == absl::string_view::npos) {
    row.append(field.data(), field.size());
    return;
  }
  const size_t before = row.size();
  // At the most every character is doubled, between two quotes.
  row.resize(before + 2 * field.size() + 2);
  const size_t written =
      csv_write(&row[before], row.size() - before, field.data(), field.size());
  row.resize(before + written);
}

std::string CsvRow(const std::vector<absl::string_view>& fields) {
  std::string row;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) row.push_back(';');
    AppendField(fields[i], row);
  }
  return row;
}

CsvFile::CsvFile(const std::string& path, absl::string_view header)
    : file_(path, std::ios::binary | std::ios::trunc) {
  Write(header);
}

void CsvFile::Write(absl::string_view row) {
  waiting_.append(row.data(), row.size());
  waiting_.push_back('\n');
  if (waiting_.size() >= kFlushBytes) Flush();
}

void CsvFile::Flush() {
  file_.write(waiting_.data(), static_cast<std::streamsize>(waiting_.size()));
  waiting_.clear();
}

absl::Status CsvFile::Close() {
  Flush();
  file_.close();
  if (file_.fail()) return errors::FileUnwritable();
  return absl::OkStatus();
}

}  // namespace stegvis::demo
