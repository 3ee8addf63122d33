// The outcome report as values: sums of cells, and formulas over them.
// Definitions: domain.md section 5.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/base/day.h"
#include "services/base/ids.h"

namespace stegvis::outcome {

// The version of domain.md's section 5 that outcome reports follow. Whoever
// changes what a figure means gives it another number.
inline constexpr int kDefinitionsVersion = 1;

// The dimensions of a breakdown, in the order reports list them.
enum class Dimension : uint8_t {
  kSex,
  kAgeGroup,
  kEducation,
  kReferredBy,
  kMonthsOnSupport,
  kFocus,
  kTargetGroup,
  kInsats,
  kForbund,
  kKommun,
  kYear,
  kEndReason,
};
inline constexpr int kDimensions = 12;

// `SEX`, `AGE_GROUP` …; the inverse gives nothing for other texts.
std::string DimensionName(Dimension dimension);
std::optional<Dimension> DimensionNamed(const std::string& name);

// One condition of a selection; conditions on the same dimension mean or.
struct Filter {
  Dimension dimension;
  std::string value;
};

struct ReportRequest {
  std::vector<ForbundId> forbund;  // Never empty.
  // They were asked for by name, so the report lists them all. Else they are
  // those the caller may see, and it lists the ones it concerns: whose period
  // meets its own, or who have something in it.
  bool forbund_named = true;
  Day from;
  Day to;
  std::vector<Filter> filters;
  std::vector<Dimension> breakdowns;
  std::vector<std::string> excluded_end_reasons;
  absl::Time as_of;
};

// People by sex. Women and men are absent where no sex is known.
struct PeopleCount {
  int64_t total = 0;
  std::optional<int64_t> women = 0;
  std::optional<int64_t> men = 0;

  friend bool operator==(const PeopleCount&, const PeopleCount&) = default;
};

// The parts of a report. `Count` is a PeopleCount, or what of it may be
// published.
template <typename Count>
struct ParticipantsOf {
  Count started, ongoing, ended, base, individuals;
  std::optional<Count> anonymous, volume, structural_volume, registered;
  int64_t unreadable = 0;
  std::optional<double> coverage;
};

template <typename Count>
struct OccupationRowOf {
  std::string key;
  Count before, after;
  std::optional<double> share_before, share_after;
  std::optional<double> share_after_low, share_after_high;
  // If of those without a person none, or all, were in this class. Absent where
  // coverage is, and without a base.
  std::optional<double> share_after_if_others_failed;
  std::optional<double> share_after_if_others_succeeded;
};

template <typename Count>
struct BeganOrIncreasedOf {
  Count work_or_study_after, began, increased;
};

template <typename Count>
struct SupportRowOf {
  std::string key;
  std::string group;
  Count before, after, change;
  std::optional<double> change_percent, change_percentage_points;
};

// The targets of a flow that are no source of support.
inline constexpr char kWorkTarget[] = "WORK";
inline constexpr char kStudyTarget[] = "STUDY";

template <typename Count>
struct FlowRowOf {
  std::string from;
  std::string to;
  Count count;
};

template <typename Count>
struct FollowUpRowOf {
  int months = 0;
  Count due, answered, work_or_study, seeking, other;
};

// What the whole report and each row of a breakdown hold.
template <typename Count>
struct BlockOf {
  ParticipantsOf<Count> participants;
  std::vector<OccupationRowOf<Count>> occupation;
  BeganOrIncreasedOf<Count> began_or_increased;
  std::vector<SupportRowOf<Count>> support;
  std::vector<SupportRowOf<Count>> support_groups;
  std::vector<FollowUpRowOf<Count>> follow_up;
};

template <typename Count>
struct BreakdownRowOf {
  Dimension dimension;
  std::string value;    // Empty where it is unknown.
  std::string forbund;  // For kInsats in a report of several förbund.
  BlockOf<Count> block;
};

template <typename Count>
struct ReportOf {
  std::vector<std::string> forbund;
  Day from;
  Day to;
  absl::Time as_of;
  std::vector<std::string> excluded_end_reasons;
  std::vector<Filter> filters;
  BlockOf<Count> whole;
  std::vector<FlowRowOf<Count>> flows;
  std::vector<BreakdownRowOf<Count>> breakdowns;
  int64_t feed_position = 0;
  int code_list_version = 0;
  std::vector<std::string> unreadable_records;
};

using Participants = ParticipantsOf<PeopleCount>;
using OccupationRow = OccupationRowOf<PeopleCount>;
using BeganOrIncreased = BeganOrIncreasedOf<PeopleCount>;
using SupportRow = SupportRowOf<PeopleCount>;
using FlowRow = FlowRowOf<PeopleCount>;
using FollowUpRow = FollowUpRowOf<PeopleCount>;
using Block = BlockOf<PeopleCount>;
using BreakdownRow = BreakdownRowOf<PeopleCount>;
using OutcomeReport = ReportOf<PeopleCount>;

}  // namespace stegvis::outcome
