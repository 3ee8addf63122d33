#include "services/outcome/merge_reports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "absl/strings/str_split.h"
#include "services/outcome/make_report.h"
#include "services/outcome/random_world.h"
#include "tests/support/status_matchers.h"

namespace stegvis::outcome {
namespace {

using testing::ARegistration;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::On;
using testing::TestId;

constexpr char kProv[] = "Prov";
constexpr char kNorr[] = "Norr";

void ExpectSame(const OutcomeReport& is, const OutcomeReport& should_be) {
  const std::vector<std::string> lines = absl::StrSplit(TextOf(is), '\n');
  const std::vector<std::string> whole =
      absl::StrSplit(TextOf(should_be), '\n');
  for (size_t i = 0; i < std::min(lines.size(), whole.size()); ++i) {
    ASSERT_EQ(lines[i], whole[i]) << "line " << i << " of\n" << TextOf(is);
  }
  ASSERT_EQ(lines.size(), whole.size());
  EXPECT_EQ(is.code_list_version, should_be.code_list_version);
}

OutcomeReport ReportOf(const FactTable& table, const ReportRequest& request) {
  absl::StatusOr<OutcomeReport> report = MakeReport(table, request);
  if (!report.ok()) std::abort();
  return *std::move(report);
}

// A report for each of `groups` of the request's förbund, by their numbers.
std::vector<OutcomeReport> Parts(
    const FactTable& table, const ReportRequest& request,
    const std::vector<std::vector<size_t>>& groups) {
  std::vector<OutcomeReport> parts;
  for (const std::vector<size_t>& group : groups) {
    ReportRequest part = request;
    part.forbund.clear();
    for (const size_t i : group) part.forbund.push_back(request.forbund[i]);
    parts.push_back(ReportOf(table, part));
  }
  return parts;
}

std::vector<std::vector<size_t>> EachAlone(const ReportRequest& request) {
  std::vector<std::vector<size_t>> groups;
  for (size_t i = 0; i < request.forbund.size(); ++i) groups.push_back({i});
  return groups;
}

TEST(MergeReports, GivesTheReportOverAllForRandomPeople) {
  for (unsigned seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const World world = RandomWorld(random, /*participations=*/60);
    const FactTable table = world.Table();
    for (int i = 0; i < 4 && !::testing::Test::HasFailure(); ++i) {
      const ReportRequest request = RandomRequest(random);
      const OutcomeReport whole = ReportOf(table, request);

      const absl::StatusOr<OutcomeReport> merged =
          MergeReports(Parts(table, request, EachAlone(request)),
                       request.breakdowns, table.Codes());

      ASSERT_TRUE(merged.ok()) << merged.status();
      ExpectSame(*merged, whole);
    }
  }
}

TEST(MergeReports, TakesPartsOfSeveralForbund) {
  std::mt19937 random(7);
  const FactTable table = RandomWorld(random, /*participations=*/60).Table();
  ReportRequest request = RandomRequest(random);
  request.filters.clear();
  request.forbund = {TestId<ForbundId>(2), TestId<ForbundId>(1),
                     TestId<ForbundId>(3)};

  const absl::StatusOr<OutcomeReport> merged = MergeReports(
      Parts(table, request, {{0, 1}, {2}}), request.breakdowns, table.Codes());

  ASSERT_TRUE(merged.ok()) << merged.status();
  ExpectSame(*merged, ReportOf(table, request));
}

// Two förbund with a person each, and two insatser by volume.
class MergeReportsTest : public ::testing::Test {
 protected:
  MergeReportsTest() : table_(World().Table()) {
    World world;
    world.AddForbund(kNorr);
    const auto norr = TestId<InsatsId>(2);
    world.AddInsats(testing::AnInsats().WithId(norr).Titled("I norr").Build(),
                    "2010-01-01", 1);
    world.Register(Left(Woman(1)), "2020-06-01");
    world.Register(Left(Man(1)), "2020-06-01", norr, 1);
    table_ = world.Table();
    request_.breakdowns = {Dimension::kSex, Dimension::kForbund};
    request_.forbund.push_back(TestId<ForbundId>(2));
    parts_ = Parts(table_, request_, {{0}, {1}});
  }

  static ARegistration Left(const domain::PersonNumber& number) {
    ARegistration registration;
    registration.Of(number)
        .Entering(On("2020-01-02"))
        .Before(testing::SupportedBy("sjukpenning"))
        .Exiting(testing::ExitOn(On("2020-05-04"), "enligt_plan"));
    return registration;
  }

  absl::StatusOr<OutcomeReport> Merged(
      const std::vector<Dimension>& breakdowns = {}) const {
    return MergeReports(parts_, breakdowns, table_.Codes());
  }
  void ExpectRefused(const std::string& why) const {
    const absl::StatusOr<OutcomeReport> merged = Merged(request_.breakdowns);
    EXPECT_EQ(merged.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(merged.status().message()), HasSubstr(why));
  }

  FactTable table_;
  ReportRequest request_ = YearRequest(2020);
  std::vector<OutcomeReport> parts_;
};

TEST_F(MergeReportsTest, KeepsTheBreakdownsAskedForAlone) {
  const absl::StatusOr<OutcomeReport> merged = Merged({Dimension::kForbund});

  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_THAT(merged->forbund, ElementsAre(kProv, kNorr));
  ASSERT_EQ(merged->breakdowns.size(), 2U);
  EXPECT_EQ(merged->breakdowns[0].value, kProv);
  EXPECT_EQ(merged->breakdowns[1].value, kNorr);
  EXPECT_EQ(merged->whole.participants.base, (PeopleCount{2, 1, 1}));
}

TEST_F(MergeReportsTest, MakesRowsByForbundOfPartsThatHaveNone) {
  for (OutcomeReport& part : parts_) {
    part.breakdowns.pop_back();
    ASSERT_NE(part.breakdowns.back().dimension, Dimension::kForbund);
  }

  const absl::StatusOr<OutcomeReport> merged = Merged(request_.breakdowns);

  ASSERT_TRUE(merged.ok()) << merged.status();
  ExpectSame(*merged, ReportOf(table_, request_));
}

TEST_F(MergeReportsTest, KnowsOfVolumesWhatSomePartDoes) {
  parts_[0].whole.participants.volume = PeopleCount{3, {}, {}};
  parts_[1].whole.participants.volume = PeopleCount{4, 1, 3};

  const absl::StatusOr<OutcomeReport> merged = Merged();

  ASSERT_TRUE(merged.ok()) << merged.status();
  const Participants& people = merged->whole.participants;
  EXPECT_EQ(people.volume, (PeopleCount{7, 1, 3}));
  EXPECT_EQ(people.registered, (PeopleCount{9, 2, 4}));
  EXPECT_DOUBLE_EQ(people.coverage.value_or(0), 2.0 / 9);
}

TEST_F(MergeReportsTest, ShowsEverySourceThatAPartShowsInTheOrderOfTheList) {
  auto& support = parts_[0].whole.support;
  const SupportRow taken = support[1];
  support.erase(support.begin() + 1);

  const absl::StatusOr<OutcomeReport> merged = Merged();

  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->whole.support[1].key, taken.key);
  EXPECT_EQ(merged->whole.support[1].group, taken.group);
}

TEST_F(MergeReportsTest, IsAsOfTheNewestPartAndOfNoPosition) {
  parts_[0].as_of = NoonOf("2021-03-01");
  parts_[1].as_of = NoonOf("2021-02-01");
  parts_[1].feed_position = 12;

  const absl::StatusOr<OutcomeReport> merged = Merged();

  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->as_of, NoonOf("2021-03-01"));
  EXPECT_EQ(merged->feed_position, 0);
}

TEST_F(MergeReportsTest, RefusesAnotherPeriod) {
  parts_[1].to = On("2021-01-01");
  ExpectRefused("Norr: another period than the first");
}

TEST_F(MergeReportsTest, RefusesOtherFilters) {
  parts_[1].filters.push_back({Dimension::kSex, "women"});
  ExpectRefused("Norr: other filters than the first");
}

TEST_F(MergeReportsTest, RefusesCodeListsOfAnotherVersion) {
  ++parts_[1].code_list_version;
  ExpectRefused("Norr: code lists of another version than the first");
}

TEST_F(MergeReportsTest, RefusesOtherExcludedEndReasons) {
  parts_[1].excluded_end_reasons.push_back("flytt");
  ExpectRefused("Norr: other end reasons out of the base than the first");
}

TEST_F(MergeReportsTest, RefusesTheSameForbundTwice) {
  parts_[1] = parts_[0];
  ExpectRefused("Prov: delivered twice");
}

TEST_F(MergeReportsTest, RefusesAPartWithoutABreakdown) {
  auto& rows = parts_[1].breakdowns;
  std::erase_if(rows, [](const BreakdownRow& row) {
    return row.dimension == Dimension::kSex;
  });
  ExpectRefused("Norr: no breakdown by SEX");
}

TEST_F(MergeReportsTest, RefusesRowsOfAForbundThatThePartDoesNotList) {
  request_.breakdowns.push_back(Dimension::kInsats);
  parts_ = Parts(table_, request_, {{0}, {1}});
  for (BreakdownRow& row : parts_[1].breakdowns) {
    if (row.dimension == Dimension::kInsats) row.forbund = kProv;
  }
  ExpectRefused("Norr: a row of a förbund that it does not list");
}

TEST_F(MergeReportsTest, RefusesNothing) {
  parts_.clear();
  EXPECT_FALSE(Merged().ok());
}

}  // namespace
}  // namespace stegvis::outcome
