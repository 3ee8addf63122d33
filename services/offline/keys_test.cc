#include "services/offline/keys.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/offline/share_input.h"
#include "storage/seal/key_source.h"
#include "tests/support/status_matchers.h"

namespace stegvis::offline {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::SizeIs;
using Outcome = Drill::Outcome;

namespace fs = std::filesystem;

const Day kDay = *Day::Parse("2026-03-04");

class AKeySource : public ::testing::Test {
 protected:
  AKeySource()
      : folder_(
            fs::path(::testing::TempDir()) /
            ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    path_ = Path("key-source");
    EXPECT_THAT(seal::KeySource::Create(path_), IsOk());
  }
  ~AKeySource() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const {
    return (folder_ / name).string();
  }

  // Splits it into `name`/andel-N.txt, any two of three.
  void ShareInto(const std::string& name) const {
    const auto pages = MakeSharePages(path_, {3, 2}, kDay);
    ASSERT_THAT(pages, IsOk());
    ASSERT_THAT(WriteSharePages(*pages, Path(name)), IsOk());
  }

  ShareSource From(const std::vector<std::string>& names) const {
    std::vector<std::string> files;
    for (const std::string& name : names) files.push_back(Path(name));
    return [files] { return ReadShareFiles(files); };
  }

  std::string Content() const {
    std::ifstream file(path_);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  // Another key in the place of the first.
  void Replace(uint32_t version) const {
    fs::remove(path_);
    ASSERT_THAT(seal::KeySource::Write(path_, {seal::Key::Random(), version}),
                IsOk());
  }

  const fs::path folder_;
  std::string path_;
};

TEST_F(AKeySource, ComesBackAsItWasOutOfItsShares) {
  ShareInto("shares");
  const std::string before = Content();
  fs::remove(path_);

  const auto version = RecoverKeySource(
      path_, From({"shares/andel-3.txt", "shares/andel-1.txt"}));

  ASSERT_THAT(version, IsOk());
  EXPECT_EQ(*version, 1U);
  EXPECT_TRUE(Content() == before) << "it is another one";
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(AKeySource, IsNeverWrittenOverAndNobodyIsAskedForShares) {
  const ShareSource unasked =
      []() -> absl::StatusOr<std::vector<seal::KeyShare>> {
    ADD_FAILURE() << "asked for shares";
    return errors::KeySharesTooFew();
  };
  EXPECT_THAT(RecoverKeySource(path_, unasked), HasReason("KEY_SOURCE_EXISTS"));

  fs::create_symlink(Path("nowhere"), Path("link"));
  EXPECT_THAT(RecoverKeySource(Path("link"), unasked),
              HasReason("KEY_SOURCE_EXISTS"));
  EXPECT_THAT(DrillShares(Path("away"), unasked),
              HasReason("KEY_SOURCE_MISSING"));
}

TEST_F(AKeySource, IsNotThereAfterARefusal) {
  ShareInto("first");
  ShareInto("second");
  fs::remove(path_);

  EXPECT_THAT(RecoverKeySource(path_, From({"first/andel-1.txt"})),
              HasReason("KEY_SHARES_TOO_FEW"));
  EXPECT_THAT(RecoverKeySource(
                  path_, From({"first/andel-1.txt", "second/andel-2.txt"})),
              HasReason("KEY_SHARES_MIXED"));
  EXPECT_THAT(
      RecoverKeySource(path_, From({"first/andel-1.txt", "first/andel-1.txt"})),
      HasReason("KEY_SHARE_TWICE"));
  EXPECT_FALSE(fs::exists(path_));
  EXPECT_THAT(RecoverKeySource(Path("no/folder"), From({"first/andel-1.txt",
                                                        "first/andel-2.txt"})),
              HasReason("FILE_UNWRITABLE"));
}

TEST_F(AKeySource, IsTriedAgainstItsShares) {
  ShareInto("shares");
  const ShareSource two = From({"shares/andel-1.txt", "shares/andel-2.txt"});
  const auto outcome = [&] { return DrillShares(path_, two)->outcome; };

  EXPECT_EQ(outcome(), Outcome::kWorks);
  Replace(1);
  EXPECT_EQ(outcome(), Outcome::kOther);
  Replace(2);
  EXPECT_EQ(outcome(), Outcome::kOlder);
  EXPECT_EQ(DrillShares(path_, two)->share_version, 1U);
  EXPECT_EQ(DrillShares(path_, two)->source_version, 2U);
  ShareInto("newer");
  Replace(1);
  EXPECT_EQ(DrillShares(path_, From({"newer/andel-1.txt", "newer/andel-3.txt"}))
                ->outcome,
            Outcome::kNewer);
}

TEST_F(AKeySource, IsSharedForItsOwnerAlone) {
  ShareInto("above/shares");

  for (const char* name :
       {"", "/andel-1.txt", "/andel-2.txt", "/andel-3.txt"}) {
    const fs::perms others = fs::perms::group_all | fs::perms::others_all;
    EXPECT_EQ(
        fs::status(Path(absl::StrCat("above/shares", name))).permissions() &
            others,
        fs::perms::none)
        << name;
  }
}

TEST_F(AKeySource, IsSharedIntoAnEmptyFolderOrNotAtAll) {
  ShareInto("shares");
  const auto pages = MakeSharePages(path_, {2, 2}, kDay);
  ASSERT_THAT(pages, IsOk());

  EXPECT_THAT(WriteSharePages(*pages, Path("shares")),
              HasReason("FOLDER_NOT_EMPTY"));
  EXPECT_EQ(std::distance(fs::directory_iterator(Path("shares")), {}), 3);
  EXPECT_THAT(WriteSharePages(*pages, Path("key-source/shares")),
              HasReason("FILE_UNWRITABLE"));
}

TEST_F(AKeySource, IsNotSharedWhenItCannotBe) {
  EXPECT_THAT(MakeSharePages(path_, {2, 3}, kDay),
              HasFault("need", "OUT_OF_RANGE"));
  EXPECT_THAT(MakeSharePages(Path("away"), {3, 2}, kDay),
              HasReason("KEY_SOURCE_MISSING"));
}

TEST_F(AKeySource, IsPrintedAsAPageForEachShare) {
  const auto pages = MakeSharePages(path_, {3, 2}, kDay);
  ASSERT_THAT(*pages, SizeIs(3));
  FILE* printed = std::tmpfile();
  ASSERT_NE(printed, nullptr);
  ASSERT_THAT(PrintSharePages(*pages, fileno(printed)), IsOk());

  std::rewind(printed);
  EXPECT_THAT(ReadShares(fileno(printed)), IsOk());
  std::rewind(printed);
  int form_feeds = 0;
  for (int c = fgetc(printed); c != EOF; c = fgetc(printed)) {
    if (c == '\f') ++form_feeds;
  }
  EXPECT_EQ(form_feeds, 2);
  std::fclose(printed);

  const int full = open("/dev/full", O_WRONLY);
  EXPECT_THAT(PrintSharePages(*pages, full), HasReason("DISK_FULL"));
  close(full);
}

}  // namespace
}  // namespace stegvis::offline
