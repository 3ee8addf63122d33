// Versions: what was known when, what cannot be read, and what a fact weighs.
#include "services/outcome/fact_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/outcome/make_report.h"
#include "services/outcome/test_world.h"

namespace stegvis::outcome {
namespace {

using testing::AnInsats;
using testing::ARegistration;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::On;
using testing::TestId;

OutcomeReport AsOf(const World& world, absl::Time moment,
                   std::vector<Dimension> breakdowns = {}) {
  ReportRequest request = YearRequest(2020);
  request.as_of = moment;
  request.breakdowns = std::move(breakdowns);
  return world.Report(request);
}

Participants Known(const World& world, absl::string_view day) {
  return AsOf(world, NoonOf(day)).whole.participants;
}

TEST(AsOf, KnowsAVersionFromItsMicrosecondOn) {
  World world;
  world.Register(ARegistration().Of(Woman(1)), "2020-03-03");
  const absl::Time moment = NoonOf("2020-03-03");

  EXPECT_EQ(AsOf(world, moment - absl::Microseconds(1))
                .whole.participants.started.total,
            0);
  EXPECT_EQ(AsOf(world, moment).whole.participants.started.total, 1);
}

TEST(AsOf, KnowsTheVersionBeforeUntilTheNextOneIsKnown) {
  World world;
  const ARegistration ongoing = ARegistration().Of(Woman(1));
  const ParticipationId id = world.Register(ongoing, "2020-03-03");
  world.Correct(id, ARegistration(ongoing).Exiting(On("2020-06-15")),
                "2020-06-16");
  world.Correct(id, ongoing, "2020-07-01");

  EXPECT_EQ(Known(world, "2020-06-15").ended.total, 0);
  EXPECT_EQ(Known(world, "2020-06-16").ended.total, 1);
  EXPECT_EQ(Known(world, "2020-06-30").ended.total, 1);
  EXPECT_EQ(Known(world, "2020-07-01").ended.total, 0);
  EXPECT_EQ(Known(world, "2020-07-01").ongoing.total, 1);
}

TEST(AsOf, KnowsOnlyTheLaterOfTwoVersionsOfOneMoment) {
  World world;
  const ParticipationId id =
      world.Register(ARegistration().Of(Woman(1)), "2020-03-03");
  world.Correct(id, ARegistration().Of(Man(1)), "2020-03-03");

  EXPECT_EQ(Known(world, "2020-03-03").started, (PeopleCount{1, 0, 1}));
}

TEST(AsOf, TakesNumberSexAndAgeAsRecordedThen) {
  World world;
  const ParticipationId id =
      world.Register(ARegistration().Of(Woman(1, "1999-01-01")), "2020-03-03");
  world.Correct(id, ARegistration().Of(Man(1, "1979-01-01")), "2020-04-01");

  const auto age_group = [&](absl::string_view day) {
    return AsOf(world, NoonOf(day), {Dimension::kAgeGroup}).breakdowns[0].value;
  };
  EXPECT_EQ(Known(world, "2020-03-31").started, (PeopleCount{1, 1, 0}));
  EXPECT_EQ(age_group("2020-03-31"), "20-24");
  EXPECT_EQ(Known(world, "2020-04-01").started, (PeopleCount{1, 0, 1}));
  EXPECT_EQ(age_group("2020-04-01"), "40-49");
}

TEST(AsOf, ForgetsAWrongRegistrationOnceItIsKnownToBeOne) {
  World world;
  const ParticipationId id =
      world.Register(ARegistration().Of(Woman(1)), "2020-03-03");
  world.Correct(id,
                ARegistration().Of(Woman(1)).Exiting(
                    testing::ExitOn(On("2020-04-01"), "felregistrering")),
                "2020-04-02");

  EXPECT_EQ(Known(world, "2020-04-01").started.total, 1);
  EXPECT_EQ(Known(world, "2020-04-02").started.total, 0);
}

TEST(AsOf, TakesTitleFocusAndTargetGroupsOfInsatserAsTheyWere) {
  World world;
  world.AddInsats(
      AnInsats().Titled("Ny").Focused("forberedande").For({"ovriga"}).Build(),
      "2020-06-01");
  world.Register(ARegistration().Of(Woman(1)));

  const auto values = [&](absl::string_view day) {
    std::vector<std::string> texts;
    for (const BreakdownRow& row :
         AsOf(world, NoonOf(day),
              {Dimension::kFocus, Dimension::kTargetGroup, Dimension::kInsats})
             .breakdowns) {
      texts.push_back(row.value);
    }
    return texts;
  };
  EXPECT_THAT(values("2020-05-31"),
              ElementsAre("rehab_arbete_utbildning", "langtidssjukskrivna",
                          "Provinsatsen"));
  EXPECT_THAT(values("2020-06-01"),
              ElementsAre("forberedande", "ovriga", "Ny"));
}

TEST(AsOf, TakesTheFirstVersionOfAnInsatsBeforeItWasKnown) {
  World world;
  world.AddInsats(AnInsats().WithId(TestId<InsatsId>(2)).Titled("Sen").Build(),
                  "2021-01-01");
  world.Register(ARegistration().Of(Woman(1)), "2020-03-03",
                 TestId<InsatsId>(2));

  const OutcomeReport report =
      AsOf(world, NoonOf("2020-03-03"), {Dimension::kInsats});

  ASSERT_EQ(report.breakdowns.size(), 1);
  EXPECT_EQ(report.breakdowns[0].value, "Sen");
}

TEST(Unreadable, IsCountedAndNamedAndCountsInNothing) {
  World world;
  const ParticipationId id =
      world.Register(ARegistration().Of(Woman(1)), "2020-03-03");
  world.Spoil(id, "2020-04-01");

  const OutcomeReport before = AsOf(world, NoonOf("2020-03-31"));
  const OutcomeReport after = AsOf(world, NoonOf("2020-04-01"));

  EXPECT_EQ(before.whole.participants.unreadable, 0);
  EXPECT_THAT(before.unreadable_records, IsEmpty());
  EXPECT_EQ(before.whole.participants.started.total, 1);
  EXPECT_EQ(after.whole.participants.unreadable, 1);
  EXPECT_EQ(after.whole.participants.started.total, 0);
  EXPECT_THAT(after.unreadable_records,
              ElementsAre(absl::StrCat("forbund/", TestId<ForbundId>(1).Text(),
                                       "/insatser/", TestId<InsatsId>(1).Text(),
                                       "/participations/", id.Text())));
}

TEST(Unreadable, IsForgottenOnceALaterVersionCanBeRead) {
  World world;
  const ParticipationId id =
      world.Register(ARegistration().Of(Woman(1)), "2020-03-03");
  world.Spoil(id, "2020-04-01");
  world.Correct(id, ARegistration().Of(Woman(1)), "2020-05-01");

  EXPECT_EQ(Known(world, "2020-05-01").unreadable, 0);
  EXPECT_EQ(Known(world, "2020-05-01").started.total, 1);
}

TEST(Unreadable, IsCountedUnderFiltersOnPersonsAndByItsInsatsUnderOthers) {
  World world;
  world.AddInsats(
      AnInsats().WithId(TestId<InsatsId>(2)).Titled("Andra").Build());
  world.Spoil(world.Register(ARegistration().Of(Woman(1))), "2020-04-01");
  const auto unreadable = [&](Dimension dimension, const std::string& value) {
    ReportRequest request = YearRequest(2020);
    request.filters = {{dimension, value}};
    return world.Report(request).whole.participants.unreadable;
  };

  EXPECT_EQ(unreadable(Dimension::kSex, "men"), 1);
  EXPECT_EQ(unreadable(Dimension::kInsats, "Provinsatsen"), 1);
  EXPECT_EQ(unreadable(Dimension::kInsats, "Andra"), 0);
}

TEST(Unreadable, NamesAHundredAndCountsAll) {
  World world;
  for (int i = 1; i <= 101; ++i) {
    world.Spoil(world.Register(ARegistration().Of(Woman(i))), "2020-04-01");
  }

  const OutcomeReport report = AsOf(world, NoonOf("2020-04-01"));

  EXPECT_EQ(report.whole.participants.unreadable, 101);
  EXPECT_EQ(report.unreadable_records.size(), 100);
}

TEST(Report, SaysWhatItIsMadeOf) {
  World world;
  FactTable table = world.Table();
  table.SetPosition(storage::FeedPosition{17});
  const ReportRequest request = YearRequest(2020);

  const OutcomeReport report = *MakeReport(table, request);

  EXPECT_THAT(report.forbund, ElementsAre("Prov"));
  EXPECT_EQ(report.from, request.from);
  EXPECT_EQ(report.to, request.to);
  EXPECT_EQ(report.as_of, request.as_of);
  EXPECT_EQ(report.feed_position, 17);
  EXPECT_EQ(report.code_list_version, testing::TestCodeBook().Version());
}

TEST(FactTable, FindsTheNewestVersionOfEachOfManyParticipations) {
  World world;
  std::vector<ParticipationId> ids;
  for (int i = 1; i <= 400; ++i) {
    ids.push_back(world.Register(ARegistration().Of(Woman(i)), "2020-03-03"));
  }
  for (const ParticipationId& id : ids) {
    world.Correct(id, ARegistration().Of(Man(1)), "2020-04-01");
  }

  EXPECT_EQ(world.Table().Rows(), 800);
  EXPECT_EQ(Known(world, "2020-03-31").started, (PeopleCount{400, 400, 0}));
  EXPECT_EQ(Known(world, "2020-04-01").started, (PeopleCount{400, 0, 400}));
}

TEST(FactTable, HoldsAFactInNinetySixBytesWithRoomToGrow) {
  World world;
  for (int i = 0; i < 20'000; ++i) {
    world.Register(ARegistration().Of(Woman(i % 400 + 1)));
  }
  const FactTable table = world.Table();

  EXPECT_LE(table.Bytes(), table.Rows() * 96);
}

TEST(PersonMask, KeepsEqualNumbersEqualAndOthersApart) {
  const PersonMask mask;

  EXPECT_EQ(mask.Apply(Woman(1)), mask.Apply(Woman(1)));
  EXPECT_NE(mask.Apply(Woman(1)), mask.Apply(Woman(2)));
}

TEST(PersonMask, DiffersFromOneToTheNextAndFromTheNumber) {
  const domain::PersonNumber number = Woman(1);

  EXPECT_NE(PersonMask().Apply(number), PersonMask().Apply(number));
  EXPECT_NE(absl::StrCat(PersonMask().Apply(number)),
            number.Digits(RevealKey::For("a test's invented one")));
}

}  // namespace
}  // namespace stegvis::outcome
