// What an import tells the user.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "client/cli/import_ledger.h"
#include "client/cli/terminal.h"

namespace stegvis::cli {

// Lists each fault of a refused row on stderr, as `FILE:LINE: COLUMN: reason`.
ImportLedger::Listing RefusedRows(const std::string& file, Progress& progress);

// Why the import stopped before its end, from which row on, and how to go on.
absl::Status Stopped(const absl::Status& why,
                     std::optional<int64_t> first_unanswered);

// What became of the rows, as lines of text.
std::string SummaryText(const ImportSummary& summary, bool dry_run,
                        bool migrate);

}  // namespace stegvis::cli
