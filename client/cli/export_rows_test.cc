#include "client/cli/export_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace stegvis::cli {
namespace {

using ::testing::ElementsAre;

class ExportRowsTest : public ::testing::Test {
 protected:
  ExportRowsTest() {
    names_.forbund = "Exempel";
    names_.insatser["forbund/1/insatser/2"] = "Team";
    v1::Question& both = *questions_.add_questions();
    both.set_name("q1");
    both.set_text("Barn?");
    both.set_asked_entry(true);
    both.set_asked_exit(true);
  }

  // The field of a participant row in that column.
  std::string Field(const v1::ParticipationRow& row,
                    const std::string& column) const {
    const auto header = ParticipantHeader(questions_, /*registered=*/true);
    const auto fields =
        ParticipantFields(row, names_, questions_, /*registered=*/true);
    EXPECT_EQ(header.size(), fields.size());
    const auto place = std::find(header.begin(), header.end(), column);
    EXPECT_NE(place, header.end()) << column;
    return fields[static_cast<size_t>(place - header.begin())];
  }

  ExportNames names_;
  v1::ListQuestionsResponse questions_;
};

TEST_F(ExportRowsTest, ParticipantsStandInTheColumnsOfTheImport) {
  v1::ParticipationRow row;
  row.set_insats("forbund/1/insatser/2");
  v1::Entry& entry = *row.mutable_registration()->mutable_entry();
  entry.set_date("2026-01-12");
  entry.mutable_situation()->set_work_hours(12.5);
  v1::Support& support = *entry.mutable_situation()->add_supports();
  support.set_source("sjukpenning");
  support.set_extent_percent(50);
  entry.mutable_situation()->add_supports()->set_source("a_kassa");
  v1::Answer& answer = *entry.add_answers();
  answer.set_question("q1");
  answer.set_value("ja");
  v1::FollowUp& follow_up = *row.mutable_registration()->add_follow_ups();
  follow_up.set_months(12);
  follow_up.set_date("2027-06-30");

  EXPECT_EQ(Field(row, "forbund"), "Exempel");
  EXPECT_EQ(Field(row, "insats"), "Team");
  EXPECT_EQ(Field(row, "in_forsorjning"), "sjukpenning:50|a_kassa");
  EXPECT_EQ(Field(row, "in_arbete"), "12.5");
  EXPECT_EQ(Field(row, "in_arbetssokande"), "nej");
  EXPECT_EQ(Field(row, "manader_i_forsorjning"), "");
  EXPECT_EQ(Field(row, "fraga:Barn?"), "ja");
  EXPECT_EQ(Field(row, "fraga_ut:Barn?"), "");
  EXPECT_EQ(Field(row, "uppf6_datum"), "");
  EXPECT_EQ(Field(row, "uppf12_datum"), "2027-06-30");
}

// The import refuses fields of the exit without its date.
TEST_F(ExportRowsTest, OngoingParticipationsHaveNothingOfTheExit) {
  const v1::ParticipationRow row;
  for (const char* column :
       {"ut_datum", "avslutsanledning", "ut_forsorjning", "ut_arbete",
        "ut_studier", "ut_arbetssokande", "uppf6_arbetssokande"}) {
    EXPECT_EQ(Field(row, column), "") << column;
  }
}

TEST_F(ExportRowsTest, CountsGiveTheTotalOnlyWithoutSexes) {
  v1::Count count;
  count.set_name("forbund/1/insatser/2/counts/volume-2020");
  count.set_kind(v1::COUNT_KIND_VOLUME);
  count.set_year(2020);
  count.set_total(5);
  EXPECT_THAT(CountFields(count, names_, /*registered=*/false),
              ElementsAre("Exempel", "Team", "volym", "2020", "", "", "5"));

  count.set_women(3);
  count.set_men(2);
  EXPECT_THAT(CountFields(count, names_, /*registered=*/false),
              ElementsAre("Exempel", "Team", "volym", "2020", "3", "2", ""));
}

}  // namespace
}  // namespace stegvis::cli
