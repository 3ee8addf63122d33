// The contract over an SQLite file.
#include "tests/contract/sqlite_file.h"

#include "tests/contract/audited_store.h"
#include "tests/contract/copied_store.h"
#include "tests/contract/modelled_store.h"
#include "tests/contract/sealed_store.h"
#include "tests/contract/store_with_erasures.h"
#include "tests/contract/store_with_rotation.h"
#include "tests/contract/store_with_sealed_reports.h"
#include "tests/contract/tampered_store.h"

namespace stegvis::contract {
namespace {

std::unique_ptr<InstallationUnderTest> MakeSqliteFile() {
  return std::make_unique<SqliteFile>(::testing::TempDir());
}

const auto kSqliteFile =
    ::testing::Values(InstallationMaker{"SqliteFile", &MakeSqliteFile});

INSTANTIATE_TEST_SUITE_P(SqliteFile, StoreContract, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, AuditedStore, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, StoreWithErasures, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, StoreWithRotation, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, SealedReports, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, MomentOfAStore, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, SealsOfAStore, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, TamperedStore, kSqliteFile,
                         ::testing::PrintToStringParamName());
INSTANTIATE_TEST_SUITE_P(SqliteFile, ModelledStore, kSqliteFile,
                         ::testing::PrintToStringParamName());

}  // namespace
}  // namespace stegvis::contract
