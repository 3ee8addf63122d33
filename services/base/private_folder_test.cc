#include "services/base/private_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>

#include "tests/support/status_matchers.h"

namespace stegvis {
namespace {

namespace fs = std::filesystem;

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

// Puts TMPDIR back as it was.
class PrivateFolderTest : public ::testing::Test {
 protected:
  PrivateFolderTest() {
    if (const char* folder = std::getenv("TMPDIR")) before_ = folder;
  }
  ~PrivateFolderTest() override {
    if (before_.has_value()) {
      setenv("TMPDIR", before_->c_str(), 1);
    } else {
      unsetenv("TMPDIR");
    }
  }

 private:
  std::optional<std::string> before_;
};

TEST_F(PrivateFolderTest, IsForItsOwnerAlone) {
  const auto folder = PrivateFolder::Make();

  ASSERT_THAT(folder, IsOk());
  EXPECT_EQ(fs::status((*folder)->Path()).permissions(), fs::perms::owner_all);
}

TEST_F(PrivateFolderTest, GoesAwayWithEverythingInIt) {
  auto folder = PrivateFolder::Make();
  ASSERT_THAT(folder, IsOk());
  const fs::path path = (*folder)->Path();
  ASSERT_TRUE(fs::create_directory(path / "inside"));
  std::ofstream(path / "inside" / "file") << "text";
  ASSERT_TRUE(fs::exists(path / "inside" / "file"));

  folder->reset();

  EXPECT_FALSE(fs::exists(path)) << "the folder is left";
}

TEST_F(PrivateFolderTest, IsNotMadeWithoutAFolderForTemporaryFiles) {
  setenv("TMPDIR", "/proc/nowhere", 1);

  EXPECT_THAT(PrivateFolder::Make(), HasReason("FILE_UNWRITABLE"));
}

}  // namespace
}  // namespace stegvis
