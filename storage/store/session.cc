#include "storage/store/session.h"

#include <algorithm>

namespace stegvis::storage {

IdBytes IdFromColumn(absl::string_view bytes) {
  IdBytes id = {};
  std::copy_n(bytes.begin(), std::min(bytes.size(), id.size()), id.begin());
  return id;
}

}  // namespace stegvis::storage
