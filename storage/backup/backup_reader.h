// Opens a backup, chunk by chunk.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/ids.h"
#include "storage/backup/backup.pb.h"
#include "storage/seal/key.h"

namespace stegvis::storage {

// One thread.
class BackupReader {
 public:
  // FAILED_PRECONDITION with FILE_UNREADABLE, BACKUP_DAMAGED, or
  // KEY_SOURCE_WRONG when the key source's file does not have the key that it
  // was made under; and as seal::KeySource::Load.
  static absl::StatusOr<BackupReader> Open(const std::string& path,
                                           const std::string& key_source);

  // The next part; the last one has the manifest, and after it there is none.
  // FAILED_PRECONDITION with BACKUP_DAMAGED, with a fault of the field `chunk
  // N` (from 1), when it was changed, removed, moved or cut off.
  absl::StatusOr<v1::BackupPart> Next();
  bool AtEnd() const { return read_ == size_; }

  // In bytes of the file.
  int64_t Read() const { return read_; }
  int64_t Size() const { return size_; }

 private:
  BackupReader(std::ifstream file, int64_t size, const IdBytes& id,
               seal::Key key);

  // The chunk's bytes as they lie in the file.
  absl::Status ReadSealed();

  std::ifstream file_;
  int64_t size_;
  int64_t read_;
  IdBytes id_;
  seal::VersionedKey key_;
  int64_t chunks_ = 0;
  std::string sealed_;
  std::string buffer_;
};

}  // namespace stegvis::storage
