// The contract over an SQLite file.
#include <cstdlib>
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "storage/seal/key_source.h"
#include "storage/sqlite/sqlite_connection.h"
#include "storage/store/open.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

class SqliteFile final : public InstallationUnderTest {
 public:
  SqliteFile() : folder_(absl::StrCat(::testing::TempDir(), "storeXXXXXX")) {
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    EXPECT_THAT(seal::KeySource::Create(KeySource()), IsOk());
  }
  ~SqliteFile() override { std::filesystem::remove_all(folder_); }

  absl::StatusOr<std::unique_ptr<Store>> Open(const Clock& clock) override {
    return OpenWith(KeySource(), clock);
  }
  absl::StatusOr<std::unique_ptr<Store>> OpenWith(const std::string& key_source,
                                                  const Clock& clock) override {
    return storage::OpenStore({folder_, key_source, true}, clock);
  }
  std::unique_ptr<sql::Connection> OpenRaw() override {
    return sqlite::SqliteConnection::Open(absl::StrCat(folder_, "/stegvis.db"))
        .value();
  }
  std::string Folder() const override { return folder_; }
  std::string KeySource() const override {
    return absl::StrCat(folder_, "/key-source");
  }

 private:
  std::string folder_;
};

std::unique_ptr<InstallationUnderTest> MakeSqliteFile() {
  return std::make_unique<SqliteFile>();
}

INSTANTIATE_TEST_SUITE_P(SqliteFile, StoreContract,
                         ::testing::Values(InstallationMaker{"SqliteFile",
                                                             &MakeSqliteFile}),
                         ::testing::PrintToStringParamName());

}  // namespace
}  // namespace stegvis::contract
