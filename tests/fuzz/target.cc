#include "tests/fuzz/target.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <iostream>
#include <iterator>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "stegvis/v1/reasons.pb.h"

namespace stegvis::fuzz {
namespace {

// Shorter inputs, and words, may stand in a message by chance.
constexpr size_t kTellingBytes = 6;

// libFuzzer reads and clears what lies in this section, unseen by the compiler.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
__attribute__((section("__libfuzzer_extra_counters"), used))
uint8_t noticed[1 << 14];

constexpr char kMemory[] = "/dev/shm";

// Goes away with the program, unless that crashes.
class Folder {
 public:
  Folder() {
    std::error_code unknown;
    const std::filesystem::path parent =
        std::filesystem::is_directory(kMemory, unknown)
            ? std::filesystem::path(kMemory)
            : std::filesystem::temp_directory_path();
    std::string name = (parent / "fuzz-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::exit(EXIT_FAILURE);
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::string& Path() const { return path_; }

 private:
  std::string path_;
};

bool HasDigit(absl::string_view text) {
  return text.find_first_of("0123456789") != absl::string_view::npos;
}

}  // namespace

void Notice(absl::string_view behaviour) {
  const size_t place = std::hash<std::string_view>{}(std::string_view(
                           behaviour.data(), behaviour.size())) %
                       std::size(noticed);
  noticed[place] = 1;
}

void Expect(bool holds, absl::string_view promise) {
  if (holds) return;
  std::clog << "\nBROKEN PROMISE: " << promise << std::endl;
  std::abort();
}

bool IsKnownReason(absl::string_view reason) {
  v1::Reason known;
  return v1::Reason_Parse(absl::StrCat("REASON_", reason), &known) &&
         known != v1::REASON_UNSPECIFIED;
}

void ExpectRefusal(const absl::Status& status, absl::string_view input) {
  const std::string reason = ReasonOf(status);
  Notice(reason);
  Expect(IsKnownReason(reason), "a refusal has a reason that is known");
  Expect(reason != "BUG", "no input is a fault of the program");
  const bool quoted = input.size() >= kTellingBytes && HasDigit(input) &&
                      absl::StrContains(status.message(), input);
  Expect(!quoted, "a refusal does not quote");
}

const std::string& ScratchFolder() {
  static const Folder folder;
  return folder.Path();
}

std::string FileWith(absl::string_view content) {
  const std::string path = ScratchFolder() + "/input";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                        S_IRUSR | S_IWUSR);
  const bool written =
      file >= 0 && write(file, content.data(), content.size()) ==
                       static_cast<ssize_t>(content.size());
  if (file >= 0) close(file);
  if (!written) std::exit(EXIT_FAILURE);  // The disk's fault, not a finding.
  return path;
}

}  // namespace stegvis::fuzz
