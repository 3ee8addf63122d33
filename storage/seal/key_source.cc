#include "storage/seal/key_source.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::seal {
namespace {

constexpr absl::string_view kHeader = "stegvis key source";
constexpr size_t kMaxFileBytes = 1024;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }

  int Get() const { return descriptor_; }
  bool IsOpen() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

// Whether it is a plain file that only its owner may read or write.
bool IsPrivate(const File& file) {
  struct stat status {};
  return fstat(file.Get(), &status) == 0 && S_ISREG(status.st_mode) &&
         (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

bool IsHex(absl::string_view text) {
  for (char c : text) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
  }
  return true;
}

std::optional<VersionedKey> ParseText(absl::string_view text) {
  const std::vector<absl::string_view> lines =
      absl::StrSplit(absl::StripTrailingAsciiWhitespace(text), '\n');
  if (lines.size() != 2 || lines[0] != kHeader) return std::nullopt;
  const std::vector<absl::string_view> parts = absl::StrSplit(lines[1], ' ');
  uint32_t version = 0;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &version) ||
      version == 0 || parts[1].size() != 2 * Key::kBytes || !IsHex(parts[1])) {
    return std::nullopt;
  }
  std::string bytes = absl::HexStringToBytes(parts[1]);
  std::optional<Key> key = Key::FromBytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return VersionedKey{*std::move(key), version};
}

}  // namespace

absl::Status KeySource::Create(const std::string& path) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                       S_IRUSR | S_IWUSR));
  if (!file.IsOpen()) return errors::KeySourceUnreadable();

  const Key key = Key::Random();
  std::string hex = absl::BytesToHexString(key.Bytes());
  std::string text = absl::StrCat(kHeader, "\n1 ", hex, "\n");
  const bool written = write(file.Get(), text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size()) &&
                       fsync(file.Get()) == 0;
  // clang-tidy 14 takes StrCat for a change of what it only reads.
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.InnerPointer)
  OPENSSL_cleanse(hex.data(), hex.size());
  OPENSSL_cleanse(text.data(), text.size());
  return written ? absl::OkStatus() : errors::KeySourceUnreadable();
}

absl::StatusOr<KeySource> KeySource::Load(const std::string& path) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.IsOpen()) {
    return errno == ENOENT ? errors::KeySourceMissing()
                           : errors::KeySourceUnreadable();
  }
  if (!IsPrivate(file)) return errors::KeySourceUnreadable();

  std::array<char, kMaxFileBytes> text;
  const ssize_t size = read(file.Get(), text.data(), text.size());
  if (size < 0) return errors::KeySourceUnreadable();
  std::optional<VersionedKey> root =
      ParseText(absl::string_view(text.data(), static_cast<size_t>(size)));
  OPENSSL_cleanse(text.data(), text.size());
  if (!root.has_value()) return errors::KeySourceUnreadable();
  return KeySource(*std::move(root));
}

}  // namespace stegvis::seal
