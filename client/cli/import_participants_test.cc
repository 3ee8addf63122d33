#include "client/cli/import_participants.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "client/cli/import_counts.h"
#include "client/cli/import_forbund.h"
#include "client/cli/import_insatser.h"

namespace stegvis::cli {
namespace {

using ::testing::Contains;
using ::testing::Not;

TEST(ParticipantColumn, FollowsThePathOfTheServer) {
  const RowTrace none;
  const auto column = [&](const char* path) {
    return ParticipantColumn(path, none);
  };
  EXPECT_EQ(column("insats"), "insats");
  EXPECT_EQ(column("registration.person.person_number"), "personnummer");
  EXPECT_EQ(column("registration.consent.signed_date"), "samtycke");
  EXPECT_EQ(column("registration.consent"), "samtycke");
  EXPECT_EQ(column("registration.entry.situation.supports[0].source"),
            "in_forsorjning");
  EXPECT_EQ(column("registration.entry.situation.work_hours"), "in_arbete");
  EXPECT_EQ(column("registration.exit.situation.seeking"), "ut_arbetssokande");
  EXPECT_EQ(column("registration.exit.end_reason"), "avslutsanledning");
  EXPECT_EQ(column("registration.follow_ups[6].date"), "uppf6_datum");
  EXPECT_EQ(column("registration.follow_ups[12].situation.supports[1].source"),
            "uppf12_forsorjning");
  EXPECT_EQ(column("registered_time"), "registrerad");
}

TEST(ParticipantColumn, IsTheRowWhenTheFaultIsOfTheWhole) {
  EXPECT_EQ(ParticipantColumn("", {}), "raden");
  EXPECT_EQ(ParticipantColumn("from.the.future", {}), "raden");
}

TEST(ParticipantColumn, NamesTheQuestionOfAnAnswer) {
  const RowTrace trace{{"fraga:Barn?", "fraga:Bil?"}, {"fraga:Nöjd?"}, {}};
  EXPECT_EQ(ParticipantColumn("registration.entry.answers[1].value", trace),
            "fraga:Bil?");
  EXPECT_EQ(ParticipantColumn("registration.exit.answers[0].value", trace),
            "fraga:Nöjd?");
}

TEST(ParticipantColumn, IsTheFirstFollowUpWhenTheFaultIsOfAllOfThem) {
  const auto column = [](std::vector<std::string> follow_ups) {
    return ParticipantColumn("registration.follow_ups",
                             {{}, {}, std::move(follow_ups)});
  };
  EXPECT_EQ(column({"uppf6_datum", "uppf12_datum"}), "uppf6_datum");
  EXPECT_EQ(column({"uppf12_datum"}), "uppf12_datum");
}

TEST(OtherColumns, FollowThePathsOfTheServer) {
  EXPECT_EQ(InsatsColumn("insats.target_groups[2]", {}), "malgrupp");
  EXPECT_EQ(InsatsColumn("insats.registration_method", {}), "metod");
  EXPECT_EQ(CountColumn("count.men", {}), "man");
  EXPECT_EQ(CountColumn("count.kind", {}), "typ");
  EXPECT_EQ(ForbundColumn("forbund.kommuner[0].code", {}), "kommuner");
}

TEST(ParticipantColumns, HaveRegisteredOnlyInMigrations) {
  EXPECT_THAT(ParticipantColumns(), Contains("uppf12_arbetssokande"));
  EXPECT_THAT(ParticipantColumns(), Not(Contains("registrerad")));
}

}  // namespace
}  // namespace stegvis::cli
