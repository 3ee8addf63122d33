#include "services/validation/utf8.h"

#include <gtest/gtest.h>

#include "stegvis/v1/audit.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "tests/support/status_matchers.h"

namespace stegvis::validation {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::IsOk;

TEST(Utf8, HoldsEveryLengthOfCharacter) {
  EXPECT_TRUE(IsUtf8(""));
  EXPECT_TRUE(IsUtf8("a"));
  EXPECT_TRUE(IsUtf8("förbund"));
  EXPECT_TRUE(IsUtf8("\xE2\x82\xAC"));      // €
  EXPECT_TRUE(IsUtf8("\xF0\x9F\x99\x82"));  // Beyond the first plane.
  EXPECT_TRUE(IsUtf8("\xF4\x8F\xBF\xBF"));  // The last one.
}

TEST(Utf8, HoldsNothingElse) {
  for (const absl::string_view text :
       {"\x80", "\xC3", "\xC3(", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80",
        "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80",
        "\xFF", "f\xF6rbund"}) {
    EXPECT_FALSE(IsUtf8(text));
  }
}

TEST(CheckTexts, NamesEachTextByItsPathAtAnyDepth) {
  v1::CreateForbundRequest request;
  request.mutable_forbund()->set_contact("\xFF");
  request.mutable_forbund()->add_kommuner();
  request.mutable_forbund()->add_kommuner()->set_district("\xFF");
  Faults faults;

  CheckTexts(request, faults);

  EXPECT_THAT(faults.ToStatus(), HasFault("forbund.contact", "NOT_UTF8"));
  EXPECT_THAT(faults.ToStatus(),
              HasFault("forbund.kommuner[1].district", "NOT_UTF8"));
  EXPECT_EQ(FaultsOf(faults.ToStatus()).size(), 2);
}

TEST(CheckTexts, LooksIntoListsOfTexts) {
  v1::Question question;
  question.add_choices("ja");
  question.add_choices("\xFF");
  Faults faults;

  CheckTexts(question, faults);

  EXPECT_THAT(faults.ToStatus(), HasFault("choices[1]", "NOT_UTF8"));
}

TEST(CheckTexts, LeavesBytesAlone) {
  v1::AuditHead head;
  head.set_root("\xFF");
  Faults faults;

  CheckTexts(head, faults);

  EXPECT_THAT(faults.ToStatus(), IsOk());
}

}  // namespace
}  // namespace stegvis::validation
