#include "client/cli/demo/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "client/cli/demo/csv_file.h"
#include "tests/support/status_matchers.h"

namespace stegvis::demo {
namespace {

using ::stegvis::testing::HasFault;
using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

namespace fs = std::filesystem;

// A folder of its own for each test, gone afterwards.
class Generating : public ::testing::Test {
 protected:
  Generating()
      : folder_(
            fs::path(::testing::TempDir()) /
            ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(folder_);
  }
  ~Generating() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ / name; }

  static std::string Read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  fs::path folder_;
};

// FNV-1a: enough to notice a changed byte.
uint64_t Digest(const std::string& bytes) {
  uint64_t digest = 14695981039346656037ull;
  for (const char byte : bytes) {
    digest = (digest ^ static_cast<unsigned char>(byte)) * 1099511628211ull;
  }
  return digest;
}

TEST_F(Generating, WritesTheSameBytesOnEveryMachine) {
  ASSERT_THAT(Generate({.seed = 1, .scale = 1, .directory = folder_}), IsOk());

  // A change of these is a change of the demo data set: say so in its commit.
  EXPECT_EQ(Digest(Read(Path("forbund.csv"))), 9763644955928027426u);
  EXPECT_EQ(Digest(Read(Path("insatser.csv"))), 11617859600861390912u);
  EXPECT_EQ(Digest(Read(Path("participants.csv"))), 10275665937749562750u);
  EXPECT_EQ(Digest(Read(Path("counts.csv"))), 10634447016878543297u);
}

TEST_F(Generating, WritesOtherPeopleForAnotherSeed) {
  ASSERT_THAT(Generate({.seed = 1, .scale = 1, .directory = Path("1")}),
              IsOk());
  ASSERT_THAT(Generate({.seed = 2, .scale = 1, .directory = Path("2")}),
              IsOk());

  EXPECT_NE(Read(Path("1/participants.csv")), Read(Path("2/participants.csv")));
}

TEST_F(Generating, KeepsForbundAndInsatserWhateverTheScale) {
  ASSERT_THAT(Generate({.seed = 1, .scale = 1, .directory = Path("1")}),
              IsOk());
  ASSERT_THAT(Generate({.seed = 1, .scale = 2, .directory = Path("2")}),
              IsOk());

  EXPECT_EQ(Read(Path("1/forbund.csv")), Read(Path("2/forbund.csv")));
  EXPECT_EQ(Read(Path("1/insatser.csv")), Read(Path("2/insatser.csv")));
  EXPECT_GT(Read(Path("2/participants.csv")).size(),
            Read(Path("1/participants.csv")).size() * 19 / 10);
}

TEST_F(Generating, RefusesAFolderWithSomethingInIt) {
  fs::create_directories(folder_);
  std::ofstream(Path("mine.txt")) << "kept";

  EXPECT_THAT(Generate({.seed = 1, .scale = 1, .directory = folder_}),
              HasReason("FOLDER_NOT_EMPTY"));
  EXPECT_EQ(Read(Path("mine.txt")), "kept");
}

TEST_F(Generating, RefusesAScaleOutOfRange) {
  EXPECT_THAT(Generate({.seed = 1, .scale = 0, .directory = folder_}),
              HasFault("scale", "OUT_OF_RANGE"));
  EXPECT_THAT(
      Generate({.seed = 1, .scale = kMaxScale + 1, .directory = folder_}),
      HasFault("scale", "OUT_OF_RANGE"));
}

TEST_F(Generating, FailsWhereNothingCanBeWritten) {
  EXPECT_THAT(Generate({.seed = 1, .scale = 1, .directory = "/proc/none"}),
              HasReason("FILE_UNWRITABLE"));
}

TEST(CsvRow, QuotesOnlyWhatMustBe) {
  EXPECT_EQ(CsvRow({"plain", "", "a;b", "said \"so\""}),
            "plain;;\"a;b\";\"said \"\"so\"\"\"");
}

}  // namespace
}  // namespace stegvis::demo
