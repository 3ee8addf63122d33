#include "services/domain/text_checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "services/base/limits.h"

namespace stegvis::domain {

bool AllDigits(absl::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return absl::ascii_isdigit(static_cast<unsigned char>(c));
  });
}

void CheckSize(absl::string_view text, size_t max_bytes, absl::string_view path,
               Faults& faults) {
  if (text.size() > max_bytes) faults.Add(path, reasons::kTooLong);
}

void CheckTitle(absl::string_view title, absl::string_view path,
                Faults& faults) {
  if (absl::StripAsciiWhitespace(title).empty()) {
    faults.Add(path, reasons::kMissing);
  }
  CheckSize(title, limits::kMaxTitleBytes, path, faults);
}

}  // namespace stegvis::domain
