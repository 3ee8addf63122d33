#include "services/domain/counts.h"

#include <gtest/gtest.h>

#include "services/base/limits.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::AnInsats;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::StatusIs;

CountStatement Anonymous(std::optional<int64_t> women,
                         std::optional<int64_t> men) {
  return {.kind = CountKind::kAnonymous,
          .year = 2020,
          .total = std::nullopt,
          .women = women,
          .men = men};
}

CountStatement Volume(std::optional<int64_t> total,
                      std::optional<int64_t> women = std::nullopt,
                      std::optional<int64_t> men = std::nullopt) {
  return {.kind = CountKind::kVolume,
          .year = 2020,
          .total = total,
          .women = women,
          .men = men};
}

// By the method that fits the kind.
absl::StatusOr<Count> Make(const CountStatement& said) {
  AnInsats insats;
  if (said.kind == CountKind::kVolume) insats.ByVolume();
  return MakeCount(said, insats.Build(), On("2026-11-20"));
}

TEST(AnonymousCount, IsTheSumOfWomenAndMen) {
  const absl::StatusOr<Count> count = Make(Anonymous(3, 4));

  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(count->insats, AnInsats().Build().id);
  EXPECT_EQ(count->total, 7);
  EXPECT_EQ(count->women, 3);
  EXPECT_EQ(count->men, 4);
  EXPECT_FALSE(count->migrated);
}

TEST(AnonymousCount, NeedsWomenAndMen) {
  CountStatement total_alone = Anonymous(std::nullopt, std::nullopt);
  total_alone.total = 7;

  EXPECT_THAT(Make(total_alone), HasFault("women", "MISSING"));
  EXPECT_THAT(Make(total_alone), HasFault("men", "MISSING"));
  EXPECT_THAT(Make(Anonymous(0, std::nullopt)), HasFault("men", "MISSING"));
}

TEST(AnonymousCount, MayBeZero) { EXPECT_THAT(Make(Anonymous(0, 0)), IsOk()); }

TEST(AnonymousCount, BelongsToAnInsatsByPerson) {
  const absl::StatusOr<Count> count = MakeCount(
      Anonymous(1, 1), AnInsats().ByVolume().Build(), On("2026-11-20"));

  EXPECT_THAT(count, StatusIs(absl::StatusCode::kFailedPrecondition));
  EXPECT_THAT(count, HasReason("METHOD_IS_VOLUME"));
}

TEST(VolumeCount, BelongsToAnInsatsByVolume) {
  EXPECT_THAT(MakeCount(Volume(7), AnInsats().Build(), On("2026-11-20")),
              HasReason("METHOD_IS_PERSONAL"));
}

TEST(VolumeCount, MayBeATotalAlone) {
  const absl::StatusOr<Count> count = Make(Volume(7));

  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(count->total, 7);
  EXPECT_EQ(count->women, std::nullopt);
  EXPECT_EQ(count->men, std::nullopt);
}

TEST(VolumeCount, MayBeWomenAndMenAlone) {
  const absl::StatusOr<Count> count = Make(Volume(std::nullopt, 3, 4));

  ASSERT_THAT(count, IsOk());
  EXPECT_EQ(count->total, 7);
}

TEST(VolumeCount, NeedsBothSexesOrNone) {
  EXPECT_THAT(Make(Volume(7, 3, std::nullopt)), HasFault("men", "MISSING"));
  EXPECT_THAT(Make(Volume(7, std::nullopt, 3)), HasFault("women", "MISSING"));
  EXPECT_THAT(Make(Volume(std::nullopt)), HasFault("total", "MISSING"));
}

TEST(VolumeCount, HasATotalThatIsTheSum) {
  EXPECT_THAT(Make(Volume(7, 3, 4)), IsOk());
  EXPECT_THAT(Make(Volume(8, 3, 4)), HasFault("total", "SUM_DIFFERS"));
}

TEST(Counts, GoFromNoneToAMillion) {
  const int64_t most = limits::kMaxCount;

  EXPECT_THAT(Make(Volume(most)), IsOk());
  EXPECT_THAT(Make(Volume(most + 1)), HasFault("total", "OUT_OF_RANGE"));
  EXPECT_THAT(Make(Volume(-1)), HasFault("total", "OUT_OF_RANGE"));
  EXPECT_THAT(Make(Anonymous(-1, 1)), HasFault("women", "OUT_OF_RANGE"));
  EXPECT_THAT(Make(Anonymous(1, INT64_MAX)), HasFault("men", "OUT_OF_RANGE"));
  EXPECT_THAT(Make(Anonymous(most, 1)), HasFault("total", "OUT_OF_RANGE"));
}

TEST(Counts, AreOfAYearThatTheInsatsHasADayOf) {
  const Insats insats =
      AnInsats().From(On("2019-12-31")).Until(On("2021-01-01")).Build();
  const auto of_year = [&](int year) {
    CountStatement said = Anonymous(1, 1);
    said.year = year;
    return MakeCount(said, insats, On("2026-11-20"));
  };

  EXPECT_THAT(of_year(2018), HasFault("year", "OUTSIDE_INSATS"));
  EXPECT_THAT(of_year(2019), IsOk());
  EXPECT_THAT(of_year(2021), IsOk());
  EXPECT_THAT(of_year(2022), HasFault("year", "OUTSIDE_INSATS"));
}

TEST(Counts, AreOfThisYearAtTheLatestAnd2004AtTheEarliest) {
  const Insats insats = AnInsats().From(On("2000-01-01")).Build();
  const auto of_year = [&](int year) {
    CountStatement said = Anonymous(1, 1);
    said.year = year;
    return MakeCount(said, insats, On("2026-01-01"));
  };

  EXPECT_THAT(of_year(2003), HasFault("year", "OUT_OF_RANGE"));
  EXPECT_THAT(of_year(2004), IsOk());
  EXPECT_THAT(of_year(2026), IsOk());
  EXPECT_THAT(of_year(2027), HasFault("year", "DATE_IN_FUTURE"));
}

}  // namespace
}  // namespace stegvis::domain
