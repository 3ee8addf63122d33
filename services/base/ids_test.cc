#include "services/base/ids.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "tests/support/status_matchers.h"

namespace stegvis {
namespace {

using ::stegvis::testing::HasReason;
using ::stegvis::testing::IsOk;

constexpr char kText[] = "01890a5d-ac96-774b-bcce-b302099a8057";

absl::Time Noon() { return absl::FromUnixSeconds(1'600'000'000); }

TEST(Id, PrintsAsItParses) {
  const absl::StatusOr<InsatsId> id = InsatsId::Parse(kText);

  ASSERT_THAT(id, IsOk());
  EXPECT_EQ(id->Text(), kText);
  EXPECT_EQ(InsatsId::FromBytes(id->Bytes()), *id);
  EXPECT_EQ(id->View().size(), 16u);
}

TEST(Id, IsRefusedInAnotherForm) {
  for (const std::string text : {"", "01890a5dac96774bbcceb302099a8057",
                                 "01890A5D-AC96-774B-BCCE-B302099A8057",
                                 "01890a5d-ac96-774b-bcce-b302099a805",
                                 "01890a5d-ac96-774b-bcce-b302099a80577",
                                 "01890a5d-ac96-774b-bcce-b302099a805g",
                                 "01890a5d_ac96_774b_bcce_b302099a8057",
                                 "{1890a5d-ac96-774b-bcce-b302099a805}"}) {
    EXPECT_THAT(InsatsId::Parse(text), HasReason("NAME_INVALID")) << text;
  }
}

TEST(RandomUuid, IsOfVersion4AndNeverTheSame) {
  const std::string one = UuidText(RandomUuid());

  EXPECT_EQ(one[14], '4');
  EXPECT_NE(std::string("89ab").find(one[19]), std::string::npos);
  EXPECT_NE(one, UuidText(RandomUuid()));
}

TEST(TimeOrderedUuid, IsOfVersion7AndAfterTheLast) {
  const std::string one = UuidText(TimeOrderedUuid());

  EXPECT_EQ(one[14], '7');
  EXPECT_LT(one, UuidText(TimeOrderedUuid()));
}

TEST(IdSource, MakesIdsOfVersion7ThatBeginWithTheTime) {
  IdSource source;
  const std::string text = source.Make<InsatsId>(Noon()).Text();

  EXPECT_EQ(text[14], '7');
  EXPECT_EQ(text.substr(0, 13), "0174876e-8000");
}

TEST(IdSource, GoesOnGrowingWhenTheClockStandsStillOrGoesBack) {
  IdSource source;
  InsatsId last = source.Make<InsatsId>(Noon());
  for (int i = 0; i < 10'000; ++i) {
    const absl::Time now = i % 2 == 0 ? Noon() : Noon() - absl::Hours(1);
    const InsatsId next = source.Make<InsatsId>(now);
    ASSERT_LT(last, next);
    last = next;
  }
}

TEST(IdSource, NeverMakesTheSameIdOnTwoThreads) {
  IdSource source;
  constexpr int kEach = 1000;
  std::vector<std::vector<InsatsId>> made(4);
  std::vector<std::thread> threads;
  for (std::vector<InsatsId>& mine : made) {
    threads.emplace_back([&source, &mine] {
      for (int i = 0; i < kEach; ++i) {
        mine.push_back(source.Make<InsatsId>(Noon()));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<InsatsId> all;
  for (const std::vector<InsatsId>& mine : made) {
    all.insert(mine.begin(), mine.end());
  }
  EXPECT_EQ(all.size(), made.size() * kEach);
}

}  // namespace
}  // namespace stegvis
