// Files of förbund: one call a row, because they are few.
#pragma once

#include <istream>
#include <string>

#include "absl/status/status.h"
#include "client/cli/import_ledger.h"
#include "client/cli/session.h"

namespace stegvis::cli {

// Creates the förbund of a file. One whose organisation number is known is
// unchanged. With `dry_run` the server checks each and creates nothing.
absl::Status ImportForbund(std::istream& file, bool dry_run, Session& session,
                           ImportLedger& ledger);

// The column that a field path of the server came from.
std::string ForbundColumn(const std::string& path, const RowTrace& trace);

}  // namespace stegvis::cli
