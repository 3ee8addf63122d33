// What is said around the figures of a report: of whom, when, and what the
// words mean.
#pragma once

#include "client/cli/report_tables.h"

namespace stegvis::cli {

// What `..` means, in a sentence.
inline constexpr char kWithheldMeaning[] =
    "skyddad uppgift. Talet finns men visas inte, så att ingen person kan "
    "pekas ut. Noll skrivs ut";

// Pages with everything but their tables.
ReportPages MakeNotes(const v1::OutcomeReport& report, const CodeLabels& labels,
                      int least_base);

}  // namespace stegvis::cli
