#include "storage/store/erasure_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/hash.h"

namespace stegvis::storage {
namespace {

constexpr mode_t kOwnerOnly = S_IRUSR | S_IWUSR;
constexpr size_t kHashDigits = 64;

std::string FirstHash() { return std::string(kHashDigits, '0'); }

std::string TextOf(size_t number, const ErasureEntry& entry) {
  return absl::StrCat(number, " ", entry.erased_at, " ",
                      entry.key.forbund.Text(), " ", entry.key.insats.Text(),
                      " ", entry.key.participation.Text());
}

std::string HashOf(absl::string_view hash_before, absl::string_view text) {
  return absl::BytesToHexString(
      seal::Sha256(absl::StrCat(hash_before, " ", text)));
}

// The entry in the text of a line; what is around it is not looked at.
std::optional<ErasureEntry> EntryIn(absl::string_view text) {
  const std::vector<absl::string_view> parts = absl::StrSplit(text, ' ');
  int64_t erased_at = 0;
  if (parts.size() != 5 || !absl::SimpleAtoi(parts[1], &erased_at)) {
    return std::nullopt;
  }
  const auto forbund = ForbundId::Parse(parts[2]);
  const auto insats = InsatsId::Parse(parts[3]);
  const auto participation = ParticipationId::Parse(parts[4]);
  if (!forbund.ok() || !insats.ok() || !participation.ok()) {
    return std::nullopt;
  }
  return ErasureEntry{{*forbund, *insats, *participation}, erased_at};
}

// An entry and the hash that its line ends with.
struct ReadLine {
  ErasureEntry entry;
  std::string hash;
};

absl::StatusOr<ReadLine> ReadOne(absl::string_view line, size_t number,
                                 absl::string_view hash_before) {
  const size_t end = line.rfind(' ');
  if (end == absl::string_view::npos) return errors::ErasuresBroken();
  const absl::string_view text = line.substr(0, end);
  const std::optional<ErasureEntry> entry = EntryIn(text);
  if (!entry.has_value() || TextOf(number, *entry) != text ||
      HashOf(hash_before, text) != line.substr(end + 1)) {
    return errors::ErasuresBroken();
  }
  return ReadLine{*entry, std::string(line.substr(end + 1))};
}

// The lines of `content` that are whole.
absl::StatusOr<std::vector<ReadLine>> ReadLines(absl::string_view content) {
  std::vector<ReadLine> lines;
  std::string hash = FirstHash();
  while (true) {
    const size_t end = content.find('\n');
    if (end == absl::string_view::npos) return lines;
    ASSIGN_OR_RETURN(ReadLine line,
                     ReadOne(content.substr(0, end), lines.size() + 1, hash));
    hash = line.hash;
    lines.push_back(std::move(line));
    content.remove_prefix(end + 1);
  }
}

absl::Status CannotWrite() {
  return errno == ENOSPC || errno == EDQUOT ? errors::DiskFull()
                                            : errors::DatabaseAway();
}

absl::StatusOr<std::string> ReadAll(int file) {
  std::string content;
  std::string part(1 << 16, '\0');
  while (true) {
    const ssize_t got = read(file, part.data(), part.size());
    if (got == 0) return content;
    if (got < 0) return errors::DatabaseAway();
    content.append(part, 0, static_cast<size_t>(got));
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<ErasureLog>> ErasureLog::Open(
    const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kOwnerOnly);
  if (file < 0) return errors::DatabaseAway();
  std::unique_ptr<ErasureLog> log(new ErasureLog(file));
  ASSIGN_OR_RETURN(const std::string content, ReadAll(file));
  ASSIGN_OR_RETURN(const std::vector<ReadLine> lines, ReadLines(content));
  log->end_.hash = FirstHash();
  for (const ReadLine& line : lines) log->Note(line.entry);
  log->before_last_append_ = log->end_;
  if (ftruncate(file, log->end_.size) != 0) return errors::DatabaseAway();
  return log;
}

absl::StatusOr<std::vector<ErasureEntry>> ErasureLog::Parse(
    absl::string_view content) {
  ASSIGN_OR_RETURN(const std::vector<ReadLine> lines, ReadLines(content));
  std::vector<ErasureEntry> entries;
  entries.reserve(lines.size());
  for (const ReadLine& line : lines) entries.push_back(line.entry);
  return entries;
}

ErasureLog::~ErasureLog() { close(file_); }

int64_t ErasureLog::MomentOf(const ErasureEntry& entry) const {
  const auto known = moments_.find(entry.key.participation);
  return known == moments_.end() ? entry.erased_at : known->second;
}

absl::Status ErasureLog::Append(const std::vector<ErasureEntry>& entries) {
  before_last_append_ = end_;
  std::string text;
  for (const ErasureEntry& entry : entries) {
    if (moments_.contains(entry.key.participation)) continue;
    absl::StrAppend(&text, Note(entry));
  }
  if (text.empty()) return absl::OkStatus();
  const ssize_t written =
      pwrite(file_, text.data(), text.size(), before_last_append_.size);
  const bool whole = written == static_cast<ssize_t>(text.size());
  if (whole && fdatasync(file_) == 0) return absl::OkStatus();
  const absl::Status failed =
      written >= 0 && !whole ? errors::DiskFull() : CannotWrite();
  // What was told failed must not be carried out at the next start.
  RETURN_IF_ERROR(TakeBack());
  return failed;
}

absl::Status ErasureLog::TakeBack() {
  if (end_.lines == before_last_append_.lines) return absl::OkStatus();
  while (entries_.size() > before_last_append_.lines) {
    moments_.erase(entries_.back().key.participation);
    entries_.pop_back();
  }
  end_ = before_last_append_;
  const bool cut = ftruncate(file_, end_.size) == 0 && fdatasync(file_) == 0;
  return cut ? absl::OkStatus() : errors::DatabaseAway();
}

std::string ErasureLog::Note(const ErasureEntry& entry) {
  const std::string text = TextOf(entries_.size() + 1, entry);
  end_.hash = HashOf(end_.hash, text);
  std::string line = absl::StrCat(text, " ", end_.hash, "\n");
  end_.size += static_cast<int64_t>(line.size());
  end_.lines = entries_.size() + 1;
  entries_.push_back(entry);
  moments_.emplace(entry.key.participation, entry.erased_at);
  return line;
}

}  // namespace stegvis::storage
