// Files of insatser.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/directory.h"
#include "client/cli/import_kind.h"
#include "stegvis/v1/insats.pb.h"

namespace stegvis::cli {

// The columns, in the order of the documentation.
std::vector<absl::string_view> InsatsColumns();

// A parser for files with that header. Fails for one that does not fit.
absl::StatusOr<std::unique_ptr<RowParser<v1::InsatsRow>>> InsatsParser(
    const std::vector<std::string>& header, Directory& directory);

// The column that a field path of the server came from.
std::string InsatsColumn(const std::string& path, const RowTrace& trace);

}  // namespace stegvis::cli
