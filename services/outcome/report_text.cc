#include "services/outcome/report_text.h"

#include <optional>
#include <utility>

#include "absl/strings/str_cat.h"

namespace stegvis::outcome {
namespace {

std::string NumberText(const std::optional<int64_t>& number) {
  return number.has_value() ? absl::StrCat(*number) : std::string("-");
}

// The lines of a text, each under what it is about.
class Lines {
 public:
  void Add(absl::string_view key, const PeopleCount& count) {
    if (count == PeopleCount()) return;
    absl::StrAppend(&text_, about_, key, ": ", count.total, " ",
                    NumberText(count.women), " ", NumberText(count.men), "\n");
  }
  void Add(absl::string_view key, const std::optional<PeopleCount>& count) {
    if (count.has_value()) Add(key, *count);
  }
  void Add(absl::string_view key, int64_t number) {
    if (number != 0) absl::StrAppend(&text_, about_, key, ": ", number, "\n");
  }
  void SetAbout(std::string about) { about_ = std::move(about); }

  std::string Take() && { return std::move(text_); }

 private:
  std::string about_;
  std::string text_;
};

void AddParticipants(const Participants& participants, Lines& lines) {
  lines.Add("started", participants.started);
  lines.Add("ongoing", participants.ongoing);
  lines.Add("ended", participants.ended);
  lines.Add("base", participants.base);
  lines.Add("individuals", participants.individuals);
  lines.Add("anonymous", participants.anonymous);
  lines.Add("volume", participants.volume);
  lines.Add("structural_volume", participants.structural_volume);
  lines.Add("registered", participants.registered);
  lines.Add("unreadable", participants.unreadable);
}

void AddSupport(absl::string_view what, const std::vector<SupportRow>& rows,
                Lines& lines) {
  for (const SupportRow& row : rows) {
    const std::string key = absl::StrCat(what, " ", row.key, " ");
    lines.Add(absl::StrCat(key, "before"), row.before);
    lines.Add(absl::StrCat(key, "after"), row.after);
  }
}

void AddFollowUp(const std::vector<FollowUpRow>& rows, Lines& lines) {
  for (const FollowUpRow& row : rows) {
    const std::string key = absl::StrCat("follow_up ", row.months, " ");
    lines.Add(absl::StrCat(key, "due"), row.due);
    lines.Add(absl::StrCat(key, "answered"), row.answered);
    lines.Add(absl::StrCat(key, "work_or_study"), row.work_or_study);
    lines.Add(absl::StrCat(key, "seeking"), row.seeking);
    lines.Add(absl::StrCat(key, "other"), row.other);
  }
}

void AddBlock(const Block& block, Lines& lines) {
  AddParticipants(block.participants, lines);
  for (const OccupationRow& row : block.occupation) {
    lines.Add(absl::StrCat("occupation ", row.key, " before"), row.before);
    lines.Add(absl::StrCat("occupation ", row.key, " after"), row.after);
  }
  const BeganOrIncreased& began = block.began_or_increased;
  lines.Add("work_or_study_after", began.work_or_study_after);
  lines.Add("began", began.began);
  lines.Add("increased", began.increased);
  AddSupport("support", block.support, lines);
  AddSupport("support_group", block.support_groups, lines);
  AddFollowUp(block.follow_up, lines);
}

std::string AboutRow(const BreakdownRow& row) {
  return absl::StrCat(DimensionName(row.dimension), " ", row.value, " ");
}

}  // namespace

ReportRequest YearOf(std::vector<ForbundId> forbund, int year,
                     absl::Time as_of) {
  return ReportRequest{.forbund = std::move(forbund),
                       .forbund_named = true,
                       .from = Day::FirstOfYear(year),
                       .to = Day::LastOfYear(year),
                       .filters = {},
                       .breakdowns = {Dimension::kForbund},
                       .excluded_end_reasons = {},
                       .as_of = as_of};
}

std::string TextOfCounts(const OutcomeReport& report) {
  Lines lines;
  AddBlock(report.whole, lines);
  for (const FlowRow& row : report.flows) {
    lines.Add(absl::StrCat("flow ", row.from, " ", row.to), row.count);
  }
  for (const BreakdownRow& row : report.breakdowns) {
    lines.SetAbout(AboutRow(row));
    AddBlock(row.block, lines);
  }
  return std::move(lines).Take();
}

std::string TextOfRegistered(const OutcomeReport& report) {
  Lines lines;
  lines.Add("registered", report.whole.participants.registered);
  for (const BreakdownRow& row : report.breakdowns) {
    lines.SetAbout(AboutRow(row));
    lines.Add("registered", row.block.participants.registered);
  }
  return std::move(lines).Take();
}

}  // namespace stegvis::outcome
