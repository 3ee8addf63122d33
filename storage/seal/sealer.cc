#include "storage/seal/sealer.h"

#include <openssl/crypto.h>

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/seal/aead.h"
#include "storage/seal/random.h"

namespace stegvis::seal {
namespace {

// What a seal holds; its first byte.
enum class Format : char { kRecord = 1, kKey = 2 };

constexpr size_t kVersionBytes = 4;
constexpr size_t kLengthBytes = 4;
constexpr size_t kHeaderBytes = 1 + kVersionBytes;
constexpr size_t kOverhead = kHeaderBytes + kNonceBytes + kTagBytes;

// Big-endian.
void AppendNumber(uint64_t number, size_t bytes, std::string& out) {
  for (size_t i = bytes; i-- > 0;) {
    out += static_cast<char>((number >> (8 * i)) & 0xFF);
  }
}

uint32_t ReadNumber(absl::string_view four_bytes) {
  uint32_t number = 0;
  for (char c : four_bytes) number = (number << 8) | static_cast<uint8_t>(c);
  return number;
}

absl::Status SealAs(Format format, const VersionedKey& key,
                    const SealPlace& place, absl::string_view text,
                    std::string& sealed) {
  sealed.clear();
  // All that follows fits, so that the views into the start stay good.
  sealed.reserve(text.size() + kOverhead);
  sealed += static_cast<char>(format);
  AppendNumber(key.version, kVersionBytes, sealed);
  sealed.resize(kHeaderBytes + kNonceBytes);
  FillRandom(reinterpret_cast<uint8_t*>(&sealed[kHeaderBytes]), kNonceBytes);
  const absl::string_view header(sealed.data(), kHeaderBytes);
  const absl::string_view nonce(&sealed[kHeaderBytes], kNonceBytes);
  if (!Encrypt(key.key, nonce, {header, place.Bytes()}, text, sealed)) {
    return errors::Bug("seal_failed");
  }
  return absl::OkStatus();
}

absl::Status OpenAs(Format format, const VersionedKey& key,
                    const SealPlace& place, absl::string_view sealed,
                    std::string& text) {
  if (sealed.size() < kOverhead || sealed[0] != static_cast<char>(format) ||
      ReadNumber(sealed.substr(1, kVersionBytes)) != key.version ||
      !Decrypt(key.key, sealed.substr(kHeaderBytes, kNonceBytes),
               {sealed.substr(0, kHeaderBytes), place.Bytes()},
               sealed.substr(kHeaderBytes + kNonceBytes), text)) {
    return errors::RecordUnreadable();
  }
  return absl::OkStatus();
}

}  // namespace

SealPlace::SealPlace(absl::string_view table) {
  bytes_.reserve(384);
  Add(table);
}

SealPlace& SealPlace::Column(absl::string_view name, absl::string_view value) {
  Add(name);
  Add(value);
  return *this;
}

SealPlace& SealPlace::Column(absl::string_view name, int64_t value) {
  Add(name);
  AppendNumber(sizeof(value), kLengthBytes, bytes_);
  AppendNumber(static_cast<uint64_t>(value), sizeof(value), bytes_);
  return *this;
}

void SealPlace::Add(absl::string_view part) {
  AppendNumber(part.size(), kLengthBytes, bytes_);
  bytes_.append(part.data(), part.size());
}

uint32_t KeyVersionOf(absl::string_view sealed) {
  if (sealed.size() < kHeaderBytes) return 0;
  return ReadNumber(sealed.substr(1, kVersionBytes));
}

absl::Status Seal(const VersionedKey& key, const SealPlace& place,
                  absl::string_view plain, std::string& sealed) {
  const size_t least = kOverhead + kLengthBytes + plain.size();
  const size_t padded = (least + kPadding - 1) / kPadding * kPadding;
  thread_local std::string text;
  text.clear();
  AppendNumber(plain.size(), kLengthBytes, text);
  text.append(plain.data(), plain.size());
  text.resize(padded - kOverhead);
  absl::Status status = SealAs(Format::kRecord, key, place, text, sealed);
  OPENSSL_cleanse(text.data(), text.size());
  return status;
}

absl::StatusOr<absl::string_view> Open(const VersionedKey& key,
                                       const SealPlace& place,
                                       absl::string_view sealed,
                                       std::string& buffer) {
  RETURN_IF_ERROR(OpenAs(Format::kRecord, key, place, sealed, buffer));
  const absl::string_view text(buffer);
  if (text.size() < kLengthBytes) return errors::RecordUnreadable();
  const uint32_t size = ReadNumber(text.substr(0, kLengthBytes));
  if (size > text.size() - kLengthBytes) return errors::RecordUnreadable();
  return text.substr(kLengthBytes, size);
}

absl::StatusOr<std::string> Wrap(const VersionedKey& key,
                                 const SealPlace& place, const Key& secret) {
  std::string wrapped;
  RETURN_IF_ERROR(SealAs(Format::kKey, key, place, secret.Bytes(), wrapped));
  return wrapped;
}

absl::StatusOr<Key> Unwrap(const VersionedKey& key, const SealPlace& place,
                           absl::string_view wrapped) {
  std::string bytes;
  RETURN_IF_ERROR(OpenAs(Format::kKey, key, place, wrapped, bytes));
  std::optional<Key> secret = Key::FromBytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  if (!secret.has_value()) return errors::RecordUnreadable();
  return *std::move(secret);
}

}  // namespace stegvis::seal
