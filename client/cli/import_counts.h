// Files of anonymous counts and volume counts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "client/cli/directory.h"
#include "client/cli/import_kind.h"
#include "stegvis/v1/count.pb.h"

namespace stegvis::cli {

// The columns, in the order of the documentation, without `registrerad`.
std::vector<absl::string_view> CountColumns();

// A parser for files with that header. With `migrate` there is a column
// `registrerad`. Fails for a header that does not fit.
absl::StatusOr<std::unique_ptr<RowParser<v1::CountRow>>> CountParser(
    const std::vector<std::string>& header, bool migrate, Directory& directory);

// The column that a field path of the server came from.
std::string CountColumn(const std::string& path, const RowTrace& trace);

}  // namespace stegvis::cli
