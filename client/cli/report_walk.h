// Every figure of a report in its order, for the forms that machines read.
#pragma once

#include "absl/strings/string_view.h"
#include "client/cli/report_figures.h"
#include "stegvis/v1/outcome.pb.h"

namespace stegvis::cli {

// Takes the figures of a block: the whole report, or a row of a breakdown.
// `part`, `key` and `measure` are named as in the JSON form; `key` is empty in
// parts that have no rows.
class FigureSink {
 public:
  virtual ~FigureSink() = default;
  virtual void Count(absl::string_view part, absl::string_view key,
                     absl::string_view measure,
                     const v1::PeopleCount& count) = 0;
  virtual void Number(absl::string_view part, absl::string_view key,
                      absl::string_view measure, const Figure& figure) = 0;
};

// All but the flows. The report is one WithWithheldNamed.
void WalkBlock(const v1::OutcomeReport& report, FigureSink& sink);
void WalkBlock(const v1::BreakdownRow& row, FigureSink& sink);

}  // namespace stegvis::cli
