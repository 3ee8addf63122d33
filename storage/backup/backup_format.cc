#include "storage/backup/backup_format.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "storage/seal/hash.h"

namespace stegvis::storage {
namespace {

constexpr size_t kLongestName = 1'000;

absl::string_view View(const IdBytes& id) {
  return absl::string_view(reinterpret_cast<const char*>(id.data()), id.size());
}

}  // namespace

seal::SealPlace PlaceOfBackupKey(const IdBytes& backup) {
  seal::SealPlace place("backup");
  place.Column("backup_id", View(backup));
  return place;
}

seal::SealPlace PlaceOfChunk(const IdBytes& backup, int64_t number, bool last) {
  seal::SealPlace place("backup_chunk");
  place.Column("backup_id", View(backup))
      .Column("number", number)
      .Column("last", int64_t{last ? 1 : 0});
  return place;
}

std::string HeaderCheck(absl::string_view header) {
  return seal::Sha256(header).substr(0, kHeaderCheckBytes);
}

bool IsBackupName(absl::string_view name) {
  if (name.empty() || name.size() > kLongestName) return false;
  const bool plain = std::none_of(name.begin(), name.end(), [](char c) {
    return absl::ascii_iscntrl(static_cast<unsigned char>(c));
  });
  if (!plain) return false;
  for (const absl::string_view step : absl::StrSplit(name, '/')) {
    if (step.empty() || step == "." || step == "..") return false;
  }
  return true;
}

}  // namespace stegvis::storage
