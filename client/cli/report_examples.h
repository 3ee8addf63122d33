// Reports for tests, from tests/golden/cli.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// A file of tests/golden/cli.
std::string Golden(const std::string& name);

// Expects `text` to be that file, or makes it so: changed on purpose?
// STEGVIS_WRITE_GOLDEN=1 in the environment writes it; read the difference.
void ExpectGolden(const std::string& text, const std::string& name);

// `report.json`: true counts, with breakdowns.
v1::OutcomeReport GoldenReport();

// `release.json`: the same for publication, with withheld counts and blocks
// that hold their base alone.
v1::OutcomeReport GoldenRelease();

// A report of one row of a breakdown by insats, with this name.
v1::OutcomeReport ReportOfInsats(const std::string& name);

CodeLabels ExampleLabels();

}  // namespace stegvis::cli
