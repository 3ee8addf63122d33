// What the writer and the reader of a backup share: how the file lies on disk,
// byte by byte in storage/README.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "services/base/ids.h"
#include "storage/seal/sealer.h"

namespace stegvis::storage {

// The one file of a backup, in its folder.
inline constexpr char kBackupFile[] = "stegvis.backup";

inline constexpr absl::string_view kBackupMagic = "STEGVISB\x01";
inline constexpr size_t kIdBytes = 16;
inline constexpr size_t kWrappedKeyBytes = 65;
inline constexpr size_t kHeaderCheckBytes = 8;
inline constexpr size_t kHeaderBytes =
    kBackupMagic.size() + kIdBytes + kWrappedKeyBytes + kHeaderCheckBytes;
inline constexpr size_t kLengthBytes = 4;
// Of the seal of a chunk, at most, and of the data in it: what is left is room
// for the name.
inline constexpr size_t kMostChunkBytes = 1 << 20;
inline constexpr size_t kMostDataBytes = kMostChunkBytes - 2048;

// Where the key of the backup is wrapped under the key source's.
seal::SealPlace PlaceOfBackupKey(const IdBytes& backup);

// Where chunk `number`, from 1, is sealed. The last one knows that it is.
seal::SealPlace PlaceOfChunk(const IdBytes& backup, int64_t number, bool last);

// The first bytes of SHA-256 of `header`, which is all before them: it tells a
// damaged file from another key source's.
std::string HeaderCheck(absl::string_view header);

// Whether `name` may be that of a file in a backup: relative, without `.`, `..`
// or empty steps, and no control characters.
bool IsBackupName(absl::string_view name);

}  // namespace stegvis::storage
