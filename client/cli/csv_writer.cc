#include "client/cli/csv_writer.h"

#include <csv.h>

#include "absl/strings/string_view.h"

namespace stegvis::cli {
namespace {

constexpr absl::string_view kNeedsQuotes = ";,\"\r\n";

std::string Quoted(const std::string& field) {
  std::string quoted(csv_write(nullptr, 0, field.data(), field.size()), '\0');
  csv_write(quoted.data(), quoted.size(), field.data(), field.size());
  return quoted;
}

}  // namespace

void WriteCsvRow(const std::vector<std::string>& fields, std::ostream& out) {
  bool first = true;
  for (const std::string& field : fields) {
    if (!first) out << ';';
    first = false;
    const bool quotes =
        field.find_first_of(kNeedsQuotes.data()) != std::string::npos;
    out << (quotes ? Quoted(field) : field);
  }
  out << '\n';
}

}  // namespace stegvis::cli
