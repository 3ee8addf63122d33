#include "services/offline/share_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/seal/share_text.h"
#include "tests/support/status_matchers.h"

namespace stegvis::offline {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::SizeIs;

namespace fs = std::filesystem;

class FilesOfShares : public ::testing::Test {
 protected:
  FilesOfShares()
      : folder_(
            fs::path(::testing::TempDir()) /
            ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    shares_ = *seal::Split({seal::Key::Random(), 1}, {3, 2});
  }
  ~FilesOfShares() override { fs::remove_all(folder_); }

  std::string Text(size_t share) const {
    return std::string(seal::ShareText(shares_[share]).View());
  }

  std::string Write(const std::string& name, const std::string& text) const {
    const fs::path path = folder_ / name;
    std::ofstream(path) << text;
    return path.string();
  }

  const fs::path folder_;
  std::vector<seal::KeyShare> shares_;
};

TEST_F(FilesOfShares, AreReadOneAfterTheOther) {
  const auto read = ReadShareFiles(
      {Write("1", Text(2)), Write("2", absl::StrCat(Text(0), "\f", Text(1)))});

  ASSERT_THAT(read, IsOk());
  ASSERT_THAT(*read, SizeIs(3));
  EXPECT_EQ((*read)[0].number, 3);
  EXPECT_EQ((*read)[2].number, 2);
}

TEST_F(FilesOfShares, AreReadWithoutALineBreakAtTheEnd) {
  std::string text = Text(0);
  text.pop_back();

  EXPECT_THAT(ReadShareFiles({Write("1", text)}), IsOk());
}

TEST_F(FilesOfShares, SayWhereAFaultIs) {
  const std::string good = Write("good", Text(0));
  std::string wrong = Text(1);
  wrong[8] = wrong[8] == '9' ? '0' : static_cast<char>(wrong[8] + 1);

  EXPECT_THAT(
      ReadShareFiles({good, Write("wrong", absl::StrCat("Andel\n\n", wrong))}),
      HasFault("file 2.line 3.group 1", "KEY_SHARE_GROUP_WRONG"));
  EXPECT_THAT(ReadShareFiles({Write("half", Text(1).substr(0, 70)), good}),
              HasFault("file 1.group 5", "KEY_SHARE_INCOMPLETE"));
  EXPECT_THAT(ReadShareFiles({good, Write("none", "Hej")}),
              HasFault("file 2.group 1", "KEY_SHARE_INCOMPLETE"));
  EXPECT_THAT(ReadShareFiles({good, good, (folder_ / "away").string()}),
              HasFault("file 3", "FILE_UNREADABLE"));
  EXPECT_THAT(ReadShareFiles({folder_.string()}),
              HasFault("file 1", "FILE_UNREADABLE"));
}

TEST_F(FilesOfShares, AreNotReadWithoutEnd) {
  EXPECT_THAT(ReadShareFiles({"/dev/zero"}), HasReason("KEY_SHARE_UNREADABLE"));
}

}  // namespace
}  // namespace stegvis::offline
