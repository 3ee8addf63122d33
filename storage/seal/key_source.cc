#include "storage/seal/key_source.h"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/locked_memory.h"
#include "storage/seal/secret_text.h"

namespace stegvis::seal {
namespace {

constexpr absl::string_view kHeader = "stegvis key source";
// More versions than rotations leave behind.
constexpr size_t kMaxFileBytes = 4096;

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

std::optional<VersionedKey> ParseLine(absl::string_view line) {
  const std::vector<absl::string_view> parts = absl::StrSplit(line, ' ');
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

// Nothing unless each line has a newer version than the one before.
std::optional<KeyVersions> ParseText(absl::string_view text) {
  const std::vector<absl::string_view> lines =
      absl::StrSplit(absl::StripTrailingAsciiWhitespace(text), '\n');
  if (lines.size() < 2 || lines[0] != kHeader) return std::nullopt;
  KeyVersions keys;
  for (size_t i = 1; i < lines.size(); ++i) {
    std::optional<VersionedKey> key = ParseLine(lines[i]);
    if (!key.has_value()) return std::nullopt;
    if (!keys.empty() && keys.back()->version >= key->version) {
      return std::nullopt;
    }
    keys.push_back(KeepLocked(*std::move(key)));
  }
  return keys;
}

void AppendLine(const VersionedKey& key, SecretText& text) {
  constexpr absl::string_view kDigits = "0123456789abcdef";
  text.Append(absl::StrCat(key.version, " "));
  for (const char c : key.key.Bytes()) {
    const auto byte = static_cast<unsigned char>(c);
    text.Append(kDigits.substr(byte >> 4, 1));
    text.Append(kDigits.substr(byte & 0xf, 1));
  }
  text.Append("\n");
}

SecretText Heading() {
  SecretText text;
  text.Append(kHeader);
  text.Append("\n");
  return text;
}

absl::Status NotWritten() {
  return errno == ENOSPC || errno == EDQUOT ? errors::DiskFull()
                                            : errors::FileUnwritable();
}

absl::Status WriteText(const File& file, const SecretText& text) {
  const absl::string_view whole = text.View();
  const ssize_t size = write(file.Get(), whole.data(), whole.size());
  if (size < 0) return NotWritten();
  // A part of so few bytes is written when no more of them fit.
  if (static_cast<size_t>(size) < whole.size()) return errors::DiskFull();
  return fsync(file.Get()) == 0 ? absl::OkStatus() : NotWritten();
}

absl::Status SyncFolderOf(const std::string& path) {
  const std::filesystem::path folder =
      std::filesystem::path(path).parent_path() / ".";
  const File opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.IsOpen() && fsync(opened.Get()) == 0 ? absl::OkStatus()
                                                     : NotWritten();
}

// Writes a file that is not there yet, for its owner alone, and on disk when
// this returns; nothing of it is left when that fails.
absl::Status WriteNew(const std::string& path, const SecretText& text) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
                       S_IRUSR | S_IWUSR));
  if (!file.IsOpen()) {
    return errno == EEXIST ? errors::KeySourceExists() : NotWritten();
  }
  absl::Status written = WriteText(file, text);
  if (written.ok()) written = SyncFolderOf(path);
  if (!written.ok()) unlink(path.c_str());
  return written;
}

// Overwrites a file that no name leads to any more. What a file system keeps
// elsewhere it keeps: so this is all that can be tried.
void Overwrite(const File& file) {
  struct stat status {};
  if (!file.IsOpen() || fstat(file.Get(), &status) != 0) return;
  const std::string zeros(static_cast<size_t>(status.st_size), '\0');
  if (pwrite(file.Get(), zeros.data(), zeros.size(), 0) > 0) fsync(file.Get());
}

}  // namespace

absl::Status KeySource::Create(const std::string& path) {
  return Write(path, VersionedKey{Key::Random(), 1});
}

absl::Status KeySource::Write(const std::string& path,
                              const VersionedKey& root) {
  SecretText text = Heading();
  AppendLine(root, text);
  return WriteNew(path, text);
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
  std::optional<KeyVersions> keys =
      ParseText(absl::string_view(text.data(), static_cast<size_t>(size)));
  OPENSSL_cleanse(text.data(), text.size());
  if (!keys.has_value()) return errors::KeySourceUnreadable();
  return KeySource(path, *std::move(keys));
}

absl::Status KeySource::Add(uint32_t version) {
  if (version <= keys_.back()->version) return errors::Bug("key_version");
  KeyVersions keys = keys_;
  keys.push_back(KeepLocked(VersionedKey{Key::Random(), version}));
  return Replace(std::move(keys));
}

absl::Status KeySource::RemoveBefore(uint32_t version) {
  KeyVersions keys;
  for (const auto& key : keys_) {
    if (key->version >= version) keys.push_back(key);
  }
  if (keys.size() == keys_.size()) return absl::OkStatus();
  if (FindVersion(keys, version) == nullptr) return errors::Bug("key_version");
  return Replace(std::move(keys));
}

absl::Status KeySource::Replace(KeyVersions keys) {
  SecretText text = Heading();
  for (const auto& key : keys) AppendLine(*key, text);
  const std::string beside = absl::StrCat(path_, ".new");
  unlink(beside.c_str());  // What a process that was killed left.
  const File old(open(path_.c_str(), O_WRONLY | O_CLOEXEC));
  RETURN_IF_ERROR(WriteNew(beside, text));
  if (rename(beside.c_str(), path_.c_str()) != 0) {
    const absl::Status status = NotWritten();
    unlink(beside.c_str());
    return status;
  }
  keys_ = std::move(keys);
  RETURN_IF_ERROR(SyncFolderOf(path_));
  Overwrite(old);
  return absl::OkStatus();
}

}  // namespace stegvis::seal
