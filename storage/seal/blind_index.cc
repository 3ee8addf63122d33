#include "storage/seal/blind_index.h"

#include "storage/seal/hash.h"

namespace stegvis::seal {
namespace {

constexpr size_t kIndexBytes = 16;

}  // namespace

std::string BlindIndex(const Key& key, absl::string_view twelve_digits) {
  return HmacSha256(key.Bytes(), twelve_digits).substr(0, kIndexBytes);
}

std::string RowId(const Key& key, absl::string_view natural_key) {
  return HmacSha256(key.Bytes(), natural_key).substr(0, kIndexBytes);
}

}  // namespace stegvis::seal
