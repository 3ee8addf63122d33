// What an import tells the user.
#pragma once

#include <string>

#include "client/cli/import_ledger.h"
#include "client/cli/terminal.h"

namespace stegvis::cli {

// Lists each fault of a refused row on stderr, as `FILE:LINE: COLUMN: reason`.
ImportLedger::Listing RefusedRows(const std::string& file, Progress& progress);

// What became of the rows, as lines of text.
std::string SummaryText(const ImportSummary& summary, bool dry_run,
                        bool migrate);

}  // namespace stegvis::cli
