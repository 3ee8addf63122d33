#include "client/cli/code_labels.h"

namespace stegvis::cli {

CodeLabels::CodeLabels(const v1::ListCodesResponse& codes) {
  for (const v1::Code& code : codes.codes()) {
    labels_.emplace(std::make_pair(code.list(), code.code()), code.label());
  }
}

std::string CodeLabels::Label(absl::string_view list,
                              absl::string_view code) const {
  const auto found =
      labels_.find(std::make_pair(std::string(list), std::string(code)));
  return found == labels_.end() ? std::string(code) : found->second;
}

}  // namespace stegvis::cli
