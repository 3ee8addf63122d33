#include "services/base/day.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "absl/time/time.h"
#include "tests/support/status_matchers.h"

namespace stegvis {
namespace {

using ::stegvis::testing::HasReason;

Day On(absl::string_view iso) { return Day::Parse(iso).value(); }

absl::Time Utc(absl::string_view text) {
  absl::Time moment;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &moment, &error));
  return moment;
}

TEST(Day, PrintsAsItParses) {
  for (const std::string text :
       {"1800-01-01", "1970-01-01", "2000-02-29", "2199-12-31"}) {
    EXPECT_EQ(On(text).Text(), text);
  }
}

TEST(Day, IsRefusedInAnotherForm) {
  for (const std::string text :
       {"", "2020", "20200101", "2020-1-1", "2020/01/01", " 2020-01-01",
        "2020-01-01 ", "2020-01-0a", "-020-01-01", "2020-01-+1"}) {
    EXPECT_THAT(Day::Parse(text), HasReason("DATE_INVALID")) << text;
  }
}

TEST(Day, IsRefusedWhenThereIsNoneSuch) {
  for (const std::string text :
       {"2021-02-29", "1900-02-29", "2020-04-31", "2020-00-01", "2020-13-01",
        "2020-01-00", "1799-12-31", "2200-01-01"}) {
    EXPECT_THAT(Day::Parse(text), HasReason("DATE_INVALID")) << text;
  }
}

TEST(Day, PlusMonthsKeepsTheDayOrTakesTheLastOfTheMonth) {
  EXPECT_EQ(On("2020-08-31").PlusMonths(6), On("2021-02-28"));
  EXPECT_EQ(On("2019-08-31").PlusMonths(6), On("2020-02-29"));
  EXPECT_EQ(On("2020-02-29").PlusMonths(12), On("2021-02-28"));
  EXPECT_EQ(On("2020-06-15").PlusMonths(6), On("2020-12-15"));
  EXPECT_EQ(On("2020-12-31").PlusMonths(-6), On("2020-06-30"));
}

TEST(Day, KnowsTheEndsOfAYear) {
  EXPECT_EQ(Day::FirstOfYear(2020), On("2020-01-01"));
  EXPECT_EQ(Day::LastOfYear(2020), On("2020-12-31"));
  EXPECT_EQ(On("2020-12-31").Year(), 2020);
}

TEST(YearsBetween, TurnsOnTheBirthday) {
  EXPECT_EQ(YearsBetween(On("1985-05-05"), On("2020-05-04")), 34);
  EXPECT_EQ(YearsBetween(On("1985-05-05"), On("2020-05-05")), 35);
}

TEST(YearsBetween, TurnsALeapDayOnTheFirstOfMarch) {
  EXPECT_EQ(YearsBetween(On("2004-02-29"), On("2021-02-28")), 16);
  EXPECT_EQ(YearsBetween(On("2004-02-29"), On("2021-03-01")), 17);
}

TEST(SwedishDay, ChangesAtMidnightInSweden) {
  EXPECT_EQ(SwedishDay(Utc("2020-01-31T22:59:59Z")), On("2020-01-31"));
  EXPECT_EQ(SwedishDay(Utc("2020-01-31T23:00:00Z")), On("2020-02-01"));
  EXPECT_EQ(SwedishDay(Utc("2020-07-31T21:59:59Z")), On("2020-07-31"));
  EXPECT_EQ(SwedishDay(Utc("2020-07-31T22:00:00Z")), On("2020-08-01"));
}

TEST(SwedishDay, IsLongAndShortWhenTheClockChanges) {
  const auto length = [](absl::string_view iso) {
    return EndOfSwedishDay(On(iso)) - EndOfSwedishDay(On(iso).PlusDays(-1));
  };

  EXPECT_EQ(length("2020-03-29"), absl::Hours(23));
  EXPECT_EQ(length("2020-10-25"), absl::Hours(25));
  EXPECT_EQ(length("2020-10-26"), absl::Hours(24));
}

RC_GTEST_PROP(DayProperty, NumberTextAndMomentLeadBack, ()) {
  const int32_t number = *rc::gen::inRange<int32_t>(
      Day::FirstOfYear(1800).Number(), Day::LastOfYear(2199).Number() + 1);
  const Day day = Day::FromNumber(number);

  RC_ASSERT(day.Number() == number);
  RC_ASSERT(On(day.Text()) == day);
  RC_ASSERT(SwedishDay(EndOfSwedishDay(day)) == day);
  RC_ASSERT(SwedishDay(EndOfSwedishDay(day) + absl::Microseconds(1)) ==
            day.PlusDays(1));
}

}  // namespace
}  // namespace stegvis
