#include "client/cli/row_names.h"

#include "client/cli/reason_text.h"

namespace stegvis::cli {

absl::StatusOr<const v1::Forbund*> RowNames::Forbund(RowCells& cells,
                                                     size_t column) {
  const absl::string_view text = cells.Text(column);
  if (text.empty()) {
    cells.Refuse(column, reasons::kMissing);
    return nullptr;
  }
  auto found = forbund_.find(text);
  if (found == forbund_.end()) {
    const auto looked_up = directory_.FindForbund(text);
    FoundForbund entry;
    if (looked_up.ok()) {
      entry.forbund = *looked_up;
    } else {
      entry.reason = absl::IsNotFound(looked_up.status())
                         ? row_reasons::kForbundUnknown
                         : row_reasons::kForbundAmbiguous;
    }
    found = forbund_.emplace(text, entry).first;
  }
  if (found->second.forbund == nullptr) {
    cells.Refuse(column, found->second.reason);
  }
  return found->second.forbund;
}

absl::StatusOr<const v1::Insats*> RowNames::Insats(RowCells& cells,
                                                   size_t column,
                                                   const v1::Forbund* forbund) {
  const absl::string_view text = cells.Text(column);
  if (text.empty()) {
    cells.Refuse(column, reasons::kMissing);
    return nullptr;
  }
  if (forbund == nullptr) return nullptr;
  Insatser& known = insatser_[forbund];
  auto found = known.find(text);
  if (found == known.end()) {
    const auto looked_up = directory_.FindInsats(*forbund, text);
    if (!looked_up.ok() && !absl::IsNotFound(looked_up.status())) {
      return looked_up.status();
    }
    found = known.emplace(text, looked_up.ok() ? *looked_up : nullptr).first;
  }
  if (found->second == nullptr) {
    cells.Refuse(column, row_reasons::kInsatsUnknown);
  }
  return found->second;
}

}  // namespace stegvis::cli
