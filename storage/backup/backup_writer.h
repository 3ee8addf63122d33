// Seals a backup as it is written, chunk by chunk.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "storage/backup/backup.pb.h"
#include "storage/seal/key.h"

namespace stegvis::storage {

// One thread.
class BackupWriter {
 public:
  // Takes the bytes of the file, one piece after the other.
  using Sink = std::function<absl::Status(std::string)>;

  // Under a new key, wrapped by `root`. Every call fails as `sink` does.
  static absl::StatusOr<BackupWriter> Begin(const seal::VersionedKey& root,
                                            Sink sink);

  // Adds a file whole.
  absl::Status Add(absl::string_view name, absl::string_view content);
  // Adds a piece of a file; the others of it come right before or after.
  absl::Status AddPiece(absl::string_view name, absl::string_view data);
  // The end: without it the backup is none.
  absl::Status Finish(const v1::BackupManifest& manifest);

 private:
  BackupWriter(const IdBytes& id, seal::Key key, Sink sink);

  absl::Status WriteChunk(const v1::BackupPart& part, bool last);

  IdBytes id_;
  seal::VersionedKey key_;
  Sink sink_;
  int64_t chunks_ = 0;
  std::string sealed_;
};

}  // namespace stegvis::storage
