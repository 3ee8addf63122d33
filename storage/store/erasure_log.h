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

#include <cstddef>
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

  // The moment that stands there for the participation, or will: its own, when
  // it is not on the list yet.
  int64_t MomentOf(const ErasureEntry& entry) const;

  // Puts those on the list that are not there yet, on disk when this returns;
  // all or none. RESOURCE_EXHAUSTED with DISK_FULL; UNAVAILABLE with
  // DATABASE_AWAY.
  absl::Status Append(const std::vector<ErasureEntry>& entries);
  // Takes back what the last Append has put there: it was not done after all.
  // UNAVAILABLE (DATABASE_AWAY): it stands there, and is done at the next
  // start.
  absl::Status TakeBack();

  const std::vector<ErasureEntry>& Entries() const { return entries_; }

 private:
  explicit ErasureLog(int file) : file_(file) {}

  // Where the list ends.
  struct End {
    size_t lines = 0;
    std::string hash;
    int64_t size = 0;  // In bytes, up to the end of the last whole line.
  };

  // Adds the entry in memory; its line.
  std::string Note(const ErasureEntry& entry);

  const int file_;
  std::vector<ErasureEntry> entries_;
  absl::flat_hash_map<ParticipationId, int64_t> moments_;
  End end_;
  End before_last_append_;
};

}  // namespace stegvis::storage
