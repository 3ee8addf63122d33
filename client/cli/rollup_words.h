// What is said of the sources of a rollup. Nothing of other reports.
#pragma once

#include <string>
#include <vector>

#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// Which förbund are sealed, which preliminary, and how much of last year's is
// missing.
std::vector<std::string> SourceNotices(const v1::OutcomeReport& report);

// A line for each that is missing: which, at which node, why, and the mend.
std::vector<std::string> SourceWarnings(const v1::OutcomeReport& report);

// The one line of SourceWarnings, without its beginning.
std::string GapText(const v1::RollupSource& source);

// `SEALED`, `PRELIMINARY`; `MISSING:NO_ANSWER` with the gap.
std::string SourceStateName(const v1::RollupSource& source);

}  // namespace stegvis::cli
