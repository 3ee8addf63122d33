// A release: the standard report of a year and a level, made safe and proved.
#pragma once

#include <cstdint>
#include <vector>

#include "services/disclosure/protect.h"
#include "services/disclosure/publishable.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/release_table.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

enum class Level : uint8_t { kForbund, kNation };

// The breakdowns of the standard release: of a förbund every dimension but
// kommun, of the nation every one but insats and kommun.
std::vector<outcome::Dimension> StandardBreakdowns(Level level);

// `report` with the rows of the standard breakdowns alone.
outcome::OutcomeReport StandardReport(Level level,
                                      outcome::OutcomeReport report);

// How many counts a release could print, and how many it does not.
struct ReleaseCounts {
  int all = 0;
  int small = 0;    // Withheld by the first rule,
  int further = 0;  // and besides.
};

// Withholds in the nation's table, before it is protected, what its release
// leaves to those of förbund, so that they can be safe beside it:
// - Of their rows all but zeros, and from 20 on participants and those in work
//   or studies.
// - Elsewhere, but for the base, what is counted of few: of fewer than 20, or
//   than one for every second förbund. There most have one or two, and who
//   knows the sum and the others knows each.
// - There, too, one of printed counts that say, for one sex or for both, that
//   so few are in one and not in another, or in both, or that nobody is.
// - Pairs of a flow of so few, and those that say where nearly all went or came
//   from: all but fewer than 20.
// Returns what is to have headroom: what is of few, also where it is printed
// nowhere and only follows from others. In their rows, where nearly all is
// withheld, only participants and those in work or studies.
std::vector<Headroom> LeaveToForbund(ReleaseTable& nation);

// With fewer förbund hardly any release could be safe beside the nation's,
// whatever that leaves to it.
inline constexpr size_t kManyForbund = 10;

// Withholds in `table` what must be, and returns the proof. The nation's first
// leaves to förbund, where it has many.
Protection MakeSafe(Level level, ReleaseTable& table, Effort effort = {});

// What `table`, whose further cells are withheld, prints.
PublishableReport ReportOf(const ReleaseTable& table);
ReleaseCounts CountsOf(const ReleaseTable& table);
// Its own cells that are withheld beyond the first rule.
std::vector<CellId> FurtherOf(const ReleaseTable& table);

// Whether the cell is withheld though it is not small.
inline bool IsFurther(const Cell& cell) {
  return cell.shown == Shown::kWithheld && !IsSmall(cell.value);
}

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
