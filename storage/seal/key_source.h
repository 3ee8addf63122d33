// The key source: the one secret that does not lie in the database. A text file
// that only the service can read:
//
//   stegvis key source
//   1 <64 hexadecimal digits>
//
// the number being its version.
#pragma once

#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/seal/key.h"

namespace stegvis::seal {

class KeySource {
 public:
  // Makes a new one at `path`, readable by its owner alone, and on disk when
  // this returns. FAILED_PRECONDITION with KEY_SOURCE_EXISTS when something is
  // there already; RESOURCE_EXHAUSTED with FILE_UNWRITABLE or DISK_FULL.
  static absl::Status Create(const std::string& path);

  // The same for a key that is known: one that its shares gave back.
  static absl::Status Write(const std::string& path, const VersionedKey& root);

  // FAILED_PRECONDITION with KEY_SOURCE_MISSING, or KEY_SOURCE_UNREADABLE when
  // it cannot be read, is no key source, or its group or others may read it.
  static absl::StatusOr<KeySource> Load(const std::string& path);

  // The key that wraps the scopes' keys; nothing is left here.
  VersionedKey TakeRoot() && { return std::move(root_); }

 private:
  explicit KeySource(VersionedKey root) : root_(std::move(root)) {}

  VersionedKey root_;
};

}  // namespace stegvis::seal
