#include "services/domain/code_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::TestCodeBook;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr absl::StatusCode kBug = absl::StatusCode::kInternal;

Code ACode(CodeList list, std::string code) {
  Code made;
  made.list = list;
  made.code = std::move(code);
  return made;
}

Code AClass(CodeList list, std::string code, int32_t lowest,
            std::optional<int32_t> highest) {
  Code made = ACode(list, std::move(code));
  made.lowest = lowest;
  made.highest = highest;
  return made;
}

Code Unknown(CodeList list) {
  Code made = ACode(list, "unknown");
  made.flags.unknown = true;
  if (list == CodeList::kSupportSource) made.group = "OKAND";
  return made;
}

// As few codes as make a book.
std::vector<Code> Fewest() {
  return {ACode(CodeList::kSupportGroup, "OKAND"),
          Unknown(CodeList::kSupportSource),
          Unknown(CodeList::kEducation),
          Unknown(CodeList::kMonthsOnSupport),
          AClass(CodeList::kAgeGroup, "0+", 0, std::nullopt),
          AClass(CodeList::kMonthsOnSupport, "0+", 0, std::nullopt)};
}

absl::StatusOr<CodeBook> FewestAnd(Code another) {
  std::vector<Code> codes = Fewest();
  codes.push_back(std::move(another));
  return CodeBook::Create(/*version=*/1, std::move(codes));
}

std::string LabelOfClass(CodeList list, int number) {
  return TestCodeBook().Codes(list)[TestCodeBook().ClassOf(list, number)].code;
}

TEST(CodeList, NamesLeadBackToTheirLists) {
  for (int i = 0; i < kCodeLists; ++i) {
    const CodeList list = static_cast<CodeList>(i);
    EXPECT_EQ(CodeListNamed(CodeListName(list)), list);
  }
}

TEST(CodeList, OtherNamesLeadNowhere) {
  EXPECT_EQ(CodeListNamed(""), std::nullopt);
  EXPECT_EQ(CodeListNamed("end_reason"), std::nullopt);
}

TEST(CodeFlags, PrintAsTheyParse) {
  const absl::StatusOr<CodeFlags> flags =
      ParseCodeFlags("STANDS_ALONE|UNKNOWN");

  ASSERT_THAT(flags, IsOk());
  EXPECT_THAT(CodeFlagNames(*flags), ElementsAre("STANDS_ALONE", "UNKNOWN"));
}

TEST(CodeFlags, AreNoneInAnEmptyText) {
  const absl::StatusOr<CodeFlags> flags = ParseCodeFlags("");

  ASSERT_THAT(flags, IsOk());
  EXPECT_THAT(CodeFlagNames(*flags), IsEmpty());
}

TEST(CodeFlags, AreRefusedWhenTheProgramDoesNotKnowThem) {
  EXPECT_THAT(ParseCodeFlags("STANDS_ALONE|SHINY"), StatusIs(kBug));
}

TEST(Code, IsInForceOnItsFirstAndLastDay) {
  Code code = ACode(CodeList::kEndReason, "flytt");
  code.valid_from = On("2020-01-01");
  code.valid_to = On("2020-12-31");

  EXPECT_FALSE(code.InForceOn(On("2019-12-31")));
  EXPECT_TRUE(code.InForceOn(On("2020-01-01")));
  EXPECT_TRUE(code.InForceOn(On("2020-12-31")));
  EXPECT_FALSE(code.InForceOn(On("2021-01-01")));
}

TEST(Code, IsInForceWithinAPeriodThatTouchesItsOwn) {
  Code code = ACode(CodeList::kEndReason, "flytt");
  code.valid_from = On("2020-06-01");

  EXPECT_TRUE(code.InForceWithin(On("2020-01-01"), On("2020-06-01")));
  EXPECT_FALSE(code.InForceWithin(On("2020-01-01"), On("2020-05-31")));
}

TEST(CodeBook, StandsWithTheFewestCodes) {
  EXPECT_THAT(CodeBook::Create(/*version=*/1, Fewest()), IsOk());
}

TEST(CodeBook, RefusesACodeThatStandsTwiceInAList) {
  EXPECT_THAT(FewestAnd(ACode(CodeList::kSupportGroup, "OKAND")),
              StatusIs(kBug));
}

TEST(CodeBook, TakesTheSameCodeInTwoLists) {
  EXPECT_THAT(FewestAnd(ACode(CodeList::kEndReason, "OKAND")), IsOk());
}

TEST(CodeBook, RefusesASourceOfAnUnknownGroup) {
  Code source = ACode(CodeList::kSupportSource, "lotteri");
  source.group = "TUR";

  EXPECT_THAT(FewestAnd(source), StatusIs(kBug));
}

TEST(CodeBook, RefusesClassesThatLeaveAGapOrOverlap) {
  for (const int32_t second : {15, 17}) {
    std::vector<Code> codes = Fewest();
    std::erase_if(codes, [](const Code& code) {
      return code.list == CodeList::kAgeGroup;
    });
    codes.push_back(AClass(CodeList::kAgeGroup, "0-15", 0, 15));
    codes.push_back(AClass(CodeList::kAgeGroup, "more", second, std::nullopt));

    EXPECT_THAT(CodeBook::Create(/*version=*/1, codes), StatusIs(kBug));
  }
}

TEST(CodeBook, RefusesAListWithoutTheCodeForAMissingValue) {
  std::vector<Code> codes = Fewest();
  std::erase_if(codes, [](const Code& code) {
    return code.list == CodeList::kEducation;
  });

  EXPECT_THAT(CodeBook::Create(/*version=*/1, codes), StatusIs(kBug));
}

TEST(CodeBook, SaysWhichCodesAreWrongAndWhen) {
  Code old = ACode(CodeList::kEndReason, "flytt");
  old.valid_to = On("2020-12-31");
  const absl::StatusOr<CodeBook> book = FewestAnd(old);
  ASSERT_THAT(book, IsOk());

  const CodeList list = CodeList::kEndReason;
  EXPECT_THAT(book->Check(list, "flytt", On("2020-12-31")), IsOk());
  EXPECT_THAT(book->Check(list, "flytt", On("2021-01-01")),
              HasFault("", "CODE_NOT_IN_FORCE"));
  EXPECT_THAT(book->Check(list, "Flytt", On("2020-12-31")),
              HasFault("", "CODE_UNKNOWN"));
}

TEST(ShippedCodes, HoldEveryList) {
  for (int i = 0; i < kCodeLists; ++i) {
    EXPECT_THAT(TestCodeBook().Codes(static_cast<CodeList>(i)), Not(IsEmpty()));
  }
}

TEST(ShippedCodes, AreAsciiWithASwedishLabelAndAMark) {
  for (int i = 0; i < kCodeLists; ++i) {
    for (const Code& code : TestCodeBook().Codes(static_cast<CodeList>(i))) {
      EXPECT_THAT(code.code, ::testing::MatchesRegex("[A-Za-z0-9_+-]+"));
      EXPECT_FALSE(code.label.empty()) << code.code;
      EXPECT_THAT(code.mark, ::testing::AnyOf("C", "I", "P")) << code.code;
    }
  }
}

TEST(ShippedCodes, LetTwoSourcesStandAlone) {
  std::vector<std::string> alone;
  for (const Code& code : TestCodeBook().Codes(CodeList::kSupportSource)) {
    if (code.flags.stands_alone) alone.push_back(code.code);
  }
  EXPECT_THAT(alone, ElementsAre("ingen_offentlig", "uppgift_saknas"));
}

TEST(ShippedCodes, CallFourGroupsPublicSupport) {
  std::vector<std::string> groups;
  for (const Code& code : TestCodeBook().Codes(CodeList::kSupportGroup)) {
    if (code.flags.public_support) groups.push_back(code.code);
  }
  EXPECT_THAT(groups, ElementsAre("OHALSA", "ARBETSMARKNAD",
                                  "EKONOMISKT_BISTAND", "OVRIG"));
}

TEST(ShippedCodes, PutAgesIntoTheirGroups) {
  const CodeList ages = CodeList::kAgeGroup;

  EXPECT_EQ(LabelOfClass(ages, 0), "0-15");
  EXPECT_EQ(LabelOfClass(ages, 15), "0-15");
  EXPECT_EQ(LabelOfClass(ages, 16), "16-19");
  EXPECT_EQ(LabelOfClass(ages, 59), "50-59");
  EXPECT_EQ(LabelOfClass(ages, 60), "60+");
  EXPECT_EQ(LabelOfClass(ages, 110), "60+");
}

TEST(ShippedCodes, PutMonthsIntoTheirClasses) {
  const CodeList months = CodeList::kMonthsOnSupport;

  EXPECT_EQ(LabelOfClass(months, 0), "0");
  EXPECT_EQ(LabelOfClass(months, 1), "1-3");
  EXPECT_EQ(LabelOfClass(months, 60), "37-60");
  EXPECT_EQ(LabelOfClass(months, 61), "61+");
  EXPECT_EQ(TestCodeBook().Unknown(months).code, "unknown");
}

TEST(ShippedCodes, FlagTheEndReasonsThatTheProgramActsOn) {
  const auto flags = [](absl::string_view code) {
    return CodeFlagNames(
        TestCodeBook().Find(CodeList::kEndReason, code)->flags);
  };

  EXPECT_THAT(flags("felregistrering"),
              ElementsAre("EXCLUDED_FROM_STATISTICS", "SITUATION_OPTIONAL"));
  EXPECT_THAT(flags("avliden"), ElementsAre("SITUATION_OPTIONAL", "DECEASED"));
  EXPECT_THAT(flags("atertaget_samtycke"), ElementsAre("WITHDRAWS_CONSENT"));
  EXPECT_THAT(flags("enligt_plan"), IsEmpty());
}

}  // namespace
}  // namespace stegvis::domain
