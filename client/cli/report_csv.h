// The outcome report as CSV: one number or one share a row.
#pragma once

#include <ostream>

#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// Columns: block (the name of the part in the JSON form), dimension and value
// (empty for the whole report), forbund (of an insats), key (occupation,
// support source, `from>to` of a flow, months of a follow-up), measure, then
// total, women and men of a count, or number of a share. Numbers have a decimal
// point and no blanks; what is not known is empty, what is withheld `..`; a
// release ends with a row, block `note`, that says so. A rollup begins with a
// row for each förbund, block `source`: its node as the value, its number as
// the key, and as the measure SEALED, PRELIMINARY or why it is missing, as in
// `MISSING:NO_ANSWER`. A name that a spreadsheet would take for a formula is
// given an apostrophe in front.
void WriteReportCsv(const v1::OutcomeReport& report, std::ostream& out);

}  // namespace stegvis::cli
