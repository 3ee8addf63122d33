// Filters, and what a request may not ask for.
#include "services/outcome/selection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "services/outcome/make_report.h"
#include "services/outcome/test_world.h"
#include "tests/support/status_matchers.h"

namespace stegvis::outcome {
namespace {

using testing::AnInsats;
using testing::ARegistration;
using testing::HasFault;
using testing::HasReason;
using testing::On;
using testing::StatusIs;
using testing::TestId;

// Two insatser; a woman and a man who differ in everything.
World TwoPeople() {
  World world;
  world.AddInsats(AnInsats()
                      .WithId(TestId<InsatsId>(2))
                      .Titled("Andra")
                      .Focused("forberedande")
                      .For({"nyanlanda"})
                      .Build());
  world.Register(ARegistration().Of(Woman(1)).LivingIn("0180"));
  world.Register(ARegistration()
                     .Of(Man(1, "1999-01-01"))
                     .Educated("grundskola")
                     .ReferredBy("kommun"),
                 "2020-01-01", TestId<InsatsId>(2));
  return world;
}

ReportRequest Where(std::vector<Filter> filters) {
  ReportRequest request = YearRequest(2020);
  request.filters = std::move(filters);
  return request;
}

PeopleCount StartedWhere(std::vector<Filter> filters) {
  return TwoPeople()
      .Report(Where(std::move(filters)))
      .whole.participants.started;
}

absl::Status Refused(const ReportRequest& request) {
  return MakeReport(TwoPeople().Table(), request).status();
}

constexpr PeopleCount kWoman{1, 1, 0};
constexpr PeopleCount kMan{1, 0, 1};
constexpr PeopleCount kBoth{2, 1, 1};

TEST(Filter, LetsThroughTheValueAlone) {
  const struct {
    Dimension dimension;
    const char* of_woman;
    const char* of_man;
  } filters[] = {{Dimension::kSex, "women", "men"},
                 {Dimension::kAgeGroup, "30-39", "20-24"},
                 {Dimension::kEducation, "gymnasium", "grundskola"},
                 {Dimension::kReferredBy, "", "kommun"},
                 {Dimension::kKommun, "0180", ""},
                 {Dimension::kInsats, "Provinsatsen", "Andra"},
                 {Dimension::kFocus, "rehab_arbete_utbildning", "forberedande"},
                 {Dimension::kTargetGroup, "langtidssjukskrivna", "nyanlanda"}};
  for (const auto& filter : filters) {
    SCOPED_TRACE(DimensionName(filter.dimension));
    EXPECT_EQ(StartedWhere({{filter.dimension, filter.of_woman}}), kWoman);
    EXPECT_EQ(StartedWhere({{filter.dimension, filter.of_man}}), kMan);
    EXPECT_EQ(StartedWhere({{filter.dimension, filter.of_woman},
                            {filter.dimension, filter.of_man}}),
              kBoth);
  }
}

TEST(Filter, OfDifferentDimensionsMustAllHold) {
  EXPECT_EQ(StartedWhere({{Dimension::kSex, "women"},
                          {Dimension::kEducation, "grundskola"}}),
            PeopleCount{});
}

TEST(Filter, TakesAnInsatsByItsResourceName) {
  const std::string name =
      absl::StrCat("forbund/", TestId<ForbundId>(1).Text(), "/insatser/",
                   TestId<InsatsId>(2).Text());

  EXPECT_EQ(StartedWhere({{Dimension::kInsats, name}}), kMan);
}

TEST(Filter, IsRepeatedInTheReport) {
  const OutcomeReport report =
      TwoPeople().Report(Where({{Dimension::kKommun, "0180"}}));

  ASSERT_EQ(report.filters.size(), 1);
  EXPECT_EQ(report.filters[0].value, "0180");
}

TEST(Filter, OnAKommunWithNobodyFindsNobody) {
  EXPECT_EQ(StartedWhere({{Dimension::kKommun, "9999"}}), PeopleCount{});
}

TEST(Filter, IsRefusedForADimensionThatIsNone) {
  for (const Dimension dimension :
       {Dimension::kMonthsOnSupport, Dimension::kForbund, Dimension::kYear,
        Dimension::kEndReason}) {
    const absl::Status refused =
        Refused(Where({{Dimension::kSex, "women"}, {dimension, "2020"}}));

    EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
    EXPECT_THAT(refused, HasReason("FILTER_UNKNOWN"));
    EXPECT_THAT(refused, HasFault("filters[1].dimension", "FILTER_UNKNOWN"));
  }
}

TEST(Filter, IsRefusedForAnInsatsThatNoForbundHas) {
  const absl::Status refused =
      Refused(Where({{Dimension::kInsats, "Ingen sådan"}}));

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(refused, HasReason("FILTER_UNKNOWN"));
  EXPECT_THAT(refused, HasFault("filters[0].value", "FILTER_UNKNOWN"));
}

TEST(Filter, IsRefusedForACodeThatNoListHasAndEveryFaultIsNamed) {
  const absl::Status refused = Refused(Where({{Dimension::kSex, "kvinnor"},
                                              {Dimension::kAgeGroup, "20"},
                                              {Dimension::kEducation, ""},
                                              {Dimension::kReferredBy, "x"},
                                              {Dimension::kFocus, "x"},
                                              {Dimension::kTargetGroup, "x"},
                                              {Dimension::kKommun, "180"}}));

  EXPECT_THAT(refused, StatusIs(absl::StatusCode::kInvalidArgument));
  for (int i = 0; i < 7; ++i) {
    EXPECT_THAT(refused, HasFault(absl::StrCat("filters[", i, "].value"),
                                  "CODE_UNKNOWN"));
  }
}

TEST(ExcludedEndReason, IsRefusedWhenNoListHasIt) {
  ReportRequest request = YearRequest(2020);
  request.excluded_end_reasons = {"flytt", "x"};

  EXPECT_THAT(Refused(request),
              HasFault("excluded_end_reasons", "CODE_UNKNOWN"));
}

TEST(Period, IsRefusedWhenItEndsBeforeItStarts) {
  ReportRequest request = YearRequest(2020);
  request.to = On("2019-12-31");

  EXPECT_THAT(Refused(request), HasFault("to", "ENDS_BEFORE_START"));
}

TEST(Report, IsUnavailableForAForbundThatTheFactsDoNotKnowYet) {
  ReportRequest request = YearRequest(2020);
  request.forbund.push_back(TestId<ForbundId>(9));

  EXPECT_THAT(Refused(request), StatusIs(absl::StatusCode::kUnavailable));
  EXPECT_THAT(Refused(request), HasReason("FACTS_BEHIND"));
}

}  // namespace
}  // namespace stegvis::outcome
