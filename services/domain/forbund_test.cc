#include "services/domain/forbund.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/base/limits.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::domain {
namespace {

using ::stegvis::testing::AForbund;
using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::stegvis::testing::On;
using ::stegvis::testing::TestId;

// Försäkringskassan's own number; the check digit is real.
constexpr char kNumber[] = "202100-5521";

TEST(OrganizationNumber, IsWrittenWithADash) {
  for (const std::string text : {"202100-5521", "2021005521"}) {
    const absl::StatusOr<OrganizationNumber> number =
        OrganizationNumber::Parse(text);
    ASSERT_THAT(number, IsOk());
    EXPECT_EQ(number->Text(), kNumber);
  }
}

TEST(OrganizationNumber, IsRefusedInOtherForms) {
  for (const std::string text :
       {"", "-", "202100-552", "202100-55210", "20210-05521", "202100 5521",
        "162021005521", "202100-552A", "202100+5521", " 202100-5521"}) {
    EXPECT_THAT(OrganizationNumber::Parse(text),
                HasReason("ORGANIZATION_NUMBER_INVALID"))
        << text;
  }
}

TEST(OrganizationNumber, IsRefusedWithAnotherCheckDigit) {
  EXPECT_THAT(OrganizationNumber::Parse("202100-5522"),
              HasReason("ORGANIZATION_NUMBER_INVALID"));
}

TEST(OrganizationNumber, IsNeverAPersons) {
  const std::string person = testing::ValidNumberText(On("1985-05-05"), 238);

  EXPECT_TRUE(CheckDigitHolds(person.substr(2)));
  EXPECT_THAT(OrganizationNumber::Parse(person.substr(2)),
              HasReason("ORGANIZATION_NUMBER_INVALID"));
}

TEST(CheckDigit, NeedsTenDigits) {
  EXPECT_FALSE(CheckDigitHolds("202100552"));
  EXPECT_FALSE(CheckDigitHolds("202100-5521"));
  EXPECT_TRUE(CheckDigitHolds("2021005521"));
}

TEST(KommunCode, IsFourDigitsOfALan) {
  EXPECT_THAT(CheckKommunCode("0180"), IsOk());
  EXPECT_THAT(CheckKommunCode("2584"), IsOk());
  for (const std::string code :
       {"", "018", "01800", "0280", "2684", "O180", "0000", "1 80"}) {
    EXPECT_THAT(CheckKommunCode(code), HasFault("", "OUT_OF_RANGE")) << code;
  }
}

TEST(Forbund, IsValidAsBuilt) {
  EXPECT_THAT(CheckForbund(AForbund().Build()), IsOk());
}

TEST(Forbund, MayEndOnItsFirstDayButNotBefore) {
  const AForbund given = AForbund().From(On("2020-01-01"));

  EXPECT_THAT(CheckForbund(AForbund(given).Until(On("2020-01-01")).Build()),
              IsOk());
  EXPECT_THAT(CheckForbund(AForbund(given).Until(On("2019-12-31")).Build()),
              HasFault("end_date", "ENDS_BEFORE_START"));
}

TEST(Forbund, NamesEveryFaultAtOnce) {
  Forbund forbund = AForbund().Build();
  forbund.display_name = "  ";
  forbund.description = std::string(limits::kMaxDescriptionBytes + 1, 'x');
  forbund.contact = std::string(limits::kMaxContactBytes + 1, 'x');
  forbund.kommuner = {{"0180", "Kista"}, {"9999", ""}, {"0180", "Kista"}};
  forbund.parties = {{.title = "Region"}, {.title = ""}, {.title = "Region"}};

  const absl::Status status = CheckForbund(forbund);

  EXPECT_THAT(status, HasFault("display_name", "MISSING"));
  EXPECT_THAT(status, HasFault("description", "TOO_LONG"));
  EXPECT_THAT(status, HasFault("contact", "TOO_LONG"));
  EXPECT_THAT(status, HasFault("kommuner[1].code", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("kommuner[2].code", "DUPLICATE"));
  EXPECT_THAT(status, HasFault("parties[1].title", "MISSING"));
  EXPECT_THAT(status, HasFault("parties[2].title", "DUPLICATE"));
}

TEST(Forbund, MayCoverTwoStadsdelarOfOneKommun) {
  Forbund forbund = AForbund().Build();
  forbund.kommuner = {{"0180", "Kista"}, {"0180", "Farsta"}};

  EXPECT_THAT(CheckForbund(forbund), IsOk());
}

TEST(Forbund, HasLimitsThatCanBeReached) {
  Forbund forbund = AForbund().Build();
  forbund.display_name = std::string(limits::kMaxTitleBytes, 'x');
  EXPECT_THAT(CheckForbund(forbund), IsOk());

  forbund.display_name += 'x';
  EXPECT_THAT(CheckForbund(forbund), HasFault("display_name", "TOO_LONG"));
}

Question AQuestion(AnswerType type) {
  Question question{.id = TestId<QuestionId>(1),
                    .text = "Har du barn hemma?",
                    .answer_type = type,
                    .choices = {},
                    .start = On("2020-01-01"),
                    .end = On("2020-12-31"),
                    .position = 1,
                    .asked_entry = true,
                    .asked_exit = false};
  if (type == AnswerType::kChoice) question.choices = {"Ofta", "Sällan"};
  return question;
}

TEST(Question, IsValidOfEveryType) {
  for (const AnswerType type : {AnswerType::kYesNo, AnswerType::kNumber,
                                AnswerType::kText, AnswerType::kChoice}) {
    EXPECT_THAT(CheckQuestion(AQuestion(type)), IsOk());
  }
}

TEST(Question, HasChoicesOnlyWhereOneChooses) {
  Question choice = AQuestion(AnswerType::kChoice);
  choice.choices.clear();
  Question number = AQuestion(AnswerType::kNumber);
  number.choices = {"1"};

  EXPECT_THAT(CheckQuestion(choice), HasFault("choices", "MISSING"));
  EXPECT_THAT(CheckQuestion(number), HasFault("choices", "NOT_ALLOWED"));
}

TEST(Question, NamesEveryFaultAtOnce) {
  Question question = AQuestion(AnswerType::kChoice);
  question.text = "";
  question.choices = {"Ja", "", "Ja"};
  question.end = On("2019-12-31");
  question.position = 1001;
  question.asked_entry = false;

  const absl::Status status = CheckQuestion(question);

  EXPECT_THAT(status, HasFault("text", "MISSING"));
  EXPECT_THAT(status, HasFault("choices[1]", "MISSING"));
  EXPECT_THAT(status, HasFault("choices[2]", "DUPLICATE"));
  EXPECT_THAT(status, HasFault("end_date", "ENDS_BEFORE_START"));
  EXPECT_THAT(status, HasFault("position", "OUT_OF_RANGE"));
  EXPECT_THAT(status, HasFault("asked_entry", "MISSING"));
}

absl::Status CheckOneAnswer(AnswerType type, const std::string& value) {
  return CheckAnswers({{TestId<QuestionId>(1), value}}, {AQuestion(type)},
                      AskedAt::kEntry, On("2020-06-01"));
}

TEST(Answers, HaveTheFormOfTheirQuestion) {
  EXPECT_THAT(CheckOneAnswer(AnswerType::kYesNo, "ja"), IsOk());
  EXPECT_THAT(CheckOneAnswer(AnswerType::kYesNo, "nej"), IsOk());
  EXPECT_THAT(CheckOneAnswer(AnswerType::kNumber, "0"), IsOk());
  EXPECT_THAT(CheckOneAnswer(AnswerType::kNumber, "-12"), IsOk());
  EXPECT_THAT(CheckOneAnswer(AnswerType::kText, "Två"), IsOk());
  EXPECT_THAT(CheckOneAnswer(AnswerType::kChoice, "Sällan"), IsOk());
}

TEST(Answers, AreRefusedInAnotherForm) {
  const auto invalid = HasFault("answers[0].value", "ANSWER_INVALID");
  const std::string too_long(limits::kMaxAnswerBytes + 1, 'x');

  EXPECT_THAT(CheckOneAnswer(AnswerType::kYesNo, "Ja"), invalid);
  EXPECT_THAT(CheckOneAnswer(AnswerType::kYesNo, ""), invalid);
  for (const std::string text :
       {"", "-", "1.5", " 1", "+1", "1e3", "1234567890123456789"}) {
    EXPECT_THAT(CheckOneAnswer(AnswerType::kNumber, text), invalid) << text;
  }
  EXPECT_THAT(CheckOneAnswer(AnswerType::kText, ""), invalid);
  EXPECT_THAT(CheckOneAnswer(AnswerType::kText, too_long), invalid);
  EXPECT_THAT(CheckOneAnswer(AnswerType::kChoice, "Aldrig"), invalid);
}

TEST(Answers, AreTakenFromTheFirstToTheLastDayOfTheQuestion) {
  const std::vector<Question> questions = {AQuestion(AnswerType::kYesNo)};
  const std::vector<Answer> answers = {{TestId<QuestionId>(1), "ja"}};
  const auto check = [&](absl::string_view day) {
    return CheckAnswers(answers, questions, AskedAt::kEntry, On(day));
  };
  const auto not_asked = HasFault("answers[0].question", "QUESTION_NOT_ASKED");

  EXPECT_THAT(check("2019-12-31"), not_asked);
  EXPECT_THAT(check("2020-01-01"), IsOk());
  EXPECT_THAT(check("2020-12-31"), IsOk());
  EXPECT_THAT(check("2021-01-01"), not_asked);
}

TEST(Answers, AreRefusedWhereTheQuestionIsNotAsked) {
  EXPECT_THAT(CheckAnswers({{TestId<QuestionId>(1), "ja"}},
                           {AQuestion(AnswerType::kYesNo)}, AskedAt::kExit,
                           On("2020-06-01")),
              HasFault("answers[0].question", "QUESTION_NOT_ASKED"));
}

TEST(Answers, AreRefusedTwiceOrToNoQuestion) {
  const absl::Status status = CheckAnswers({{TestId<QuestionId>(1), "ja"},
                                            {TestId<QuestionId>(1), "ja"},
                                            {TestId<QuestionId>(2), "ja"}},
                                           {AQuestion(AnswerType::kYesNo)},
                                           AskedAt::kEntry, On("2020-06-01"));

  EXPECT_THAT(status, HasFault("answers[1].question", "DUPLICATE"));
  EXPECT_THAT(status, HasFault("answers[2].question", "QUESTION_UNKNOWN"));
}

}  // namespace
}  // namespace stegvis::domain
