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

TEST(FindingText, IsTheKindWhenThatIsNew) {
  EXPECT_EQ(FindingText("FROM_THE_FUTURE"), "FROM_THE_FUTURE");
}

}  // namespace
}  // namespace stegvis::cli
