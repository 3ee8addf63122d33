#include "client/cli/demo/courses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "client/cli/demo/plan.h"

namespace stegvis::demo {
namespace {

struct Tally {
  int64_t people = 0;
  int64_t works_before = 0;
  int64_t works_after = 0;
};

bool Has(SupportSet set, absl::string_view source) {
  const auto sources = SourcesOf(set);
  return std::find(sources.begin(), sources.end(), source) != sources.end();
}

std::vector<Course> DrawAll(int64_t people, Leaving leaving) {
  Chance chance(3);
  Courses courses(people, OutlookOf(leaving));
  std::vector<Course> drawn;
  while (!courses.Empty()) drawn.push_back(courses.Draw(chance));
  return drawn;
}

int64_t WithBefore(const std::vector<Course>& courses,
                   absl::string_view source) {
  return std::count_if(courses.begin(), courses.end(),
                       [&](const Course& c) { return Has(c.before, source); });
}

int64_t WithAfter(const std::vector<Course>& courses,
                  absl::string_view source) {
  return std::count_if(courses.begin(), courses.end(),
                       [&](const Course& c) { return Has(c.after, source); });
}

Tally Count(const std::vector<Course>& courses) {
  Tally tally;
  for (const Course& course : courses) {
    ++tally.people;
    tally.works_before += course.works_before ? 1 : 0;
    tally.works_after += course.works_after ? 1 : 0;
  }
  return tally;
}

TEST(Courses, GiveTheSharesOf2013WhateverTheChance) {
  const Tally tally = Count(DrawAll(9'600, Leaving::k2013));

  EXPECT_EQ(tally.people, 9'600);
  EXPECT_EQ(tally.works_before, 1'056);  // 11 %
  EXPECT_EQ(tally.works_after, 2'976);   // 31 %
}

TEST(Courses, LetSocialAssistanceFallBySixteenPerCentIn2013) {
  const std::vector<Course> courses = DrawAll(9'600, Leaving::k2013);
  const int64_t before = WithBefore(courses, "forsorjningsstod");
  const int64_t after = WithAfter(courses, "forsorjningsstod");

  // −16 % when rounded: between 15.5 and 16.5.
  EXPECT_GT((before - after) * 1000, before * 155);
  EXPECT_LT((before - after) * 1000, before * 165);
}

TEST(Courses, GiveTheSupportsOf2020ToThePerson) {
  const std::vector<Course> courses = DrawAll(14'260, Leaving::k2020);

  EXPECT_EQ(WithBefore(courses, "aktivitetsersattning"), 1'589);
  EXPECT_EQ(WithBefore(courses, "sjukpenning"), 3'410);
  EXPECT_EQ(Count(courses).works_after, 3'993);  // 28 %
}

TEST(Courses, NeverLetSomebodyDieWhoWorksAfter) {
  for (const Course& course : DrawAll(5'000, Leaving::k2013)) {
    if (course.after != SupportSet::kUnknown) continue;
    EXPECT_TRUE(!course.works_after || course.before == SupportSet::kUnknown);
  }
}

int64_t People(bool (*chosen)(const Batch&)) {
  int64_t people = 0;
  for (const Batch& batch : Batches()) {
    if (batch.leaving != Leaving::kWrongly && chosen(batch)) {
      people += batch.people;
    }
  }
  return people;
}

TEST(Batches, StartAsManyAsWerePublished) {
  EXPECT_EQ(People([](const Batch& batch) {
              return batch.entry.first.Year() == 2015 &&
                     batch.entry_recorded.last <= *Day::FromCivil(2016, 1, 16);
            }),
            published::kPersonalJanuary2016);
  EXPECT_EQ(People([](const Batch& batch) {
              return batch.entry.first.Year() == 2015;
            }),
            published::kPersonalFebruary2016);
  EXPECT_EQ(People([](const Batch& batch) {
              return batch.entry.first.Year() == 2020;
            }),
            published::kPersonal2020);
}

TEST(Batches, LeaveIn2020AsManyAsTheSupportsWereCountedOn) {
  EXPECT_EQ(People([](const Batch& batch) {
              return batch.leaving == Leaving::k2020;
            }),
            14'260);
}

}  // namespace
}  // namespace stegvis::demo
