#include "client/cli/report_csv.h"

#include <cstdio>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "client/cli/csv_writer.h"

namespace stegvis::cli {
namespace {

// Writes the rows of one block: the whole report or a row of a breakdown.
class BlockWriter {
 public:
  BlockWriter(std::string dimension, std::string value, std::string forbund,
              std::ostream& out)
      : dimension_(std::move(dimension)),
        value_(std::move(value)),
        forbund_(std::move(forbund)),
        out_(out) {}

  void Count(absl::string_view block, absl::string_view key,
             absl::string_view measure, const v1::PeopleCount& count) {
    Row(block, key, measure,
        count.has_total() ? absl::StrCat(count.total()) : "",
        count.has_women() ? absl::StrCat(count.women()) : "",
        count.has_men() ? absl::StrCat(count.men()) : "", "");
  }

  void Number(absl::string_view block, absl::string_view key,
              absl::string_view measure, bool known, double number) {
    // As many digits as tell every double from its neighbours.
    Row(block, key, measure, "", "", "",
        known ? absl::StrFormat("%.17g", number) : "");
  }

 private:
  void Row(absl::string_view block, absl::string_view key,
           absl::string_view measure, std::string total, std::string women,
           std::string men, std::string number) {
    WriteCsvRow({std::string(block), dimension_, value_, forbund_,
                 std::string(key), std::string(measure), std::move(total),
                 std::move(women), std::move(men), std::move(number)},
                out_);
  }

  const std::string dimension_, value_, forbund_;
  std::ostream& out_;
};

void Participants(const v1::Participants& people, BlockWriter& out) {
  constexpr char kBlock[] = "participants";
  out.Count(kBlock, "", "started", people.started());
  out.Count(kBlock, "", "ongoing", people.ongoing());
  out.Count(kBlock, "", "ended", people.ended());
  out.Count(kBlock, "", "base", people.base());
  out.Count(kBlock, "", "individuals", people.individuals());
  out.Count(kBlock, "", "anonymous", people.anonymous());
  out.Count(kBlock, "", "volume", people.volume());
  out.Count(kBlock, "", "structuralVolume", people.structural_volume());
  out.Count(kBlock, "", "registered", people.registered());
  out.Number(kBlock, "", "unreadable", true, people.unreadable());
  out.Number(kBlock, "", "coverage", people.has_coverage(), people.coverage());
}

void Occupation(const v1::OccupationRow& row, BlockWriter& out) {
  constexpr char kBlock[] = "occupation";
  out.Count(kBlock, row.key(), "before", row.before());
  out.Count(kBlock, row.key(), "after", row.after());
  out.Number(kBlock, row.key(), "shareBefore", row.has_share_before(),
             row.share_before());
  out.Number(kBlock, row.key(), "shareAfter", row.has_share_after(),
             row.share_after());
  out.Number(kBlock, row.key(), "shareAfterLow", row.has_share_after_low(),
             row.share_after_low());
  out.Number(kBlock, row.key(), "shareAfterHigh", row.has_share_after_high(),
             row.share_after_high());
}

void BeganOrIncreased(const v1::BeganOrIncreased& began, BlockWriter& out) {
  constexpr char kBlock[] = "beganOrIncreased";
  out.Count(kBlock, "", "workOrStudyAfter", began.work_or_study_after());
  out.Count(kBlock, "", "began", began.began());
  out.Count(kBlock, "", "increased", began.increased());
}

void Support(absl::string_view block, const v1::SupportRow& row,
             BlockWriter& out) {
  out.Count(block, row.key(), "before", row.before());
  out.Count(block, row.key(), "after", row.after());
  out.Count(block, row.key(), "change", row.change());
  out.Number(block, row.key(), "changePercent", row.has_change_percent(),
             row.change_percent());
  out.Number(block, row.key(), "changePercentagePoints",
             row.has_change_percentage_points(),
             row.change_percentage_points());
}

void FollowUp(const v1::FollowUpRow& row, BlockWriter& out) {
  constexpr char kBlock[] = "followUp";
  const std::string key = absl::StrCat(row.months());
  out.Count(kBlock, key, "due", row.due());
  out.Count(kBlock, key, "answered", row.answered());
  out.Count(kBlock, key, "workOrStudy", row.work_or_study());
  out.Count(kBlock, key, "seeking", row.seeking());
  out.Count(kBlock, key, "other", row.other());
}

// `Block` is the report or a row of a breakdown: both have these parts.
template <typename Block>
void WriteBlock(const Block& block, BlockWriter& out) {
  Participants(block.participants(), out);
  for (const auto& row : block.occupation()) Occupation(row, out);
  BeganOrIncreased(block.began_or_increased(), out);
  for (const auto& row : block.support()) Support("support", row, out);
  for (const auto& row : block.support_groups()) {
    Support("supportGroups", row, out);
  }
  for (const auto& row : block.follow_up()) FollowUp(row, out);
}

}  // namespace

void WriteReportCsv(const v1::OutcomeReport& report, std::ostream& out) {
  WriteCsvRow({"block", "dimension", "value", "forbund", "key", "measure",
               "total", "women", "men", "number"},
              out);
  BlockWriter whole("", "", "", out);
  WriteBlock(report, whole);
  for (const v1::Flow& flow : report.flows()) {
    whole.Count("flows", absl::StrCat(flow.from(), ">", flow.to()), "count",
                flow.count());
  }
  for (const v1::BreakdownRow& row : report.breakdowns()) {
    BlockWriter writer(row.dimension(), row.value(), row.forbund(), out);
    WriteBlock(row, writer);
  }
}

}  // namespace stegvis::cli
