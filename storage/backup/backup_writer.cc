#include "storage/backup/backup_writer.h"

#include <algorithm>
#include <utility>

#include "services/base/status_macros.h"
#include "storage/backup/backup_format.h"
#include "storage/seal/random.h"
#include "storage/seal/sealer.h"

namespace stegvis::storage {
namespace {

IdBytes NewId() {
  IdBytes id;
  seal::FillRandom(id.data(), id.size());
  return id;
}

std::string Length(size_t size) {
  std::string bytes;
  for (size_t i = kLengthBytes; i-- > 0;) {
    bytes += static_cast<char>((size >> (8 * i)) & 0xFF);
  }
  return bytes;
}

}  // namespace

BackupWriter::BackupWriter(const IdBytes& id, seal::Key key, Sink sink)
    : id_(id), key_{std::move(key), 1}, sink_(std::move(sink)) {}

absl::StatusOr<BackupWriter> BackupWriter::Begin(const seal::VersionedKey& root,
                                                 Sink sink) {
  BackupWriter writer(NewId(), seal::Key::Random(), std::move(sink));
  ASSIGN_OR_RETURN(
      const std::string wrapped,
      seal::Wrap(root, PlaceOfBackupKey(writer.id_), writer.key_.key));
  std::string header(kBackupMagic);
  header.append(reinterpret_cast<const char*>(writer.id_.data()),
                writer.id_.size());
  header += wrapped;
  header += HeaderCheck(header);
  RETURN_IF_ERROR(writer.sink_(std::move(header)));
  return writer;
}

absl::Status BackupWriter::Add(absl::string_view name,
                               absl::string_view content) {
  do {
    RETURN_IF_ERROR(AddPiece(name, content.substr(0, kMostDataBytes)));
    content.remove_prefix(std::min(content.size(), kMostDataBytes));
  } while (!content.empty());
  return absl::OkStatus();
}

absl::Status BackupWriter::AddPiece(absl::string_view name,
                                    absl::string_view data) {
  v1::BackupPart part;
  part.set_name(name.data(), name.size());
  part.set_data(data.data(), data.size());
  return WriteChunk(part, /*last=*/false);
}

absl::Status BackupWriter::Finish(const v1::BackupManifest& manifest) {
  v1::BackupPart part;
  *part.mutable_manifest() = manifest;
  return WriteChunk(part, /*last=*/true);
}

absl::Status BackupWriter::WriteChunk(const v1::BackupPart& part, bool last) {
  const std::string plain = part.SerializeAsString();
  RETURN_IF_ERROR(
      seal::Seal(key_, PlaceOfChunk(id_, ++chunks_, last), plain, sealed_));
  return sink_(Length(sealed_.size()) + sealed_);
}

}  // namespace stegvis::storage
