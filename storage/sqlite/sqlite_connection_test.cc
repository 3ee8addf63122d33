#include "storage/sqlite/sqlite_connection.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "storage/sql/query.h"
#include "tests/support/status_matchers.h"

namespace stegvis::sqlite {
namespace {

using testing::HasReason;
using testing::IsOk;
using testing::StatusIs;

constexpr absl::string_view kSwapped =
    "INSERT INTO thing (number, text) VALUES ($2, $1)";
constexpr absl::string_view kTwice =
    "INSERT INTO thing (number, text) VALUES ($2, $1 || $1)";
constexpr absl::string_view kRead =
    "SELECT number, text FROM thing ORDER BY number";
constexpr absl::string_view kGap =
    "INSERT INTO thing (number, text) VALUES ($1, $3)";

class AConnection : public ::testing::Test {
 protected:
  AConnection()
      : path_(
            absl::StrCat(::testing::TempDir(), "connection", getpid(), ".db")) {
    Remove();
    std::ofstream(path_).flush();
    connection_ = SqliteConnection::Open(path_).value();
    EXPECT_THAT(connection_->Execute("CREATE TABLE thing ("
                                     "  number INTEGER PRIMARY KEY,"
                                     "  text TEXT NOT NULL) STRICT"),
                IsOk());
  }
  ~AConnection() override {
    connection_.reset();
    Remove();
  }

  void Remove() {
    for (const char* end : {"", "-wal", "-shm"}) {
      std::remove(absl::StrCat(path_, end).c_str());
    }
  }

  absl::Status Insert(int64_t number, absl::string_view text) {
    return sql::Query(*connection_, kSwapped)
        .Text(1, text)
        .Integer(2, number)
        .Run();
  }

  std::string path_;
  std::unique_ptr<SqliteConnection> connection_;
};

TEST_F(AConnection, BindsByNameWhereTheNumbersStandInAnotherOrder) {
  ASSERT_THAT(Insert(7, "seven"), IsOk());
  ASSERT_THAT(
      sql::Query(*connection_, kTwice).Text(1, "ha").Integer(2, 8).Run(),
      IsOk());

  sql::Query query(*connection_, kRead);
  ASSERT_TRUE(query.Step().value());
  EXPECT_EQ(query.IntegerAt(0), 7);
  EXPECT_EQ(query.BytesAt(1), "seven");
  ASSERT_TRUE(query.Step().value());
  EXPECT_EQ(query.BytesAt(1), "haha");
  EXPECT_FALSE(query.Step().value());
}

TEST_F(AConnection, RefusesWhatIsBoundToNoParameter) {
  EXPECT_THAT(
      sql::Query(*connection_, kSwapped).Text(1, "x").Integer(3, 1).Run(),
      StatusIs(absl::StatusCode::kInternal));
  EXPECT_THAT(sql::Query(*connection_, kGap).Integer(1, 1).Text(3, "x").Run(),
              StatusIs(absl::StatusCode::kInternal));
}

TEST_F(AConnection, GivesAStatementBackWithoutWhatWasBound) {
  ASSERT_THAT(Insert(1, "one"), IsOk());

  // $2 is not bound, so NULL: SQLite then chooses the number itself.
  ASSERT_THAT(sql::Query(*connection_, kSwapped).Text(1, "two").Run(), IsOk());

  sql::Query query(*connection_, kRead);
  ASSERT_TRUE(query.Step().value());
  ASSERT_TRUE(query.Step().value());
  EXPECT_EQ(query.IntegerAt(0), 2);
}

TEST_F(AConnection, RunsTheSameStatementInsideItself) {
  ASSERT_THAT(Insert(1, "one"), IsOk());
  ASSERT_THAT(Insert(2, "two"), IsOk());

  sql::Query outer(*connection_, kRead);
  ASSERT_TRUE(outer.Step().value());
  sql::Query inner(*connection_, kRead);
  ASSERT_TRUE(inner.Step().value());
  ASSERT_TRUE(inner.Step().value());

  EXPECT_EQ(outer.IntegerAt(0), 1);
  EXPECT_EQ(inner.IntegerAt(0), 2);
}

TEST_F(AConnection, GoesBackToASavepointAndNoFurther) {
  ASSERT_THAT(connection_->BeginWrite(), IsOk());
  ASSERT_THAT(Insert(1, "one"), IsOk());
  ASSERT_THAT(connection_->SetSavepoint(), IsOk());
  ASSERT_THAT(Insert(2, "two"), IsOk());
  ASSERT_THAT(connection_->RollbackToSavepoint(), IsOk());
  ASSERT_THAT(connection_->SetSavepoint(), IsOk());
  ASSERT_THAT(Insert(3, "three"), IsOk());
  ASSERT_THAT(connection_->ReleaseSavepoint(), IsOk());
  EXPECT_TRUE(connection_->InTransaction());
  ASSERT_THAT(connection_->Commit(), IsOk());
  EXPECT_FALSE(connection_->InTransaction());

  sql::Query query(*connection_, kRead);
  ASSERT_TRUE(query.Step().value());
  EXPECT_EQ(query.IntegerAt(0), 1);
  ASSERT_TRUE(query.Step().value());
  EXPECT_EQ(query.IntegerAt(0), 3);
}

TEST_F(AConnection, IsSetUpToBeDurableAndToLeaveNothingBehind) {
  const auto pragma = [&](absl::string_view sql) {
    sql::Query query(*connection_, sql);
    EXPECT_TRUE(query.Step().value());
    return std::string(query.BytesAt(0));
  };

  EXPECT_EQ(pragma("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(pragma("PRAGMA synchronous"), "2");
  EXPECT_EQ(pragma("PRAGMA secure_delete"), "1");
  EXPECT_EQ(pragma("PRAGMA temp_store"), "2");
}

TEST(ToStatus, TellsWhatAResultMeansToTheCaller) {
  EXPECT_THAT(ToStatus(SQLITE_OK), IsOk());
  EXPECT_THAT(ToStatus(SQLITE_FULL), HasReason("DISK_FULL"));
  EXPECT_THAT(ToStatus(SQLITE_IOERR_WRITE), HasReason("DATABASE_AWAY"));
  EXPECT_THAT(ToStatus(SQLITE_BUSY_SNAPSHOT), HasReason("DATABASE_AWAY"));
  EXPECT_THAT(ToStatus(SQLITE_CORRUPT_INDEX), HasReason("RECORD_UNREADABLE"));
  EXPECT_THAT(ToStatus(SQLITE_CONSTRAINT_PRIMARYKEY), HasReason("BUG"));
}

}  // namespace
}  // namespace stegvis::sqlite
