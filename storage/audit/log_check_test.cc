#include "storage/audit/log_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace stegvis::audit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Kind = Problem::Kind;

// A log of `size` entries, and its head at any size.
class ALog {
 public:
  explicit ALog(uint64_t size) {
    for (uint64_t i = 1; i <= size; ++i) {
      const Hash leaf = LeafHash(std::to_string(i));
      entries.push_back({i, leaf, leaf, true});
    }
  }

  EarlierHead HeadAt(uint64_t size) const {
    std::vector<Hash> leaves;
    for (uint64_t i = 0; i < size; ++i) leaves.push_back(entries[i].leaf);
    return {{size, Root(leaves)}, /*is_signed=*/true};
  }

  std::vector<FoundEntry> entries;
};

std::vector<Problem> ProblemsOf(const std::vector<FoundEntry>& entries,
                                std::vector<EarlierHead> heads) {
  LogCheck check(std::move(heads));
  for (const FoundEntry& entry : entries) check.Add(entry);
  return check.Finish();
}

TEST(LogCheck, FindsNothingInALogThatIsWhole) {
  const ALog log(20);

  EXPECT_THAT(
      ProblemsOf(log.entries, {log.HeadAt(20), log.HeadAt(0), log.HeadAt(7)}),
      IsEmpty());
  EXPECT_THAT(ProblemsOf({}, {}), IsEmpty());
}

TEST(LogCheck, LocatesEachChangedEntry) {
  const ALog whole(20);
  for (const size_t place : {0U, 6U, 19U}) {
    ALog log = whole;
    log.entries[place].leaf = LeafHash("changed");

    EXPECT_THAT(ProblemsOf(log.entries, {whole.HeadAt(10), whole.HeadAt(20)}),
                ElementsAre(Problem{Kind::kChanged, place + 1, place + 1}));
  }
}

TEST(LogCheck, FindsBetweenTwoHeadsWhatWasChangedWithItsHash) {
  const ALog whole(20);
  ALog log = whole;
  log.entries[6].leaf = log.entries[6].recorded = LeafHash("changed");

  EXPECT_THAT(ProblemsOf(log.entries,
                         {whole.HeadAt(5), whole.HeadAt(10), whole.HeadAt(20)}),
              ElementsAre(Problem{Kind::kHeadDiffers, 6, 10}));
}

TEST(LogCheck, LocatesRemovedEntries) {
  const ALog whole(20);
  std::vector<FoundEntry> left;
  for (const FoundEntry& entry : whole.entries) {
    if (entry.sequence != 4 && entry.sequence != 5) left.push_back(entry);
  }

  EXPECT_THAT(ProblemsOf(left, {whole.HeadAt(20)}),
              ElementsAre(Problem{Kind::kMissing, 4, 5}));
}

TEST(LogCheck, FindsThatTheEndWasCutOff) {
  const ALog whole(20);
  ALog log = whole;
  log.entries.resize(12);

  EXPECT_THAT(ProblemsOf(log.entries, {whole.HeadAt(10), whole.HeadAt(18)}),
              ElementsAre(Problem{Kind::kMissing, 13, 18}));
  // Nothing that is kept here can know of it.
  EXPECT_THAT(ProblemsOf(log.entries, {whole.HeadAt(10)}), IsEmpty());
}

TEST(LogCheck, FindsEntriesInAnotherOrder) {
  const ALog whole(20);
  ALog log = whole;
  std::swap(log.entries[3].leaf, log.entries[8].leaf);

  EXPECT_THAT(ProblemsOf(log.entries, {whole.HeadAt(20)}),
              ElementsAre(Problem{Kind::kChanged, 4, 4},
                          Problem{Kind::kChanged, 9, 9}));
  std::swap(log.entries[3].recorded, log.entries[8].recorded);
  EXPECT_THAT(ProblemsOf(log.entries, {whole.HeadAt(20)}),
              ElementsAre(Problem{Kind::kHeadDiffers, 1, 20}));
}

TEST(LogCheck, NamesAnUnreadableEntryAndAHeadThatIsNotSigned) {
  ALog log(5);
  log.entries[1].readable = false;
  EarlierHead forged = log.HeadAt(3);
  forged.is_signed = false;

  EXPECT_THAT(ProblemsOf(log.entries, {forged}),
              ElementsAre(Problem{Kind::kUnreadable, 2, 2},
                          Problem{Kind::kHeadNotSigned, 3, 3}));
}

}  // namespace
}  // namespace stegvis::audit
