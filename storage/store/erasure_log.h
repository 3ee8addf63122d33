// erasures.log: the list of everybody who was erased, kept beside the database
// and copied off the machine, so that a backup from before does not bring them
// back. Ids and dates only. A line is
//
//   NUMBER MOMENT FORBUND INSATS PARTICIPATION HASH
//
// with NUMBER from 1, MOMENT in microseconds since 1970, and HASH the SHA-256
// of the hash before (64 zeros at first) and the line up to itself, in
// hexadecimal.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"

namespace stegvis::storage {

struct ErasureEntry {
  ParticipationKey key;
  int64_t erased_at = 0;
};

// One thread.
class ErasureLog {
 public:
  // Opens the list at `path`, or begins it. A last line that was cut off is
  // removed: nothing was erased on it. FAILED_PRECONDITION with
  // ERASURES_BROKEN when a line is damaged; UNAVAILABLE with DATABASE_AWAY.
  static absl::StatusOr<std::unique_ptr<ErasureLog>> Open(
      const std::string& path);
  // Reads what such a file holds, by the same rules.
  static absl::StatusOr<std::vector<ErasureEntry>> Parse(
      absl::string_view content);

  ErasureLog(const ErasureLog&) = delete;
  ErasureLog& operator=(const ErasureLog&) = delete;
  ~ErasureLog();

  // Puts the participation on the list, on disk when this returns; the moment
  // that stands there. One that is there already stays as it is.
  // RESOURCE_EXHAUSTED with DISK_FULL; UNAVAILABLE with DATABASE_AWAY.
  absl::StatusOr<int64_t> Append(const ErasureEntry& entry);

  const std::vector<ErasureEntry>& Entries() const { return entries_; }

 private:
  explicit ErasureLog(int file) : file_(file) {}

  void Note(const ErasureEntry& entry, std::string hash);

  const int file_;
  std::vector<ErasureEntry> entries_;
  absl::flat_hash_map<ParticipationId, int64_t> moments_;
  std::string last_hash_;
  int64_t size_ = 0;  // In bytes, up to the end of the last whole line.
};

}  // namespace stegvis::storage
