#include "storage/seal/share_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "tests/support/status_matchers.h"

namespace stegvis::seal {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::SizeIs;

// The worked example of storage/README.md, "A share on paper".
KeyShare WorkedExample() {
  std::string bytes;
  for (char c = 0; c < 32; ++c) bytes += c;
  ShareSet set;
  set.id = {0xa0, 0xa1, 0xa2, 0xa3};
  set.need = 2;
  set.of = 3;
  set.key_version = 1;
  set.fingerprint = {0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7};
  return {set, 2, *Key::FromBytes(bytes)};
}

KeyShare SomeShare() {
  const VersionedKey key = {Key::Random(), 0xfedcba98};
  return std::move(Split(key, {20, 17}).value()[16]);
}

std::string TextOf(const KeyShare& share) {
  return std::string(ShareText(share).View());
}

// The groups, six digits each, without their numbers.
std::vector<std::string> GroupsOf(const KeyShare& share) {
  std::vector<std::string> groups;
  const std::string text = TextOf(share);
  for (absl::string_view part : absl::StrSplit(text, ':')) {
    std::string digits;
    for (const char c : part) {
      if (absl::ascii_isdigit(static_cast<unsigned char>(c))) digits += c;
    }
    if (digits.size() >= 6) groups.push_back(digits.substr(0, 6));
  }
  return groups;
}

// What becomes of a text that holds one share: the first fault.
absl::Status Fault(const std::string& text) {
  ShareReader reader;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    absl::Status read = reader.AddLine(line);
    if (!read.ok()) return read;
  }
  return reader.Finish();
}

absl::Status Fault(const std::vector<std::string>& groups) {
  return Fault(absl::StrJoin(groups, " "));
}

std::string Group(size_t at) { return absl::StrCat("group ", at + 1); }

void ExpectRead(const std::string& text, const KeyShare& written) {
  ShareReader reader;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ASSERT_THAT(reader.AddLine(line), IsOk());
  }
  ASSERT_THAT(reader.Finish(), IsOk());
  ASSERT_THAT(reader.Shares(), SizeIs(1));
  const KeyShare& read = reader.Shares().front();
  EXPECT_EQ(read.set, written.set);
  EXPECT_EQ(read.number, written.number);
  EXPECT_TRUE(read.bytes.Equals(written.bytes));
}

TEST(ShareText, IsThatOfTheWorkedExample) {
  EXPECT_EQ(TextOf(WorkedExample()),
            "   1: 004 167     2: 413 787     3: 417 306     4: 005 158\n"
            "   5: 000 009     6: 000 019     7: 616 818     8: 621 958\n"
            "   9: 627 097    10: 632 234    11: 000 012    12: 005 157\n"
            "  13: 010 293    14: 015 432    15: 020 572    16: 025 710\n"
            "  17: 030 853    18: 035 993    19: 041 132    20: 046 272\n"
            "  21: 051 418    22: 056 559    23: 061 698    24: 066 837\n"
            "  25: 071 974    26: 077 118    27: 379 464    28: 360 507\n");
}

TEST(ShareText, HasNumberedGroupsOfSixDigits) {
  EXPECT_THAT(GroupsOf(SomeShare()), SizeIs(kShareGroups));
  EXPECT_THAT(TextOf(SomeShare()),
              ::testing::MatchesRegex(
                  "(( +[0-9]+: [0-9][0-9][0-9] [0-9][0-9][0-9])+\n)+"));
}

TEST(AShare, IsReadAsItWasWritten) {
  for (int i = 0; i < 100; ++i) {
    const KeyShare share = SomeShare();
    ExpectRead(TextOf(share), share);
  }
}

TEST(AShare, IsReadHoweverItsDigitsStand) {
  const KeyShare share = SomeShare();
  const std::string text = TextOf(share);
  const std::vector<std::string> groups = GroupsOf(share);
  for (const std::string& written :
       {absl::StrReplaceAll(text, {{"\n", "\r\n"}}),
        absl::StrReplaceAll(text, {{":", "."}}),
        absl::StrReplaceAll(text, {{":", ")"}}),
        absl::StrReplaceAll(text, {{" ", "\xc2\xa0"}}),
        absl::StrReplaceAll(text, {{": ", ": - \xe2\x80\x93 "}}),
        absl::StrCat("\xef\xbb\xbf", text), absl::StrCat("\f", text, "\f"),
        absl::StrJoin(groups, ""), absl::StrJoin(groups, "\n\n"),
        absl::StrJoin(absl::StrJoin(groups, ""), "\n",
                      [](std::string*out, char c) { out->push_back(c); })}) {
    ExpectRead(written, share);
  }
}

TEST(AShare, IsReadOutOfTheWordsAroundIt) {
  const KeyShare share = SomeShare();

  ExpectRead(absl::StrCat("ANDEL 17 AV 20\nGjord 2026-03-04, version 1\n\n",
                          "• Första: 12\n– År 12\n", TextOf(share),
                          "----\nSida 1 av 1\n"),
             share);
}

TEST(AShare, NamesTheGroupOfEverySingleWrongDigit) {
  for (const std::vector<std::string>& groups :
       {GroupsOf(WorkedExample()), GroupsOf(SomeShare())}) {
    for (size_t at = 0; at < groups.size(); ++at) {
      for (size_t place = 0; place < 6; ++place) {
        for (char digit = '0'; digit <= '9'; ++digit) {
          std::vector<std::string> typed = groups;
          typed[at][place] = digit;
          if (typed == groups) continue;
          ASSERT_THAT(Fault(typed),
                      HasFault(Group(at), "KEY_SHARE_GROUP_WRONG"));
        }
      }
    }
  }
}

TEST(AShare, NamesTheGroupOfTwoDigitsThatChangedPlaces) {
  const std::vector<std::string> groups = GroupsOf(SomeShare());
  for (size_t at = 0; at < groups.size(); ++at) {
    for (size_t place = 0; place + 1 < 6; ++place) {
      std::vector<std::string> typed = groups;
      std::swap(typed[at][place], typed[at][place + 1]);
      if (typed == groups) continue;
      EXPECT_THAT(Fault(typed), HasFault(Group(at), "KEY_SHARE_GROUP_WRONG"));
    }
  }
}

TEST(AShare, NamesTheFirstOfTwoGroupsThatChangedPlaces) {
  for (const std::vector<std::string>& groups :
       {GroupsOf(WorkedExample()), GroupsOf(SomeShare())}) {
    for (size_t first = 0; first < groups.size(); ++first) {
      for (size_t second = first + 1; second < groups.size(); ++second) {
        std::vector<std::string> typed = groups;
        std::swap(typed[first], typed[second]);
        // Ten places on the check digits are the same; the whole tells then.
        if ((second - first) % 10 == 0) {
          if (typed != groups) {
            EXPECT_THAT(Fault(typed), HasReason("KEY_SHARE_UNREADABLE"));
          }
          continue;
        }
        EXPECT_THAT(Fault(typed),
                    HasFault(Group(first), "KEY_SHARE_GROUP_WRONG"));
      }
    }
  }
}

TEST(AShare, NamesTheGroupThatIsMissingOrTooMuch) {
  const std::string text = TextOf(WorkedExample());
  for (int group = 1; group <= kShareGroups; ++group) {
    // Its number, and the blank before the first digit.
    const size_t at = text.find(absl::StrCat(" ", group, ": ")) + 1;
    const size_t digits = text.find(':', at) + 2;
    const std::string name = absl::StrCat("group ", group);

    std::string without = text;
    without.erase(at, digits + 7 - at);
    EXPECT_THAT(Fault(without), HasFault(name, group == kShareGroups
                                                   ? "KEY_SHARE_INCOMPLETE"
                                                   : "KEY_SHARE_GROUP_WRONG"));
    std::string short_of_a_digit = text;
    short_of_a_digit.erase(digits, 1);
    EXPECT_THAT(
        Fault(short_of_a_digit),
        HasFault(name, group == kShareGroups ? "KEY_SHARE_INCOMPLETE"
                                             : "KEY_SHARE_GROUP_WRONG"));
    std::string with_a_letter = text;
    with_a_letter[digits] = 'O';
    EXPECT_THAT(Fault(with_a_letter), HasFault(name, "KEY_SHARE_GROUP_WRONG"));
  }
}

TEST(AShare, SaysWhereItEndsTooEarly) {
  std::vector<std::string> groups = GroupsOf(WorkedExample());
  groups.resize(20);
  EXPECT_THAT(Fault(groups), HasFault("group 21", "KEY_SHARE_INCOMPLETE"));
  groups.push_back("12");
  EXPECT_THAT(Fault(groups), HasFault("group 21", "KEY_SHARE_INCOMPLETE"));
  EXPECT_THAT(Fault(std::string()),
              HasFault("group 1", "KEY_SHARE_INCOMPLETE"));
  EXPECT_THAT(Fault("Kära kollega,\n"),
              HasFault("group 1", "KEY_SHARE_INCOMPLETE"));
}

TEST(AShare, IsRefusedWithAGroupThatNoTwoBytesMake) {
  std::vector<std::string> groups = GroupsOf(WorkedExample());
  for (char check = '0'; check <= '9'; ++check) {
    groups[3] = absl::StrCat("65536", std::string(1, check));
    EXPECT_THAT(Fault(groups), HasFault("group 4", "KEY_SHARE_GROUP_WRONG"));
  }
}

TEST(AShare, ThatCannotBeIsUnreadable) {
  const std::vector<std::function<void(KeyShare&)>> changes = {
      [](KeyShare& share) { share.number = 0; },
      [](KeyShare& share) { share.number = 4; },
      [](KeyShare& share) { share.set.need = 1; },
      [](KeyShare& share) { share.set.need = 4; },
      [](KeyShare& share) { share.set.of = 21; },
      [](KeyShare& share) { share.set.key_version = 0; }};
  for (const auto& change : changes) {
    KeyShare share = WorkedExample();
    change(share);
    EXPECT_THAT(Fault(TextOf(share)), HasReason("KEY_SHARE_UNREADABLE"));
  }
}

TEST(ALineWithAFault, ChangesNothingAndCanBeWrittenAgain) {
  const KeyShare share = SomeShare();
  const std::vector<std::string> lines =
      absl::StrSplit(TextOf(share), '\n', absl::SkipEmpty());
  ShareReader reader;
  int next = 1;
  for (const std::string& line : lines) {
    std::string wrong = line;
    wrong.back() =
        wrong.back() == '9' ? '0' : static_cast<char>(wrong.back() + 1);
    EXPECT_THAT(reader.AddLine(wrong), HasReason("KEY_SHARE_GROUP_WRONG"));
    EXPECT_EQ(reader.NextGroup(), next);

    EXPECT_THAT(reader.AddLine(line), IsOk());
    next = next + 4 > kShareGroups ? 1 : next + 4;
    EXPECT_EQ(reader.NextGroup(), next);
  }
  EXPECT_THAT(reader.Finish(), IsOk());
  EXPECT_THAT(reader.Shares(), SizeIs(1));
}

TEST(ShareReader, ReadsSharesOneAfterTheOther) {
  const KeyShare first = SomeShare();
  const KeyShare second = SomeShare();
  const std::string digits = absl::StrCat(absl::StrJoin(GroupsOf(first), ""),
                                          absl::StrJoin(GroupsOf(second), ""));
  ShareReader reader;

  // The fault at its end takes back what the line has brought.
  EXPECT_THAT(reader.AddLine(absl::StrCat(digits, "x")),
              HasFault("group 1", "KEY_SHARE_GROUP_WRONG"));
  EXPECT_THAT(reader.Shares(), SizeIs(0));

  EXPECT_THAT(reader.AddLine(digits), IsOk());
  ASSERT_THAT(reader.Shares(), SizeIs(2));
  EXPECT_TRUE(reader.Shares()[1].bytes.Equals(second.bytes));
}

TEST(ShareReader, ForgetsAShareWhenItIsToldTo) {
  const KeyShare share = SomeShare();
  const std::vector<std::string> groups = GroupsOf(share);
  ShareReader reader;
  ASSERT_THAT(reader.AddLine(absl::StrCat(groups[0], groups[1], "12")), IsOk());
  ASSERT_EQ(reader.NextGroup(), 3);

  reader.StartOver();

  EXPECT_EQ(reader.NextGroup(), 1);
  EXPECT_THAT(reader.AddLine(absl::StrJoin(groups, " ")), IsOk());
  EXPECT_THAT(reader.Finish(), IsOk());
}

}  // namespace
}  // namespace stegvis::seal
