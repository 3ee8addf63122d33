// The Swedish labels of codes.
#pragma once

#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/cli/session.h"
#include "stegvis/v1/code_list.pb.h"

namespace stegvis::cli {

// Immutable once made.
class CodeLabels {
 public:
  CodeLabels() = default;
  explicit CodeLabels(const v1::ListCodesResponse& codes);

  // The label of `code` in `list`; the code itself when it has none.
  std::string Label(absl::string_view list, absl::string_view code) const;

 private:
  absl::flat_hash_map<std::pair<std::string, std::string>, std::string> labels_;
};

// Those of the server.
absl::StatusOr<CodeLabels> LoadLabels(Session& session);

}  // namespace stegvis::cli
