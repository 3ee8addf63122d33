// The indicators of a report: what a fact adds one to. Definitions: domain.md
// section 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/base/day.h"
#include "services/outcome/code_tables.h"
#include "services/outcome/fact.h"

namespace stegvis::outcome {

// The number of an indicator in a block of cells.
using Indicator = uint16_t;

inline constexpr Indicator kStarted = 0;
inline constexpr Indicator kOngoing = 1;
inline constexpr Indicator kEnded = 2;
inline constexpr Indicator kBase = 3;
inline constexpr Indicator kIndividuals = 4;
inline constexpr Indicator kBegan = 5;
inline constexpr Indicator kIncreased = 6;

// Occupation: from here on, before and after, one for each key.
enum class OccupationKey : uint8_t {
  kWorkOrStudy,
  kWork,
  kStudy,
  kSeeking,
  kOther,
};
inline constexpr Indicator kOccupationKeys = 5;
inline constexpr Indicator kOccupationBefore = 7;
inline constexpr Indicator kOccupationAfter = 12;

// Follow-ups: due and answered, then the classes of those who answered.
inline constexpr Indicator kMonth6 = 17;
inline constexpr Indicator kMonth12 = 22;
inline constexpr Indicator kDue = 0;
inline constexpr Indicator kAnswered = 1;
inline constexpr Indicator kAnsweredClass = 2;  // + OccupationClass

inline constexpr Indicator kFirstOfSupport = 27;

// Where the indicators of support stand, which depends on the code lists.
class SupportLayout {
 public:
  explicit SupportLayout(const CodeTables& codes)
      : sources_(codes.Sources()), groups_(codes.GroupKeys().size()) {}

  Indicator SourceBefore(size_t source) const { return At(source); }
  Indicator SourceAfter(size_t source) const { return At(sources_ + source); }
  Indicator GroupBefore(size_t group) const { return At(2 * sources_ + group); }
  Indicator GroupAfter(size_t group) const {
    return At(2 * sources_ + groups_ + group);
  }
  // How many indicators there are in all.
  size_t Width() const { return kFirstOfSupport + 2 * (sources_ + groups_); }

 private:
  static Indicator At(size_t place) {
    return static_cast<Indicator>(kFirstOfSupport + place);
  }

  size_t sources_;
  size_t groups_;
};

// A period and the day of a report, as numbers of days.
struct ReportDays {
  int32_t from = 0;
  int32_t to = 0;
  // The last day of exit whose follow-up is due on the as-of day.
  int32_t last_due_6 = 0;
  int32_t last_due_12 = 0;
};
ReportDays MakeReportDays(Day from, Day to, Day as_of);

// Which of the moments of a participation lie in the period. No fact of an end
// reason that is excluded from statistics has any.
struct Moments {
  bool started = false;
  bool ongoing = false;
  bool ended = false;
  bool base = false;

  bool Any() const { return started || ongoing || ended; }
};
Moments MomentsOf(int32_t entry_day, int32_t exit_day, bool excluded_from_base,
                  const ReportDays& days);

// Lists the indicators of facts. Each participation in the base counts as an
// individual; see Individuals.
class IndicatorReader {
 public:
  // `codes` must outlive it.
  IndicatorReader(const CodeTables& codes, const ReportDays& days)
      : codes_(codes), layout_(codes), days_(days) {}

  // Replaces `indicators` by those of `fact`, which left on `exit_day`.
  void Read(const Fact& fact, int32_t exit_day, const Moments& moments,
            std::vector<Indicator>& indicators) const;

  const SupportLayout& Layout() const { return layout_; }

 private:
  void ReadSupport(const Fact& fact, std::vector<Indicator>& indicators) const;
  void ReadFollowUps(const Fact& fact, int32_t exit_day,
                     std::vector<Indicator>& indicators) const;

  const CodeTables& codes_;
  SupportLayout layout_;
  ReportDays days_;
};

}  // namespace stegvis::outcome
