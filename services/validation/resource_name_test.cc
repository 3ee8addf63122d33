#include "services/validation/resource_name.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/status_matchers.h"

namespace stegvis::validation {
namespace {

using ::stegvis::testing::HasReason;

constexpr char kForbundText[] = "forbund/01890a5d-ac96-774b-bcce-b302099a8057";
constexpr char kInsatsText[] =
    "forbund/01890a5d-ac96-774b-bcce-b302099a8057/insatser/"
    "01890a5d-ac96-774b-bcce-b302099a8058";

InsatsKey AnInsatsKey() { return *ParseInsatsName(kInsatsText); }

TEST(ResourceName, OfEachKindIsReadBack) {
  const InsatsKey insats = AnInsatsKey();
  const ParticipationKey participation{
      insats.forbund, insats.insats,
      ParticipationId::FromBytes(insats.insats.Bytes())};
  const QuestionKey question{insats.forbund,
                             QuestionId::FromBytes(insats.insats.Bytes())};

  EXPECT_EQ(ForbundName(*ParseForbundName(kForbundText)), kForbundText);
  EXPECT_EQ(InsatsName(insats), kInsatsText);
  EXPECT_EQ(*ParseParticipationName(ParticipationName(participation)),
            participation);
  EXPECT_EQ(*ParseQuestionName(QuestionName(question)), question);
}

TEST(ResourceName, OfACountIsReadBack) {
  const std::string name =
      CountName(AnInsatsKey(), domain::CountKind::kAnonymous, 2020);

  const absl::StatusOr<CountKey> key = ParseCountName(name);

  EXPECT_EQ(name, std::string(kInsatsText) + "/counts/anonymous-2020");
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(key->insats, AnInsatsKey());
  EXPECT_EQ(key->kind, domain::CountKind::kAnonymous);
  EXPECT_EQ(key->year, 2020);
}

TEST(ResourceName, OfAGrantIsReadBackAlsoWhenTheUserHasASlash) {
  const InsatsKey insats = AnInsatsKey();
  const domain::Grant grant{
      "a/grants/b", domain::Role::kSamordnare, {insats.forbund, insats.insats}};

  EXPECT_EQ(*ParseGrantName(GrantName(grant)), grant);
}

TEST(ResourceName, OfAGrantHasAUser) {
  const std::string grant = std::string(kInsatsText) + "/grants/samordnare";
  EXPECT_THAT(ParseGrantName(grant), HasReason("NAME_INVALID"));
  EXPECT_THAT(ParseGrantName(grant + "/"), HasReason("NAME_INVALID"));
}

TEST(ResourceName, OfASealedReportIsReadBackAndLiesInItsForbund) {
  const std::string name = std::string(kForbundText) + "/reports/2020-r12";

  const absl::StatusOr<ReportName> report = ParseReportName(name);

  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->year, 2020);
  EXPECT_EQ(report->revision, 12);
  EXPECT_EQ(ReportNameText(*report), name);
  EXPECT_EQ(ScopeName(*ScopeOf(name)), kForbundText);
  for (const char* other :
       {"2020", "2020-r", "2020-r0", "2020-r01", "2020-r-1", "2020-r+1",
        "202-r1", "20200-r1", "2020-R1", "2020-r1 ", "2020-r99999999999"}) {
    EXPECT_THAT(
        ParseReportName(std::string(kForbundText) + "/reports/" + other),
        HasReason("NAME_INVALID"))
        << other;
  }
}

TEST(ResourceName, OfAnotherFormIsInvalid) {
  const std::string id = "01890a5d-ac96-774b-bcce-b302099a8057";
  const std::vector<std::string> others = {
      "",
      "forbund/",
      "forbund/" + id + "/",
      "Forbund/" + id,
      "/forbund/" + id,
      "forbund/01890A5D-AC96-774B-BCCE-B302099A8057",
      "forbund/-/insatser/" + id,
      "forbund/19121212-1212"};
  for (const std::string& name : others) {
    EXPECT_THAT(ScopeOf(name), HasReason("NAME_INVALID")) << name;
  }
  for (const char* count : {"anonymous", "anonymous-20", "volume-20200",
                            "other-2020", "volume--202", "volume-2020-"}) {
    EXPECT_THAT(ParseCountName(std::string(kInsatsText) + "/counts/" + count),
                HasReason("NAME_INVALID"))
        << count;
  }
}

TEST(Scope, OfWhatLiesBelowAnInsatsIsTheInsats) {
  const domain::Scope expected{AnInsatsKey().forbund, AnInsatsKey().insats};

  EXPECT_EQ(*ScopeOf(kInsatsText), expected);
  EXPECT_EQ(*ScopeOf(std::string(kInsatsText) + "/counts/volume-2020"),
            expected);
  EXPECT_EQ(*ScopeOf(std::string(kInsatsText) +
                     "/participations/01890a5d-ac96-774b-bcce-b302099a8059"),
            expected);
  EXPECT_EQ(*ScopeOf(std::string(kInsatsText) + "/grants/samordnare/sam"),
            expected);
}

TEST(Scope, OfEverythingIsADash) {
  EXPECT_EQ(*ScopeOf("forbund/-"), domain::Scope{});
  EXPECT_EQ(ScopeName(domain::Scope{}), "forbund/-");
}

TEST(Scope, NameIsAScopeOnly) {
  EXPECT_EQ(ScopeName(*ParseScopeName(kForbundText)), kForbundText);
  EXPECT_THAT(ParseScopeName(std::string(kInsatsText) + "/counts/volume-2020"),
              HasReason("NAME_INVALID"));
}

}  // namespace
}  // namespace stegvis::validation
