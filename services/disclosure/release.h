// A release: the standard report of a year and a level, made safe and proved.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "services/disclosure/measures.h"
#include "services/disclosure/publishable.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/report_cells.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

enum class Level : uint8_t { kForbund, kNation };

// The breakdowns of the standard release: of a förbund every dimension but
// kommun, of the nation every one but insats and kommun.
std::vector<outcome::Dimension> StandardBreakdowns(Level level);

// `report` with the rows of the standard breakdowns alone.
outcome::OutcomeReport StandardReport(Level level,
                                      outcome::OutcomeReport report);

// A true report as a table: its cells and all relations between them, shown as
// by the first rule. Cannot be moved, as its parts point at each other.
class ReleaseTable {
 public:
  // `truth` has whole calendar years and is broken down as its level's standard
  // says. Finds values for the cells that no report holds.
  explicit ReleaseTable(outcome::OutcomeReport truth);
  // The same with values that were found before, in order.
  ReleaseTable(outcome::OutcomeReport truth,
               const std::vector<int64_t>& made_up);
  ReleaseTable(const ReleaseTable&) = delete;

  const outcome::OutcomeReport& Truth() const { return truth_; }
  const disclosure::Measures& Measures() const { return measures_; }
  const ReportCells& Cells() const { return cells_; }
  ReleaseModel& Model() { return model_; }
  const ReleaseModel& Model() const { return model_; }
  // The values of the cells that no report holds.
  std::vector<int64_t> MadeUp() const;

 private:
  const outcome::OutcomeReport truth_;
  const disclosure::Measures measures_;
  ReleaseModel model_;
  ReportCells cells_;
};

// How many counts a release could print, and how many it does not.
struct ReleaseCounts {
  int all = 0;
  int small = 0;    // Withheld by the first rule,
  int further = 0;  // and besides.
};

// What `table`, whose further cells are withheld, prints.
PublishableReport ReportOf(const ReleaseTable& table);
ReleaseCounts CountsOf(const ReleaseTable& table);

// Whether the cell is withheld though it is not small.
inline bool IsFurther(const Cell& cell) {
  return cell.shown == Shown::kWithheld && !IsSmall(cell.value);
}

// Takes over the marks of an earlier release of the same year in every block
// that holds the same counts in both, so that the two together say no more.
void KeepMarks(const ReleaseTable& earlier, ReleaseTable& table);

// A base that differs between two reports.
struct BaseDifference {
  std::string dimension;  // Empty for the whole.
  std::string value;
  int64_t before = 0;
  int64_t after = 0;
};
// A later release replaces one only if each base that changed did so by so many
// or more.
inline constexpr int64_t kLeastChange = 10;
// Of the whole and of each row, those that differ by fewer than kLeastChange,
// for women, for men or in all.
std::vector<BaseDifference> SmallChanges(const outcome::OutcomeReport& before,
                                         const outcome::OutcomeReport& after);
// Whether the two reports have the same counts everywhere.
bool SameCounts(const outcome::OutcomeReport& a,
                const outcome::OutcomeReport& b);

}  // namespace stegvis::disclosure
