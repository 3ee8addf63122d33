// The one pass over the facts that makes a report, in parts that several
// threads go through at the same time.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "services/outcome/breakdown.h"
#include "services/outcome/cells.h"
#include "services/outcome/indicators.h"
#include "services/outcome/individuals.h"
#include "services/outcome/selection.h"

namespace stegvis::outcome {

// The calendar years that lie wholly in a period; none when last < first.
struct WholeYears {
  int first = 0;
  int last = -1;
  bool period_is_whole_years = false;
};
WholeYears WholeYearsOf(Day from, Day to);

// How many unreadable records are named; all are counted.
inline constexpr size_t kMaxNamedRecords = 100;

// One thread, one report.
class Scan {
 public:
  // Everything must outlive it.
  Scan(const CodeTables& codes, const Selection& selection,
       const ReportDays& days, const WholeYears& years, Breakdown& breakdown,
       Cells& cells, FlowCells& flows);

  // Adds everything that is known of the selection's förbund from number
  // `first` to before `last`.
  void Run(size_t first, size_t last);

  // Adds what `other` has found in other förbund of the selection.
  void Absorb(const Scan& other);

  const std::vector<std::string>& UnreadableNames() const { return names_; }
  // Whether a förbund of the selection has something in the report.
  bool Concerns(size_t forbund) const { return concerns_[forbund]; }

 private:
  // Lists the rows known as of the moment whose time meets the period.
  void FindRows(const ForbundFacts& facts);
  void AddFacts(size_t forbund);
  void AddFact(size_t forbund, const Fact& fact, int32_t entry_day,
               int32_t exit_day);
  void AddCounts(size_t forbund);
  void AddCount(size_t forbund, const CountVersion& count);
  void AddUnreadable(size_t forbund);

  const CodeTables& codes_;
  const Selection& selection_;
  ReportDays days_;
  WholeYears years_;
  Breakdown& breakdown_;
  Cells& cells_;
  FlowCells& flows_;
  IndicatorReader reader_;
  Individuals individuals_;
  std::vector<std::string> names_;
  std::vector<bool> concerns_;  // By förbund of the selection.
  // Of the förbund and the fact at hand; members to spare their allocation.
  std::vector<uint32_t> rows_;
  std::vector<Indicator> indicators_;
  IndicatorBytes indicator_bytes_;
  std::vector<BlockNumber> blocks_;
};

}  // namespace stegvis::outcome
