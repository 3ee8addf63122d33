#include "client/cli/reason_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/strings/strip.h"
#include "client/cli/words.h"
#include "stegvis/v1/reasons.pb.h"

namespace stegvis::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ReasonText, IsThereForEveryReason) {
  const auto* reasons = v1::Reason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    const std::string& name = reasons->value(i)->name();
    if (reasons->value(i)->number() == v1::REASON_UNSPECIFIED) continue;
    EXPECT_TRUE(HasReasonText(absl::StripPrefix(name, "REASON_"))) << name;
  }
}

TEST(ReasonText, IsOneLineThatSaysWhatAndHowToMend) {
  const auto* reasons = v1::Reason_descriptor();
  for (int i = 0; i < reasons->value_count(); ++i) {
    const std::string text =
        ReasonText(absl::StripPrefix(reasons->value(i)->name(), "REASON_"));
    EXPECT_THAT(text, Not(HasSubstr("\n")));
    EXPECT_THAT(text, HasSubstr(". "));
  }
}

TEST(ReasonText, NamesAReasonThatIsNewerThanTheProgram) {
  EXPECT_THAT(ReasonText("FROM_THE_FUTURE"), HasSubstr("FROM_THE_FUTURE"));
}

TEST(ReasonTextAt, IsThatOfTheFieldWhereTheReasonMeansSomethingElse) {
  for (const char* field : {"exit.end_reason", "registration.exit.end_reason",
                            "end_reason", "avslutsanledning"}) {
    EXPECT_THAT(ReasonTextAt(field, "NOT_ALLOWED"),
                HasSubstr("participant withdraw-consent"))
        << field;
  }
  for (const char* field : {"count.year", "ar"}) {
    EXPECT_THAT(ReasonTextAt(field, "DATE_IN_FUTURE"),
                HasSubstr("Året ligger i framtiden"))
        << field;
  }
  for (const char* field :
       {"registration.follow_ups", "uppf6_datum", "uppf12_datum"}) {
    EXPECT_THAT(ReasonTextAt(field, "NOT_ALLOWED"), HasSubstr("avslut"))
        << field;
  }
}

TEST(ReasonTextAt, IsThatOfTheReasonElsewhere) {
  EXPECT_EQ(ReasonTextAt("choices", "NOT_ALLOWED"), ReasonText("NOT_ALLOWED"));
  EXPECT_EQ(ReasonTextAt("", "NOT_ALLOWED"), ReasonText("NOT_ALLOWED"));
  EXPECT_EQ(ReasonTextAt("count.year", "OUT_OF_RANGE"),
            ReasonText("OUT_OF_RANGE"));
  EXPECT_EQ(ReasonTextAt("bar", "DATE_IN_FUTURE"),
            ReasonText("DATE_IN_FUTURE"));
}

TEST(FindingText, IsTheKindWhenThatIsNew) {
  EXPECT_EQ(FindingText("FROM_THE_FUTURE"), "FROM_THE_FUTURE");
}

}  // namespace
}  // namespace stegvis::cli
