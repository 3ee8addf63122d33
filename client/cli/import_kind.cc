#include "client/cli/import_kind.h"

#include "client/cli/field_text.h"

namespace stegvis::cli {
namespace {

bool LiesUnder(absl::string_view path, absl::string_view prefix) {
  if (path.substr(0, prefix.size()) != prefix) return false;
  return path.size() == prefix.size() || path[prefix.size()] == '.';
}

}  // namespace

std::string ColumnFor(absl::string_view path,
                      absl::Span<const ColumnOfPath> table) {
  const std::string plain = WithoutIndexes(path);
  ColumnOfPath best{"", "raden"};
  for (const ColumnOfPath& entry : table) {
    if (entry.path.size() > best.path.size() && LiesUnder(plain, entry.path)) {
      best = entry;
    }
  }
  return std::string(best.column);
}

}  // namespace stegvis::cli
