#include "client/cli/report_walk.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace stegvis::cli {
namespace {

void Participants(const v1::Participants& people, FigureSink& out) {
  constexpr char kPart[] = "participants";
  out.Count(kPart, "", "started", people.started());
  out.Count(kPart, "", "ongoing", people.ongoing());
  out.Count(kPart, "", "ended", people.ended());
  out.Count(kPart, "", "base", people.base());
  out.Count(kPart, "", "individuals", people.individuals());
  out.Count(kPart, "", "anonymous", people.anonymous());
  out.Count(kPart, "", "volume", people.volume());
  out.Count(kPart, "", "structuralVolume", people.structural_volume());
  out.Count(kPart, "", "registered", people.registered());
  out.Number(kPart, "", "unreadable",
             {Figure::State::kKnown, static_cast<double>(people.unreadable())});
  out.Number(kPart, "", "coverage", CoverageOf(people));
}

void Occupation(const v1::OccupationRow& row, const v1::Participants& people,
                FigureSink& out) {
  constexpr char kPart[] = "occupation";
  const auto share = [&](absl::string_view measure, bool has, double value,
                         const v1::PeopleCount& count) {
    out.Number(kPart, row.key(), measure,
               Derived(has, value, {&count, &people.base()}));
  };
  const auto bound = [&](absl::string_view measure, bool has, double value) {
    out.Number(kPart, row.key(), measure,
               BoundOf(has, value, row.after(), people));
  };
  out.Count(kPart, row.key(), "before", row.before());
  out.Count(kPart, row.key(), "after", row.after());
  share("shareBefore", row.has_share_before(), row.share_before(),
        row.before());
  share("shareAfter", row.has_share_after(), row.share_after(), row.after());
  share("shareAfterLow", row.has_share_after_low(), row.share_after_low(),
        row.after());
  share("shareAfterHigh", row.has_share_after_high(), row.share_after_high(),
        row.after());
  bound("shareAfterIfOthersFailed", row.has_share_after_if_others_failed(),
        row.share_after_if_others_failed());
  bound("shareAfterIfOthersSucceeded",
        row.has_share_after_if_others_succeeded(),
        row.share_after_if_others_succeeded());
}

void BeganOrIncreased(const v1::BeganOrIncreased& began, FigureSink& out) {
  constexpr char kPart[] = "beganOrIncreased";
  out.Count(kPart, "", "workOrStudyAfter", began.work_or_study_after());
  out.Count(kPart, "", "began", began.began());
  out.Count(kPart, "", "increased", began.increased());
}

void Support(absl::string_view part, const v1::SupportRow& row,
             const v1::PeopleCount& base, FigureSink& out) {
  out.Count(part, row.key(), "before", row.before());
  out.Count(part, row.key(), "after", row.after());
  out.Count(part, row.key(), "change", row.change());
  out.Number(part, row.key(), "changePercent",
             Derived(row.has_change_percent(), row.change_percent(),
                     {&row.before(), &row.after()}));
  out.Number(part, row.key(), "changePercentagePoints",
             Derived(row.has_change_percentage_points(),
                     row.change_percentage_points(),
                     {&row.before(), &row.after(), &base}));
}

void FollowUp(const v1::FollowUpRow& row, FigureSink& out) {
  constexpr char kPart[] = "followUp";
  const std::string key = absl::StrCat(row.months());
  out.Count(kPart, key, "due", row.due());
  out.Count(kPart, key, "answered", row.answered());
  out.Count(kPart, key, "workOrStudy", row.work_or_study());
  out.Count(kPart, key, "seeking", row.seeking());
  out.Count(kPart, key, "other", row.other());
}

// `Block` is the report or a row of a breakdown: both have these parts.
template <typename Block>
void Walk(const Block& block, FigureSink& out) {
  const v1::Participants& people = block.participants();
  Participants(people, out);
  for (const auto& row : block.occupation()) Occupation(row, people, out);
  if (block.has_began_or_increased() || !block.occupation().empty()) {
    BeganOrIncreased(block.began_or_increased(), out);
  }
  for (const auto& row : block.support()) {
    Support("support", row, people.base(), out);
  }
  for (const auto& row : block.support_groups()) {
    Support("supportGroups", row, people.base(), out);
  }
  for (const auto& row : block.follow_up()) FollowUp(row, out);
}

}  // namespace

void WalkBlock(const v1::OutcomeReport& report, FigureSink& sink) {
  Walk(report, sink);
}

void WalkBlock(const v1::BreakdownRow& row, FigureSink& sink) {
  Walk(row, sink);
}

}  // namespace stegvis::cli
