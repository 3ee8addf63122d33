// What is particular to a database in a file: whether it is there, who holds
// it, and who may read it.
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "tests/contract/sqlite_file.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

class SqliteOpening : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<Store>> OpenExisting() {
    return storage::OpenStore({file_.Folder(), file_.KeySource(), false},
                              clock_);
  }

  SystemClock clock_;
  SqliteFile file_{::testing::TempDir()};
};

TEST_F(SqliteOpening, IsNotFoundUnlessItMayBeMade) {
  EXPECT_THAT(OpenExisting(), StatusIs(absl::StatusCode::kNotFound));

  ASSERT_THAT(file_.Open(clock_), IsOk());

  EXPECT_THAT(OpenExisting(), IsOk());
}

TEST_F(SqliteOpening, IsNotFoundWhenItsMakingWasCutOff) {
  ASSERT_THAT(file_.Open(clock_), IsOk());
  std::filesystem::resize_file(file_.DatabaseFile(), 0);

  EXPECT_THAT(OpenExisting(), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(file_.Open(clock_), IsOk());
}

TEST_F(SqliteOpening, NobodyElseMayReadItsFiles) {
  const auto store = file_.Open(clock_);
  ASSERT_THAT((*store)->WriteAndWait([](WriteTransaction& tx) {
    return tx.PutForbund(AForbund().Build()).status();
  }),
              IsOk());

  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(file_.Folder())) {
    struct stat status {};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 4);
}

// The child shares no store with this process: it opens its own.
TEST_F(SqliteOpening, IsFreeAgainWhenItsServerIsKilled) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto store = file_.Open(clock_);
    const char said = store.ok() ? 'y' : 'n';
    if (write(ready[1], &said, 1) == 1) pause();
    _exit(1);
  }
  char said = 0;
  ASSERT_EQ(read(ready[0], &said, 1), 1);
  EXPECT_EQ(said, 'y');
  EXPECT_THAT(file_.Open(clock_), HasReason("DATABASE_IN_USE"));

  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);

  EXPECT_THAT(file_.Open(clock_), IsOk());
  close(ready[0]);
  close(ready[1]);
}

// Codes hold no seal, and decide figures.
TEST_F(SqliteOpening, IsRefusedWhenACodeIsNotAsItWasShipped) {
  for (const char* change :
       {"UPDATE code SET group_code = 'OHALSA' WHERE code = 'a_kassa'",
        "DELETE FROM code WHERE code = 'studiestod'"}) {
    SqliteFile file{::testing::TempDir()};
    ASSERT_THAT(file.Open(clock_), IsOk());
    ASSERT_THAT(file.OpenRaw()->Execute(change), IsOk());

    EXPECT_THAT(file.Open(clock_), HasReason("RECORD_UNREADABLE")) << change;
  }
}

// A file that is no database, or one of somebody else.
TEST_F(SqliteOpening, IsRefusedWhenItIsNoDatabase) {
  ASSERT_THAT(file_.Open(clock_), IsOk());
  std::filesystem::copy_file(file_.KeySource(), file_.DatabaseFile(),
                             std::filesystem::copy_options::overwrite_existing);

  EXPECT_THAT(OpenExisting(), StatusIs(absl::StatusCode::kDataLoss));
}

}  // namespace
}  // namespace stegvis::contract
