// The write-ahead log does not grow without end.
#include <filesystem>

#include "absl/strings/str_cat.h"
#include "tests/contract/sqlite_file.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

constexpr int kWrites = 160;
constexpr size_t kBytesEach = 1 << 20;
constexpr uintmax_t kMostBytes = 80 << 20;

TEST(SqliteLog, IsWrittenBackBeforeItIsLarge) {
  SystemClock clock;
  SqliteFile file(::testing::TempDir());
  const auto store = file.Open(clock).value();
  ASSERT_THAT(store->WriteAndWait([](WriteTransaction& tx) {
    return tx.PutForbund(AForbund().Build()).status();
  }),
              IsOk());
  domain::Participation large = Participation(1);
  large.consent.reference = std::string(kBytesEach, 'x');

  uintmax_t largest = 0;
  for (int i = 0; i < kWrites; ++i) {
    ASSERT_THAT(store->WriteAndWait([&](WriteTransaction& tx) {
      return tx.PutParticipation(kForbund, large, std::nullopt).status();
    }),
                IsOk());
    largest = std::max(largest, std::filesystem::file_size(
                                    absl::StrCat(file.DatabaseFile(), "-wal")));
  }

  EXPECT_GT(largest, kBytesEach);
  EXPECT_LT(largest, kMostBytes);
}

}  // namespace
}  // namespace stegvis::contract
