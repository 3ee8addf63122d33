#include "storage/seal/key_source.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tests/support/status_matchers.h"

namespace stegvis::seal {
namespace {

using testing::HasReason;
using testing::IsOk;

class KeySourceFile : public ::testing::Test {
 protected:
  KeySourceFile() : folder_(absl::StrCat(::testing::TempDir(), "keyXXXXXX")) {
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    path_ = absl::StrCat(folder_, "/key-source");
  }
  ~KeySourceFile() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& text) {
    std::ofstream(path_) << text;
    ASSERT_EQ(chmod(path_.c_str(), S_IRUSR | S_IWUSR), 0);
  }

  std::string folder_;
  std::string path_;
};

TEST_F(KeySourceFile, IsMadeForItsOwnerAloneAndNewEachTime) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  ASSERT_THAT(KeySource::Create(absl::StrCat(path_, "-2")), IsOk());

  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  const auto one = KeySource::Load(path_).value().Newest();
  const auto two = KeySource::Load(absl::StrCat(path_, "-2")).value().Newest();
  EXPECT_EQ(one->version, 1U);
  EXPECT_FALSE(one->key.Equals(two->key));
}

TEST_F(KeySourceFile, IsNeverOverwritten) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());

  const auto first = KeySource::Load(path_).value().Newest();

  EXPECT_THAT(KeySource::Create(path_), HasReason("KEY_SOURCE_EXISTS"));
  EXPECT_THAT(KeySource::Write(path_, VersionedKey{Key::Random(), 2}),
              HasReason("KEY_SOURCE_EXISTS"));

  const auto kept = KeySource::Load(path_).value().Newest();
  EXPECT_TRUE(kept->key.Equals(first->key));
}

TEST_F(KeySourceFile, IsReadAsItWasWritten) {
  for (const uint32_t version : {1U, 10U, 0xffffffffU}) {
    const std::string path = absl::StrCat(path_, version);
    const VersionedKey written = {Key::Random(), version};
    ASSERT_THAT(KeySource::Write(path, written), IsOk());

    const auto read = KeySource::Load(path).value().Newest();

    EXPECT_EQ(read->version, version);
    EXPECT_TRUE(read->key.Equals(written.key));
  }
}

TEST_F(KeySourceFile, SaysWhenItCannotBeWritten) {
  EXPECT_THAT(KeySource::Create(absl::StrCat(folder_, "/no/such/folder")),
              HasReason("FILE_UNWRITABLE"));
}

TEST_F(KeySourceFile, IsReadAsItsFormatSays) {
  Write(absl::StrCat("stegvis key source\n7 ", std::string(62, '0'), "fF\n"));

  const auto root = KeySource::Load(path_).value().Newest();

  EXPECT_EQ(root->version, 7U);
  EXPECT_EQ(root->key.Bytes(), std::string(31, '\0') + '\xff');
}

TEST_F(KeySourceFile, IsMissedWhenItIsNotThere) {
  EXPECT_THAT(KeySource::Load(path_), HasReason("KEY_SOURCE_MISSING"));
}

TEST_F(KeySourceFile, IsRefusedWhenGroupOrOthersMayReadIt) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0601U}) {
    ASSERT_EQ(chmod(path_.c_str(), mode), 0);

    EXPECT_THAT(KeySource::Load(path_), HasReason("KEY_SOURCE_UNREADABLE"));
  }
}

TEST_F(KeySourceFile, IsRefusedWhenItIsAFolder) {
  EXPECT_THAT(KeySource::Load(folder_), HasReason("KEY_SOURCE_UNREADABLE"));
}

TEST_F(KeySourceFile, IsRefusedInAnyOtherForm) {
  const std::string digits(64, 'a');
  for (const std::string& text :
       {std::string(), std::string("stegvis key source\n"),
        absl::StrCat("1 ", digits, "\n"),
        absl::StrCat("stegvis key source 1\n1 ", digits, "\n"),
        absl::StrCat("stegvis key source\n0 ", digits, "\n"),
        absl::StrCat("stegvis key source\n-1 ", digits, "\n"),
        absl::StrCat("stegvis key source\n", digits, "\n"),
        absl::StrCat("stegvis key source\n1 ", digits, "a\n"),
        absl::StrCat("stegvis key source\n1 ", digits.substr(1), "\n"),
        absl::StrCat("stegvis key source\n1 ", digits.substr(1), "g\n"),
        absl::StrCat("stegvis key source\n2 ", digits, "\n1 ", digits, "\n"),
        absl::StrCat("stegvis key source\n2 ", digits, "\n2 ", digits, "\n"),
        absl::StrCat("stegvis key source\n1 ", digits, "\n\n2 ", digits, "\n"),
        std::string(5000, 'x')}) {
    Write(text);

    EXPECT_THAT(KeySource::Load(path_), HasReason("KEY_SOURCE_UNREADABLE"))
        << text;
  }
}

TEST_F(KeySourceFile, HasANewKeyBesideTheOldOneUntilThatIsRemoved) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  KeySource source = KeySource::Load(path_).value();
  const auto old = source.Newest();

  ASSERT_THAT(source.Add(2), IsOk());

  const KeyVersions both = KeySource::Load(path_).value().Keys();
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0]->version, 1U);
  EXPECT_TRUE(both[0]->key.Equals(old->key));
  EXPECT_EQ(both[1]->version, 2U);
  EXPECT_TRUE(both[1]->key.Equals(source.Newest()->key));
  EXPECT_FALSE(both[1]->key.Equals(old->key));

  ASSERT_THAT(source.RemoveBefore(2), IsOk());

  const KeyVersions left = KeySource::Load(path_).value().Keys();
  ASSERT_EQ(left.size(), 1U);
  EXPECT_TRUE(left[0]->key.Equals(both[1]->key));
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(KeySourceFile, OverwritesWhatARemovedKeyStoodIn) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  KeySource source = KeySource::Load(path_).value();
  ASSERT_THAT(source.Add(2), IsOk());
  // A second name, to see what is left where the keys stood.
  const std::string seen = absl::StrCat(path_, "-seen");
  ASSERT_EQ(link(path_.c_str(), seen.c_str()), 0);

  ASSERT_THAT(source.RemoveBefore(2), IsOk());

  std::ifstream file(seen, std::ios::binary);
  const std::string left(std::istreambuf_iterator<char>(file), {});
  EXPECT_FALSE(left.empty());
  EXPECT_EQ(left, std::string(left.size(), '\0'));
}

TEST_F(KeySourceFile, StaysAsItWasWhenItCannotBeWritten) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  KeySource source = KeySource::Load(path_).value();
  // What stands in the way can neither be removed nor written.
  std::filesystem::create_directories(absl::StrCat(path_, ".new/x"));

  EXPECT_FALSE(source.Add(2).ok());

  EXPECT_EQ(source.Keys().size(), 1U);
  EXPECT_EQ(KeySource::Load(path_).value().Keys().size(), 1U);
}

TEST_F(KeySourceFile, WritesOverWhatAKilledRotationLeft) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  KeySource source = KeySource::Load(path_).value();
  std::ofstream(absl::StrCat(path_, ".new")) << "stegvis key sou";

  ASSERT_THAT(source.Add(2), IsOk());

  EXPECT_EQ(KeySource::Load(path_).value().Keys().size(), 2U);
}

TEST_F(KeySourceFile, TakesNoKeyThatIsNotNewer) {
  ASSERT_THAT(KeySource::Create(path_), IsOk());
  KeySource source = KeySource::Load(path_).value();

  EXPECT_THAT(source.Add(1), HasReason("BUG"));
  EXPECT_THAT(source.RemoveBefore(2), HasReason("BUG"));
  EXPECT_EQ(KeySource::Load(path_).value().Keys().size(), 1U);
}

}  // namespace
}  // namespace stegvis::seal
