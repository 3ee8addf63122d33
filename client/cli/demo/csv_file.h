// A CSV file that is being written.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace stegvis::demo {

// Appends `field` to `row`, quoted as in RFC 4180 where it must be.
void AppendField(absl::string_view field, std::string& row);

// The fields as one row, without its end.
std::string CsvRow(const std::vector<absl::string_view>& fields);

// A file of rows with `;` between the fields. One thread.
class CsvFile {
 public:
  // Begins the file with a header.
  CsvFile(const std::string& path, absl::string_view header);

  void Write(absl::string_view row);

  // RESOURCE_EXHAUSTED with FILE_UNWRITABLE when anything could not be written.
  absl::Status Close();

 private:
  void Flush();

  std::ofstream file_;
  std::string waiting_;
};

}  // namespace stegvis::demo
