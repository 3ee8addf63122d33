// Every seal of a database is tried, whatever table it is in.
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "storage/sql/query.h"
#include "tests/contract/sealed_store.h"

namespace stegvis::contract {
namespace {

using ::testing::SizeIs;
using ::testing::StartsWith;

// The column of each table that holds seals; as the database itself has them.
std::map<std::string, std::string> SealedColumns(sql::Connection& connection) {
  constexpr absl::string_view kColumns = R"sql(
    SELECT t.name, c.name
    FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND c.name IN ('sealed', 'wrapped_key', 'wrapped')
  )sql";
  std::map<std::string, std::string> columns;
  sql::Query query(connection, kColumns);
  while (*query.Step()) {
    columns.emplace(query.BytesAt(0), query.BytesAt(1));
  }
  return columns;
}

TEST_P(SealsOfAStore, OpenAsTheyWereWritten) {
  Fill();

  const storage::SealCheck found = Check();

  EXPECT_EQ(found.unreadable, 0) << found.first_unreadable.front();
  EXPECT_EQ(found.participations, 1);
  EXPECT_GE(found.records, 12);
}

// A table that is added later is not forgotten here.
TEST_P(SealsOfAStore, AreTriedInEveryTable) {
  Fill();
  Close();
  const auto columns = SealedColumns(*installation_->OpenRaw());
  ASSERT_THAT(columns, SizeIs(13));
  for (const auto& [table, column] : columns) {
    const std::string flip =
        absl::StrCat("UPDATE ", table, " SET ", column, " = CAST(substr(",
                     column, ", 1, 40) || CASE substr(", column,
                     ", 41, 1) WHEN x'00' THEN x'01' ELSE x'00' END || substr(",
                     column, ", 42) AS BLOB)");
    const std::string keep =
        absl::StrCat("CREATE TABLE kept AS SELECT * FROM ", table);
    const auto raw = installation_->OpenRaw();
    ASSERT_THAT(raw->Execute(keep), IsOk());
    ASSERT_THAT(raw->Execute(flip), IsOk());

    const storage::SealCheck found = Check();

    EXPECT_GT(found.unreadable, 0) << table;
    // Without its keys nothing of a scope opens; the keys are named first.
    ASSERT_FALSE(found.first_unreadable.empty()) << table;
    const std::string named =
        table == "participation" ? std::string("participation_version") : table;
    EXPECT_THAT(found.first_unreadable.front(), StartsWith(named + " "));
    ASSERT_THAT(raw->Execute(
                    absl::StrCat("DELETE FROM ", table, "; INSERT INTO ", table,
                                 " SELECT * FROM kept; DROP TABLE kept")),
                IsOk());
  }
  EXPECT_EQ(Check().unreadable, 0);
}

TEST_P(SealsOfAStore, MissAParticipationWithoutAVersion) {
  Fill();
  Close();
  ASSERT_THAT(
      installation_->OpenRaw()->Execute("DELETE FROM participation_version"),
      IsOk());

  const storage::SealCheck found = Check();

  EXPECT_EQ(found.unreadable, 1);
  EXPECT_THAT(found.first_unreadable.front(), StartsWith("participation "));
}

TEST_P(SealsOfAStore, AreNoLongerTriedWhenSomebodyHasHadEnough) {
  Fill();
  Close();

  EXPECT_THAT(
      storage::CheckSeals({installation_->Folder(), installation_->KeySource()},
                          [](int64_t) { return errors::Cancelled(); }),
      HasReason("CANCELLED"));
}

}  // namespace
}  // namespace stegvis::contract
