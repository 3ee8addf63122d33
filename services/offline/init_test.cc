#include "services/offline/init.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "services/base/clock.h"
#include "services/base/status_macros.h"
#include "storage/store/open.h"
#include "tests/support/status_matchers.h"

namespace stegvis::offline {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;
using ::testing::SizeIs;

namespace fs = std::filesystem;

class AnInstallation : public ::testing::Test {
 protected:
  AnInstallation()
      : root_(fs::path(::testing::TempDir()) /
              ::testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::remove_all(root_);
    fs::create_directories(root_);
    request_.folder = (root_ / "node").string();
  }
  ~AnInstallation() override { fs::remove_all(root_); }

  fs::path Folder() const { return request_.folder; }

  FirstForbund AForbund() const {
    return {"Norr", *domain::OrganizationNumber::Parse("222000-0018"),
            Day::FirstOfYear(2020)};
  }

  std::unique_ptr<storage::Store> Open() {
    storage::StoreOptions options;
    options.data_directory = (Folder() / "data").string();
    options.key_source = (Folder() / "key-source").string();
    absl::StatusOr<std::unique_ptr<storage::Store>> store =
        storage::OpenStore(options, clock_);
    EXPECT_THAT(store, IsOk());
    return store.ok() ? *std::move(store) : nullptr;
  }

  const fs::path root_;
  const SystemClock clock_;
  InitRequest request_;
};

TEST_F(AnInstallation, HasEveryFileOfTheLayout) {
  ASSERT_THAT(Init(request_, clock_), IsOk());

  for (const char* file :
       {"key-source", "stegvis.toml", "data/erasures.log", "data/stegvis.db",
        "tls/ca.pem", "tls/server.pem", "tls/server.key", "profiles/admin.toml",
        "profiles/import.toml", "profiles/samordnare.toml",
        "profiles/dataskydd.toml", "profiles/national.toml"}) {
    EXPECT_TRUE(fs::is_regular_file(Folder() / file)) << file;
  }
  EXPECT_TRUE(fs::is_empty(Folder() / "data/erasures.log"));
}

TEST_F(AnInstallation, IsReadableByItsOwnerAlone) {
  ASSERT_THAT(Init(request_, clock_), IsOk());

  for (const fs::directory_entry& entry :
       fs::recursive_directory_iterator(Folder())) {
    const fs::perms others = fs::perms::group_all | fs::perms::others_all;
    EXPECT_EQ(entry.status().permissions() & others, fs::perms::none)
        << entry.path();
  }
}

TEST_F(AnInstallation, HoldsTheGrantsOfItsProfiles) {
  ASSERT_THAT(Init(request_, clock_), IsOk());
  const std::unique_ptr<storage::Store> store = Open();
  ASSERT_NE(store, nullptr);

  EXPECT_THAT(store->Read(storage::AsOf::Now(),
                          [](storage::ReadTransaction& tx) -> absl::Status {
                            EXPECT_THAT(*tx.GrantsOf("admin"), SizeIs(2));
                            EXPECT_THAT(*tx.GrantsOf("import"), SizeIs(1));
                            EXPECT_THAT(*tx.GrantsOf("samordnare"), SizeIs(0));
                            EXPECT_THAT(*tx.GrantsOf("dataskydd"), SizeIs(1));
                            EXPECT_THAT(*tx.GrantsOf("national"), SizeIs(1));
                            EXPECT_THAT(*tx.ListForbund(), SizeIs(0));
                            EXPECT_THAT(*tx.ListAudit(std::nullopt, 0, 100),
                                        SizeIs(5));
                            return absl::OkStatus();
                          }),
              IsOk());
}

TEST_F(AnInstallation, HoldsTheForbundThatWasAskedFor) {
  request_.forbund = AForbund();
  ASSERT_THAT(Init(request_, clock_), IsOk());
  const std::unique_ptr<storage::Store> store = Open();
  ASSERT_NE(store, nullptr);

  EXPECT_THAT(store->Read(storage::AsOf::Now(),
                          [](storage::ReadTransaction& tx) -> absl::Status {
                            ASSIGN_OR_RETURN(const auto forbund,
                                             tx.ListForbund());
                            EXPECT_THAT(forbund, SizeIs(1));
                            EXPECT_EQ(forbund[0].value.display_name, "Norr");
                            return absl::OkStatus();
                          }),
              IsOk());
}

TEST_F(AnInstallation, IsRefusedInAFolderWithSomethingInIt) {
  fs::create_directories(Folder());
  std::ofstream(Folder() / "kept.txt") << "mine";

  EXPECT_THAT(Init(request_, clock_), HasReason("FOLDER_NOT_EMPTY"));

  EXPECT_EQ(std::distance(fs::directory_iterator(Folder()), {}), 1);
}

TEST_F(AnInstallation, IsMadeInAFolderThatIsEmpty) {
  fs::create_directories(Folder());

  EXPECT_THAT(Init(request_, clock_), IsOk());
}

TEST_F(AnInstallation, LeavesNothingWhenItFails) {
  request_.folder = (root_ / "file" / "node").string();
  std::ofstream(root_ / "file") << "not a folder";
  EXPECT_THAT(Init(request_, clock_), HasReason("FILE_UNWRITABLE"));

  request_.folder = (root_ / "above" / "node").string();
  request_.forbund = AForbund();
  request_.forbund->display_name = "";
  EXPECT_THAT(Init(request_, clock_), HasReason("MISSING"));

  EXPECT_EQ(std::distance(fs::directory_iterator(root_), {}), 1);
}

}  // namespace
}  // namespace stegvis::offline
