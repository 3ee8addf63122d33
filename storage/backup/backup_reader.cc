#include "storage/backup/backup_reader.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/backup/backup_format.h"
#include "storage/backup/backup_root.h"
#include "storage/seal/sealer.h"

namespace stegvis::storage {
namespace {

// Whether so many bytes were there.
bool ReadBytes(std::ifstream& file, size_t size, std::string& bytes) {
  bytes.resize(size);
  file.read(bytes.data(), static_cast<std::streamsize>(size));
  return file.gcount() == static_cast<std::streamsize>(size);
}

size_t NumberIn(absl::string_view bytes) {
  size_t number = 0;
  for (const char c : bytes) number = (number << 8) | static_cast<uint8_t>(c);
  return number;
}

// Of the key that wraps: after the format's byte.
uint32_t VersionIn(absl::string_view wrapped) {
  return static_cast<uint32_t>(NumberIn(wrapped.substr(1, 4)));
}

bool IsHeader(absl::string_view header) {
  const size_t checked = kHeaderBytes - kHeaderCheckBytes;
  return header.substr(0, kBackupMagic.size()) == kBackupMagic &&
         header.substr(checked) == HeaderCheck(header.substr(0, checked));
}

absl::Status DamagedAt(int64_t chunk) {
  return AtField(absl::StrCat("chunk ", chunk), errors::BackupDamaged());
}

}  // namespace

BackupReader::BackupReader(std::ifstream file, int64_t size, const IdBytes& id,
                           seal::Key key)
    : file_(std::move(file)),
      size_(size),
      read_(static_cast<int64_t>(kHeaderBytes)),
      id_(id),
      key_{std::move(key), 1} {}

absl::StatusOr<BackupReader> BackupReader::Open(const std::string& path,
                                                const std::string& key_source) {
  std::error_code error;
  const uintmax_t size = std::filesystem::file_size(path, error);
  std::ifstream file(path, std::ios::binary);
  if (error || !file) return errors::FileUnreadable();
  std::string header;
  if (!ReadBytes(file, kHeaderBytes, header) || !IsHeader(header)) {
    return errors::BackupDamaged();
  }
  IdBytes id;
  std::copy_n(header.begin() + kBackupMagic.size(), id.size(), id.begin());
  const absl::string_view wrapped = absl::string_view(header).substr(
      kBackupMagic.size() + kIdBytes, kWrappedKeyBytes);
  ASSIGN_OR_RETURN(const std::shared_ptr<const seal::VersionedKey> root,
                   RootOfVersion(key_source, VersionIn(wrapped)));
  absl::StatusOr<seal::Key> key =
      seal::Unwrap(*root, PlaceOfBackupKey(id), wrapped);
  // The header is whole, so it is the key that does not fit.
  if (!key.ok()) return errors::KeySourceWrong();
  return BackupReader(std::move(file), static_cast<int64_t>(size), id,
                      *std::move(key));
}

absl::Status BackupReader::ReadSealed() {
  std::string length;
  if (!ReadBytes(file_, kLengthBytes, length)) return DamagedAt(chunks_);
  const size_t size = NumberIn(length);
  if (size > kMostChunkBytes || !ReadBytes(file_, size, sealed_)) {
    return DamagedAt(chunks_);
  }
  read_ += static_cast<int64_t>(kLengthBytes + size);
  return absl::OkStatus();
}

absl::StatusOr<v1::BackupPart> BackupReader::Next() {
  ++chunks_;
  RETURN_IF_ERROR(ReadSealed());
  // Whoever cuts chunks off makes another one the last, and it does not open.
  const absl::StatusOr<absl::string_view> plain = seal::Open(
      key_, PlaceOfChunk(id_, chunks_, /*last=*/AtEnd()), sealed_, buffer_);
  v1::BackupPart part;
  if (!plain.ok() ||
      !part.ParseFromArray(plain->data(), static_cast<int>(plain->size()))) {
    return DamagedAt(chunks_);
  }
  const bool whole =
      part.has_manifest() ? AtEnd() : !AtEnd() && IsBackupName(part.name());
  if (!whole) return DamagedAt(chunks_);
  return part;
}

}  // namespace stegvis::storage
