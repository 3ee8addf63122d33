#include "client/cli/files.h"

#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "client/cli/complaint.h"

namespace stegvis::cli {
namespace {

namespace fs = std::filesystem;

absl::Status NotWritten(const fs::path& path) {
  return Complaint(absl::StrCat(
      "Filen ", path.string(),
      " går inte att skriva. Kontrollera mappen, rättigheterna och disken."));
}

fs::path PartOf(const fs::path& path) { return path.string() + ".part"; }

// Whether it all got there.
bool WritePart(const fs::path& part, absl::string_view text) {
  const mode_t before = ::umask(077);
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  ::umask(before);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  return out.good();
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::error_code error;
  if (!in || fs::is_directory(path, error)) {
    return Complaint(absl::StrCat(
        "Filen ", path.string(),
        " går inte att läsa. Kontrollera att den finns och får läsas."));
  }
  return std::string(std::istreambuf_iterator<char>(in), {});
}

absl::Status WriteFile(const fs::path& path, absl::string_view text) {
  const fs::path part = PartOf(path);
  std::error_code error;
  if (WritePart(part, text)) {
    fs::rename(part, path, error);
    if (!error) return absl::OkStatus();
  }
  fs::remove(part, error);
  return NotWritten(path);
}

absl::Status CheckWritable(const fs::path& path) {
  std::error_code error;
  if (path.empty()) return absl::OkStatus();
  const bool written =
      !fs::is_directory(path, error) && WritePart(PartOf(path), "");
  fs::remove(PartOf(path), error);
  return written ? absl::OkStatus() : NotWritten(path);
}

}  // namespace stegvis::cli
