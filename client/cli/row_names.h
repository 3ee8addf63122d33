// Förbund and insatser as rows of a file name them; each text is looked up
// once.
#pragma once

#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "client/cli/directory.h"
#include "client/cli/row_cells.h"

namespace stegvis::cli {

// One thread. `directory` must outlive it.
class RowNames {
 public:
  explicit RowNames(Directory& directory) : directory_(directory) {}

  // The förbund in `column`, or null and a fault. An error when the server
  // does not answer.
  absl::StatusOr<const v1::Forbund*> Forbund(RowCells& cells, size_t column);

  // The insats in `column`, likewise; null without a förbund.
  absl::StatusOr<const v1::Insats*> Insats(RowCells& cells, size_t column,
                                           const v1::Forbund* forbund);

 private:
  struct FoundForbund {
    const v1::Forbund* forbund = nullptr;
    absl::string_view reason;  // When null.
  };
  using Insatser = absl::flat_hash_map<std::string, const v1::Insats*>;

  Directory& directory_;
  absl::flat_hash_map<std::string, FoundForbund> forbund_;
  absl::flat_hash_map<const v1::Forbund*, Insatser> insatser_;
};

}  // namespace stegvis::cli
