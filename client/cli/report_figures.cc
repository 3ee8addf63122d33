#include "client/cli/report_figures.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "client/cli/number_format.h"

namespace stegvis::cli {
namespace {

using State = Figure::State;

bool IsWithheld(const v1::PeopleCount& count, absl::string_view part) {
  return std::find(count.withheld().begin(), count.withheld().end(), part) !=
         count.withheld().end();
}

Figure PartOf(const v1::PeopleCount& count, absl::string_view part, bool has,
              int value) {
  // What is named as withheld is not told, even if it were there.
  if (IsWithheld(count, part)) return {State::kWithheld};
  if (!has) return {State::kUnknown};
  return {State::kKnown, static_cast<double>(value)};
}

std::string IntervalText(double low, double high) {
  const std::string text = FormatPercent(low);
  return absl::StrCat(absl::StripSuffix(text, " %"), "–", FormatPercent(high));
}

std::string KnownText(Shape shape, double value, double high) {
  const auto whole = static_cast<int64_t>(value);
  switch (shape) {
    case Shape::kText:
      return std::string();
    case Shape::kCount:
      return FormatNumber(whole);
    case Shape::kChange:
      return FormatChange(whole);
    case Shape::kShare:
      return FormatPercent(value);
    case Shape::kPercentChange:
      return FormatPercentChange(value);
    case Shape::kPoints:
      return FormatPoints(value);
    case Shape::kInterval:
      return IntervalText(value, high);
  }
  return std::string();
}

template <typename Block>
bool HoldsBaseAlone(const Block& block) {
  return block.participants().has_base() &&
         !block.participants().has_started() && block.occupation().empty();
}

v1::PeopleCount AllWithheld() {
  v1::PeopleCount count;
  for (const char* part : {"total", "women", "men"}) count.add_withheld(part);
  return count;
}

// Anonymous and volume counts can be told apart by these alone.
bool HoldsCounts(absl::string_view dimension) {
  return dimension == "SEX" || dimension == "FOCUS" ||
         dimension == "TARGET_GROUP" || dimension == "INSATS" ||
         dimension == "FORBUND";
}

void WithholdPeople(bool counts, v1::Participants& people) {
  const v1::PeopleCount withheld = AllWithheld();
  *people.mutable_started() = withheld;
  *people.mutable_ongoing() = withheld;
  *people.mutable_ended() = withheld;
  *people.mutable_individuals() = withheld;
  if (!counts) return;
  *people.mutable_anonymous() = withheld;
  *people.mutable_volume() = withheld;
  *people.mutable_structural_volume() = withheld;
  *people.mutable_registered() = withheld;
}

// The rows of the report, with nothing in them but what is withheld.
void WithholdOutcome(const v1::OutcomeReport& report, v1::BreakdownRow& row) {
  const v1::PeopleCount withheld = AllWithheld();
  const auto occupation = [&](const std::string& key) {
    v1::OccupationRow& made = *row.add_occupation();
    made.set_key(key);
    *made.mutable_before() = *made.mutable_after() = withheld;
  };
  for (const auto& like : report.occupation()) occupation(like.key());
  // Where the whole is withheld too, the table of rows still has this one.
  if (report.occupation().empty()) occupation("ARBETE_ELLER_STUDIER");
  v1::BeganOrIncreased& began = *row.mutable_began_or_increased();
  *began.mutable_work_or_study_after() = *began.mutable_began() =
      *began.mutable_increased() = withheld;
  const auto support = [&](const v1::SupportRow& like, v1::SupportRow& made) {
    made.set_key(like.key());
    made.set_group(like.group());
    *made.mutable_before() = *made.mutable_after() = *made.mutable_change() =
        withheld;
  };
  for (const auto& like : report.support()) support(like, *row.add_support());
  for (const auto& like : report.support_groups()) {
    support(like, *row.add_support_groups());
  }
  if (report.support_groups().empty()) {
    v1::SupportRow any;
    any.set_key("ANY_PUBLIC");
    support(any, *row.add_support_groups());
  }
  for (const v1::FollowUpRow& like : report.follow_up()) {
    v1::FollowUpRow& made = *row.add_follow_up();
    made.set_months(like.months());
    *made.mutable_due() = *made.mutable_answered() =
        *made.mutable_work_or_study() = *made.mutable_seeking() =
            *made.mutable_other() = withheld;
  }
}

}  // namespace

Figure TotalOf(const v1::PeopleCount& count) {
  return PartOf(count, "total", count.has_total(), count.total());
}

Figure WomenOf(const v1::PeopleCount& count) {
  return PartOf(count, "women", count.has_women(), count.women());
}

Figure MenOf(const v1::PeopleCount& count) {
  return PartOf(count, "men", count.has_men(), count.men());
}

Figure Derived(bool has, double value,
               std::initializer_list<const v1::PeopleCount*> counts) {
  if (has) return {State::kKnown, value};
  const bool withheld = std::any_of(
      counts.begin(), counts.end(), [](const v1::PeopleCount* count) {
        return TotalOf(*count).state == State::kWithheld;
      });
  return {withheld ? State::kWithheld : State::kUnknown};
}

Figure ShareOf(const v1::PeopleCount& part, const v1::PeopleCount& whole) {
  const Figure above = TotalOf(part), below = TotalOf(whole);
  const bool has = above.Known() && below.Known() && below.value > 0;
  return Derived(has, has ? above.value / below.value : 0, {&part, &whole});
}

Figure CoverageOf(const v1::Participants& people) {
  if (!people.has_registered()) return {State::kUnknown};
  return Derived(people.has_coverage(), people.coverage(),
                 {&people.started(), &people.registered()});
}

Figure BoundOf(bool has, double value, const v1::PeopleCount& after,
               const v1::Participants& people) {
  if (!people.has_registered()) return {State::kUnknown};
  return Derived(
      has, value,
      {&after, &people.base(), &people.anonymous(), &people.volume()});
}

Figure UnlessTooFew(const Figure& share, const v1::PeopleCount& base,
                    int least) {
  const Figure people = TotalOf(base);
  if (!share.Known() || !people.Known() || people.value >= least) return share;
  return {State::kTooFew};
}

std::string FigureText(Shape shape, const Figure& figure, const Figure& high) {
  switch (figure.state) {
    case State::kUnknown:
      return kUnknownSign;
    case State::kWithheld:
      return kWithheldSign;
    case State::kTooFew:
      return kTooFewText;
    case State::kKnown:
      return KnownText(shape, figure.value, high.value);
  }
  return std::string();
}

bool IsBaseAlone(const v1::OutcomeReport& report) {
  return HoldsBaseAlone(report);
}

bool IsBaseAlone(const v1::BreakdownRow& row) { return HoldsBaseAlone(row); }

v1::OutcomeReport WithWithheldNamed(v1::OutcomeReport report) {
  if (IsBaseAlone(report)) {
    WithholdPeople(/*counts=*/true, *report.mutable_participants());
  }
  for (v1::BreakdownRow& row : *report.mutable_breakdowns()) {
    if (!IsBaseAlone(row)) continue;
    WithholdPeople(HoldsCounts(row.dimension()), *row.mutable_participants());
    WithholdOutcome(report, row);
  }
  return report;
}

}  // namespace stegvis::cli
