// The key source: the one secret that does not lie in the database. A text file
// that only the service can read:
//
//   stegvis key source
//   1 <64 hexadecimal digits>
//
// the number being the key's version. While keys are rotated, the new key has a
// line after the old one.
#pragma once

#include <cstdint>
#include <memory>
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

  // Its keys, the oldest first; at least one.
  const KeyVersions& Keys() const { return keys_; }
  std::shared_ptr<const VersionedKey> Newest() const { return keys_.back(); }

  // Makes a key of `version`, which is newer than all; it stands in the file
  // when this returns. RESOURCE_EXHAUSTED with FILE_UNWRITABLE or DISK_FULL.
  absl::Status Add(uint32_t version);
  // Removes the keys before `version`, one of those there, from the file, and
  // overwrites what they stood in. Errors as of Add.
  absl::Status RemoveBefore(uint32_t version);

 private:
  KeySource(std::string path, KeyVersions keys)
      : path_(std::move(path)), keys_(std::move(keys)) {}

  // Puts `keys` in the place of those there, all or nothing.
  absl::Status Replace(KeyVersions keys);

  std::string path_;
  KeyVersions keys_;
};

}  // namespace stegvis::seal
