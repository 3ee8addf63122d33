#include "services/domain/person_number.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::StatusIs;
using ::stegvis::testing::ValidNumberText;
using ::stegvis::testing::ValidSamordningsnummerText;

constexpr RevealKey kTest = RevealKey::For("test");

Day Today() { return On("2026-11-20"); }

// The twelve digits that `text` means, or the reason it is refused for.
std::string Meaning(absl::string_view text, Day today = Today()) {
  const absl::StatusOr<PersonNumber> number = PersonNumber::Parse(text, today);
  return number.ok() ? number->Digits(kTest) : ReasonOf(number.status());
}

constexpr char kMalformed[] = "PERSON_NUMBER_MALFORMED";
constexpr char kImpossible[] = "PERSON_NUMBER_IMPOSSIBLE";

std::string TenOf(const std::string& twelve) { return twelve.substr(2); }
std::string Signed(const std::string& digits, absl::string_view sign) {
  return absl::StrCat(digits.substr(0, digits.size() - 4), sign,
                      digits.substr(digits.size() - 4));
}

TEST(PersonNumber, HasSixWrittenFormsOfAPersonUnderAHundred) {
  const std::string twelve = ValidNumberText(On("1985-05-05"), 238);

  EXPECT_EQ(Meaning(twelve), twelve);
  EXPECT_EQ(Meaning(Signed(twelve, "-")), twelve);
  EXPECT_EQ(Meaning(TenOf(twelve)), twelve);
  EXPECT_EQ(Meaning(Signed(TenOf(twelve), "-")), twelve);
}

TEST(PersonNumber, IsRefusedInAnyOtherForm) {
  const std::string twelve = ValidNumberText(On("1985-05-05"), 238);
  const std::vector<std::string> others = {
      "",
      "-",
      "1234",
      "-1234",
      twelve.substr(1),           // Eleven digits.
      TenOf(twelve).substr(1),    // Nine digits.
      absl::StrCat(twelve, "0"),  // Thirteen digits.
      Signed(twelve, " "),        // An inner space.
      absl::StrCat(" ", twelve),  // A space before,
      absl::StrCat(twelve, " "),  // and one behind.
      Signed(twelve, "--"),       // Two signs.
      Signed(twelve, "–"),        // Another dash.
      absl::StrCat(twelve.substr(0, 6), "-", twelve.substr(6)),
      "19850505-238A",
      "1985-05-05-2380",
      absl::StrCat(twelve.substr(0, 11), std::string(1, '\0')),
  };
  for (const std::string& other : others) {
    EXPECT_EQ(Meaning(other), kMalformed) << other;
  }
}

TEST(PersonNumber, IsImpossibleWithoutARealDate) {
  EXPECT_EQ(Meaning("198502302389"), kImpossible);
  EXPECT_EQ(Meaning("198513012380"), kImpossible);
  EXPECT_EQ(Meaning("198500012380"), kImpossible);
  EXPECT_EQ(Meaning("198505002380"), kImpossible);
  EXPECT_EQ(Meaning("198505602380"), kImpossible);  // 0 of May, plus 60.
  EXPECT_EQ(Meaning("198505922380"), kImpossible);  // 32 of May, plus 60.
}

TEST(PersonNumber, IsImpossibleWithAnotherCheckDigit) {
  std::string twelve = ValidNumberText(On("1985-05-05"), 238);
  twelve.back() =
      twelve.back() == '9' ? '0' : static_cast<char>(twelve.back() + 1);
  EXPECT_EQ(Meaning(twelve), kImpossible);
}

TEST(PersonNumber, IsImpossibleWithTheSerial000) {
  EXPECT_EQ(Meaning(ValidNumberText(On("1985-05-05"), 0)), kImpossible);
}

TEST(PersonNumber, IsImpossibleBeforeTheBirth) {
  const std::string today = ValidNumberText(Today(), 238);
  const std::string tomorrow = ValidNumberText(Today().PlusDays(1), 238);

  EXPECT_EQ(Meaning(today), today);
  EXPECT_EQ(Meaning(tomorrow), kImpossible);
}

TEST(PersonNumber, KnowsLeapDays) {
  const std::string leap = ValidNumberText(On("2000-02-29"), 17);

  EXPECT_EQ(Meaning(leap), leap);
  EXPECT_EQ(Meaning(TenOf(leap)), leap);
  EXPECT_EQ(Meaning(absl::StrCat("1900", leap.substr(4))), kImpossible);
  EXPECT_EQ(Meaning(absl::StrCat("2001", leap.substr(4))), kImpossible);
}

TEST(PersonNumber, OfTenDigitsIsTheLatestBirthThatIsNotInTheFuture) {
  const std::string of_today = TenOf(ValidNumberText(Today(), 238));
  const std::string of_tomorrow =
      TenOf(ValidNumberText(Today().PlusDays(1), 238));

  EXPECT_EQ(Meaning(of_today), absl::StrCat("20", of_today));
  EXPECT_EQ(Meaning(of_tomorrow), absl::StrCat("19", of_tomorrow));
}

TEST(PersonNumber, OfTenDigitsOnALeapDayGoesBackToACenturyThatHasOne) {
  const std::string leap = TenOf(ValidNumberText(On("2000-02-29"), 17));

  EXPECT_EQ(Meaning(leap, On("2105-01-01")), absl::StrCat("20", leap));
  EXPECT_EQ(Meaning(leap, On("2000-02-28")), kImpossible);
}

TEST(PersonNumber, WithPlusIsAHundredYearsEarlier) {
  const std::string ten = TenOf(ValidNumberText(On("1920-03-04"), 238));

  EXPECT_EQ(Meaning(Signed(ten, "-")), absl::StrCat("20", ten));
  EXPECT_EQ(Meaning(Signed(ten, "+")), absl::StrCat("19", ten));
}

TEST(PersonNumber, WithPlusOnALeapDayThatWasNotIsImpossible) {
  const std::string leap = TenOf(ValidNumberText(On("2000-02-29"), 17));

  EXPECT_EQ(Meaning(Signed(leap, "+")), kImpossible);
}

TEST(PersonNumber, OfTwelveDigitsMayHavePlusFromTheHundredthBirthday) {
  const std::string number = ValidNumberText(On("1926-11-20"), 238);
  const std::string plus = Signed(number, "+");

  EXPECT_EQ(Meaning(plus, On("2026-11-20")), number);
  EXPECT_EQ(Meaning(plus, On("2026-11-19")), kImpossible);
  EXPECT_EQ(Meaning(Signed(number, "-"), On("2026-11-20")), number);
}

TEST(PersonNumber, KnowsASamordningsnummerByItsDay) {
  const std::string text = ValidSamordningsnummerText(On("1985-05-31"), 239);
  const absl::StatusOr<PersonNumber> number =
      PersonNumber::Parse(text, Today());

  ASSERT_THAT(number, IsOk());
  EXPECT_EQ(text.substr(6, 2), "91");
  EXPECT_TRUE(number->IsSamordningsnummer());
  EXPECT_EQ(number->BirthDay(), On("1985-05-31"));
  EXPECT_EQ(number->Digits(kTest), text);
  EXPECT_EQ(Meaning(TenOf(text)), text);
}

TEST(PersonNumber, TellsSexFromTheNinthDigit) {
  EXPECT_EQ(testing::ValidNumber(On("1985-05-05"), 238).GetSex(), Sex::kWoman);
  EXPECT_EQ(testing::ValidNumber(On("1985-05-05"), 239).GetSex(), Sex::kMan);
}

TEST(PersonNumber, TellsTheAgeInWholeYears) {
  const PersonNumber number = testing::ValidNumber(On("2004-02-29"), 238);

  EXPECT_EQ(number.AgeOn(On("2020-02-28")), 15);
  EXPECT_EQ(number.AgeOn(On("2020-02-29")), 16);
  EXPECT_EQ(number.AgeOn(On("2021-02-28")), 16);
  EXPECT_EQ(number.AgeOn(On("2021-03-01")), 17);
}

TEST(PersonNumber, ComesBackFromStorageWhateverTodayIs) {
  const std::string text = ValidNumberText(On("2026-11-20"), 238);
  const absl::StatusOr<PersonNumber> stored = PersonNumber::FromStored(text);

  ASSERT_THAT(stored, IsOk());
  EXPECT_EQ(stored->Digits(kTest), text);
}

TEST(PersonNumber, FromStorageIsABugWhenItNeverWasOne) {
  const std::string text = ValidNumberText(On("1985-05-05"), 238);

  for (const std::string& other :
       {std::string(), TenOf(text), Signed(text, "-"),
        std::string("198502302389")}) {
    EXPECT_THAT(PersonNumber::FromStored(other),
                StatusIs(absl::StatusCode::kInternal));
  }
}

// A valid twelve-digit text of either kind, born before today.
rc::Gen<std::string> AnyNumberText() {
  return rc::gen::map(
      rc::gen::tuple(
          rc::gen::inRange(On("1850-01-01").Number(), Today().Number() + 1),
          rc::gen::inRange(1, 1000), rc::gen::arbitrary<bool>()),
      [](const std::tuple<int32_t, int, bool>& parts) {
        const auto& [birth, serial, samordningsnummer] = parts;
        const Day day = Day::FromNumber(birth);
        return samordningsnummer ? ValidSamordningsnummerText(day, serial)
                                 : ValidNumberText(day, serial);
      });
}

RC_GTEST_PROP(PersonNumberProperty, EveryWrittenFormMeansTheSameDigits, ()) {
  const std::string twelve = *AnyNumberText();
  const PersonNumber number = *PersonNumber::Parse(twelve, Today());
  const int age = number.AgeOn(Today());

  RC_ASSERT(number.Digits(kTest) == twelve);
  RC_ASSERT(*PersonNumber::FromStored(twelve) == number);
  RC_ASSERT(Meaning(Signed(twelve, "-")) == twelve);
  RC_ASSERT((Meaning(Signed(twelve, "+")) == twelve) == (age >= 100));
  if (age < 100) {
    RC_ASSERT(Meaning(TenOf(twelve)) == twelve);
    RC_ASSERT(Meaning(Signed(TenOf(twelve), "-")) == twelve);
  } else if (number.BirthDay() < On("1926-11-21") &&
             number.BirthDay() > On("1826-11-20") &&
             number.BirthDay().Text().substr(5) != "02-29") {
    RC_ASSERT(Meaning(Signed(TenOf(twelve), "+")) == twelve);
  }
}

RC_GTEST_PROP(PersonNumberProperty, OneChangedDigitIsNeverTheSamePerson, ()) {
  const std::string ten = TenOf(*AnyNumberText());
  const size_t place = *rc::gen::inRange<size_t>(0, 10);
  const int step = *rc::gen::inRange(1, 10);
  std::string changed = ten;
  changed[place] = static_cast<char>('0' + (ten[place] - '0' + step) % 10);

  RC_ASSERT(Meaning(changed) == kImpossible);
}

RC_GTEST_PROP(PersonNumberProperty, NoTextIsMoreThanRefused, ()) {
  const std::string text = *rc::gen::string<std::string>();
  const absl::StatusOr<PersonNumber> number =
      PersonNumber::Parse(text, Today());

  RC_ASSERT(number.ok() ||
            number.status().code() == absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace stegvis::domain
