// Opening: what is there again, and when a store is refused.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "storage/seal/key_source.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

TEST_P(StoreContract, AStoreOpenedAgainHasEverything) {
  const auto written = Put(Participation(1));
  const FeedPosition tail = store_->Tail();
  const int schema = store_->SchemaVersion();

  Reopen();

  EXPECT_EQ(store_->Tail(), tail);
  EXPECT_EQ(store_->SchemaVersion(), schema);
  EXPECT_GE(schema, 1);
  const auto found = Get(1);
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(Text(found->value), Text(written.value));
  EXPECT_EQ(found->recorded_at, written.recorded_at);
  EXPECT_EQ(found->known_from, written.known_from);
  EXPECT_EQ(Put(Participation(2)).position, FeedPosition{tail.value + 1});
}

TEST_P(StoreContract, TwoAtATimeAreRefused) {
  EXPECT_THAT(installation_->Open(clock_), HasReason("DATABASE_IN_USE"));

  Close();

  EXPECT_THAT(installation_->Open(clock_), IsOk());
}

TEST_P(StoreContract, AnUnknownMigrationIsFromANewerProgram) {
  Close();
  ASSERT_THAT(installation_->OpenRaw()->Execute(
                  "INSERT INTO migration (name, checksum) "
                  "VALUES ('later/0001', x'00')"),
              IsOk());

  EXPECT_THAT(installation_->Open(clock_), HasReason("SCHEMA_TOO_NEW"));
}

TEST_P(StoreContract, AChangedMigrationIsRefused) {
  Close();
  ASSERT_THAT(installation_->OpenRaw()->Execute(
                  "UPDATE migration SET checksum = x'00'"),
              IsOk());

  EXPECT_THAT(installation_->Open(clock_), HasReason("SCHEMA_CHANGED"));
}

TEST_P(StoreContract, AnotherKeySourceIsTheWrongOne) {
  Close();
  const std::string other = absl::StrCat(installation_->Folder(), "/other");
  ASSERT_THAT(seal::KeySource::Create(other), IsOk());

  EXPECT_THAT(installation_->OpenWith(other, clock_),
              HasReason("KEY_SOURCE_WRONG"));

  Reopen();
  EXPECT_THAT(Put(Participation(1)).version, 1);
}

TEST_P(StoreContract, WithoutKeySourceNothingOpens) {
  Close();

  EXPECT_THAT(installation_->OpenWith(
                  absl::StrCat(installation_->Folder(), "/none"), clock_),
              HasReason("KEY_SOURCE_MISSING"));
}

TEST_P(StoreContract, AKeySourceThatOthersMayReadIsRefused) {
  Close();
  ASSERT_EQ(chmod(installation_->KeySource().c_str(), 0640), 0);

  EXPECT_THAT(installation_->Open(clock_), HasReason("KEY_SOURCE_UNREADABLE"));
}

TEST_P(StoreContract, AFileThatIsNoKeySourceIsRefused) {
  Close();
  const std::string other = absl::StrCat(installation_->Folder(), "/other");
  std::ofstream(other) << "something else";
  ASSERT_EQ(chmod(other.c_str(), 0600), 0);

  EXPECT_THAT(installation_->OpenWith(other, clock_),
              HasReason("KEY_SOURCE_UNREADABLE"));
}

}  // namespace
}  // namespace stegvis::contract
