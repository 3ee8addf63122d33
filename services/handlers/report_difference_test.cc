#include "services/handlers/report_difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace stegvis::handlers {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void SetCount(v1::PeopleCount& count, int total, int women, int men) {
  count.set_total(total);
  count.set_women(women);
  count.set_men(men);
}

v1::OutcomeReport AReport() {
  v1::OutcomeReport report;
  SetCount(*report.mutable_participants()->mutable_base(), 10, 6, 4);
  report.mutable_participants()->set_coverage(0.7);
  v1::SupportRow& support = *report.add_support();
  support.set_key("sjukpenning");
  SetCount(*support.mutable_before(), 4, 2, 2);
  SetCount(*support.mutable_after(), 2, 1, 1);
  SetCount(*support.mutable_change(), -2, -1, -1);
  v1::BreakdownRow& row = *report.add_breakdowns();
  row.set_dimension("AGE_GROUP");
  row.set_value("20-24");
  SetCount(*row.mutable_participants()->mutable_base(), 3, 2, 1);
  v1::FollowUpRow& follow_up = *row.add_follow_up();
  follow_up.set_months(6);
  SetCount(*follow_up.mutable_due(), 3, 2, 1);
  return report;
}

// `block;dimension;value;key;measure;column: before→after`.
std::vector<std::string> Texts(const std::vector<v1::CellChange>& changes) {
  std::vector<std::string> texts;
  for (const v1::CellChange& cell : changes) {
    texts.push_back(absl::StrCat(
        cell.block(), ";", cell.dimension(), ";", cell.value(), ";", cell.key(),
        ";", cell.measure(), ";", cell.column(), ": ",
        cell.has_before() ? absl::StrCat(cell.before()) : "-", "→",
        cell.has_after() ? absl::StrCat(cell.after()) : "-"));
  }
  return texts;
}

TEST(CellsThatDiffer, AreNoneOfTheSameReport) {
  EXPECT_THAT(CellsThatDiffer(AReport(), AReport()), IsEmpty());
}

TEST(CellsThatDiffer, AreNamedAsInTheCsvForm) {
  v1::OutcomeReport after = AReport();
  SetCount(*after.mutable_participants()->mutable_base(), 11, 7, 4);
  after.mutable_support(0)->mutable_after()->set_women(2);
  after.mutable_support(0)->mutable_after()->set_total(3);
  after.mutable_breakdowns(0)->mutable_follow_up(0)->mutable_due()->set_men(0);

  EXPECT_THAT(Texts(CellsThatDiffer(AReport(), after)),
              ElementsAre("participants;;;;base;total: 10→11",
                          "participants;;;;base;women: 6→7",
                          "support;;;sjukpenning;after;total: 2→3",
                          "support;;;sjukpenning;after;women: 1→2",
                          "followUp;AGE_GROUP;20-24;6;due;men: 1→0"));
}

TEST(CellsThatDiffer, OfARowThatIsNewOrGoneHaveOneNumber) {
  v1::OutcomeReport after = AReport();
  v1::Flow& flow = *after.add_flows();
  flow.set_from("sjukpenning");
  flow.set_to("WORK");
  SetCount(*flow.mutable_count(), 2, 2, 0);
  after.mutable_support()->Clear();

  EXPECT_THAT(Texts(CellsThatDiffer(AReport(), after)),
              ElementsAre("support;;;sjukpenning;before;total: 4→-",
                          "support;;;sjukpenning;before;women: 2→-",
                          "support;;;sjukpenning;before;men: 2→-",
                          "support;;;sjukpenning;after;total: 2→-",
                          "support;;;sjukpenning;after;women: 1→-",
                          "support;;;sjukpenning;after;men: 1→-",
                          "flows;;;sjukpenning>WORK;count;total: -→2",
                          "flows;;;sjukpenning>WORK;count;women: -→2"));
}

}  // namespace
}  // namespace stegvis::handlers
