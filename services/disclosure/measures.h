// What is counted in a block of a report, as a list of measures: so that the
// relations of a block can be told once for all blocks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// The number of a measure.
using Measure = size_t;

inline constexpr Measure kStarted = 0;
inline constexpr Measure kOngoing = 1;
inline constexpr Measure kBase =
    2;  // And ended, which is the same in a release.
inline constexpr Measure kIndividuals = 3;
inline constexpr Measure kAnonymous = 4;
inline constexpr Measure kVolume = 5;
inline constexpr Measure kStructuralVolume = 6;
inline constexpr Measure kRegistered = 7;
inline constexpr Measure kBegan = 8;
inline constexpr Measure kIncreased = 9;
// Printed nowhere: in work or studies after and before,
inline constexpr Measure kKept = 10;
// and of those, the ones whose hours did not grow.
inline constexpr Measure kUnchanged = 11;
// Occupation, in the order of the report's rows.
inline constexpr Measure kWorkOrStudy = 0;
inline constexpr Measure kWork = 1;
inline constexpr Measure kStudy = 2;
inline constexpr Measure kSeeking = 3;
inline constexpr Measure kOther = 4;
inline constexpr Measure kOccupations = 5;
inline constexpr Measure kOccupationBefore = 12;
inline constexpr Measure kOccupationAfter = kOccupationBefore + kOccupations;
// Follow-ups; the last two are printed nowhere: due, and not answered; in the
// base, and not due.
inline constexpr Measure kDue = 0;
inline constexpr Measure kAnswered = 1;
inline constexpr Measure kAnsweredWorkOrStudy = 2;
inline constexpr Measure kAnsweredSeeking = 3;
inline constexpr Measure kAnsweredOther = 4;
inline constexpr Measure kUnanswered = 5;
inline constexpr Measure kNotDue = 6;
inline constexpr Measure kFollowUpMeasures = 7;
inline constexpr Measure kMonth6 = kOccupationAfter + kOccupations;
inline constexpr Measure kMonth12 = kMonth6 + kFollowUpMeasures;
inline constexpr Measure kFirstOfSupport = kMonth12 + kFollowUpMeasures;

// The measures of one report or of several together.
class Measures {
 public:
  // All sources and groups that stand in one of `reports`.
  explicit Measures(const std::vector<const outcome::OutcomeReport*>& reports);

  size_t Size() const { return kFirstOfSupport + 2 * support_.size(); }

  // A source or a group of support.
  struct Support {
    std::string key;
    std::string group;  // Of a source; empty for a group.
    bool is_group = false;
  };
  const std::vector<Support>& SupportKeys() const { return support_; }
  Measure Before(size_t support) const { return kFirstOfSupport + 2 * support; }
  Measure After(size_t support) const { return Before(support) + 1; }
  // The number of a source or group in SupportKeys.
  std::optional<size_t> Find(const std::string& key, bool is_group) const;
  // The sources of a group; none of ANY_PUBLIC, which groups make up.
  std::vector<size_t> SourcesIn(size_t group) const;
  // Whether people with this source have no other: it is in no group that is
  // shown.
  bool StandsAlone(size_t support) const;

  // `participants.base`, `support.sjukpenning.before` …
  std::string Name(Measure measure) const;
  // Whether the measure counts people without a person.
  static bool IsUnnamed(Measure measure) {
    return measure >= kAnonymous && measure <= kRegistered;
  }

  // Every measure of `block`; nothing where the block does not have it. What
  // the block does not list is 0.
  std::vector<std::optional<outcome::PeopleCount>> CountsOf(
      const outcome::Block& block) const;

 private:
  void Add(const std::vector<outcome::SupportRow>& rows, bool is_group);

  std::vector<Support> support_;
};

}  // namespace stegvis::disclosure
