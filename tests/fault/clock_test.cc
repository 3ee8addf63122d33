// The clock goes backwards, over writes and over restarts: what is recorded is
// recorded later than all before it, and as-of reads tell what was known.
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/contract/sqlite_file.h"
#include "tests/fault/rounds.h"
#include "tests/fault/unreliable_disk.h"
#include "tests/support/domain_fixtures.h"
#include "tests/support/status_matchers.h"

namespace stegvis::fault {
namespace {

using storage::AsOf;
using storage::ReadTransaction;
using storage::Store;
using storage::Versioned;
using storage::WriteTransaction;
using testing::IsOk;
using testing::TestId;

const ForbundId kForbund = TestId<ForbundId>(1);
constexpr int kWrites = 60;
constexpr unsigned kSeed = 20260101;

class ClockThatGoesBack : public ::testing::Test {
 protected:
  ClockThatGoesBack() { Reopen(); }

  void Reopen() {
    store_.reset();
    auto opened = file_.Open(clock_);
    ASSERT_THAT(opened, IsOk());
    store_ = *std::move(opened);
  }

  // A new version of the förbund, with its name; and an entry of its log.
  void Rename(const std::string& name) {
    EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) -> absl::Status {
      const auto put = tx.PutForbund(testing::AForbund().Named(name).Build());
      EXPECT_THAT(put, IsOk());
      recorded_.push_back(put->recorded_at);
      return tx.AppendAudit({kForbund, "anna", "Rename", name, "", false});
    }),
                IsOk());
    names_.push_back(name);
  }

  // Its name as of a moment; empty before it was there.
  std::string NameAt(absl::Time moment) {
    std::string name;
    const absl::Status status =
        store_->Read(AsOf::Moment(moment), [&](ReadTransaction& tx) {
          const auto found = tx.GetForbund(kForbund);
          if (found.ok()) name = found->value.display_name;
          return found.status();
        });
    EXPECT_EQ(ReasonOf(status), name.empty() ? "NOT_FOUND" : "");
    return name;
  }

  // As of each moment of recording, and just before it.
  void ExpectHistory() {
    for (size_t i = 0; i < names_.size(); ++i) {
      EXPECT_EQ(NameAt(recorded_[i]), names_[i]) << "version " << i + 1;
      EXPECT_EQ(NameAt(recorded_[i] - absl::Microseconds(1)),
                i == 0 ? "" : names_[i - 1])
          << "before version " << i + 1;
    }
  }

  void ExpectStrictlyLater() {
    for (size_t i = 1; i < recorded_.size(); ++i) {
      EXPECT_LT(recorded_[i - 1], recorded_[i]) << "version " << i + 1;
    }
  }

  void ExpectLogInOrder() {
    EXPECT_THAT(store_->Read(AsOf::Now(),
                             [&](ReadTransaction& tx) {
                               const auto entries =
                                   tx.ListAudit(kForbund, 0, 10'000);
                               EXPECT_THAT(entries, IsOk());
                               EXPECT_EQ(entries->size(), names_.size());
                               absl::Time before = absl::InfinitePast();
                               for (const auto& entry : *entries) {
                                 EXPECT_LT(before, entry.recorded_at);
                                 before = entry.recorded_at;
                               }
                               return absl::OkStatus();
                             }),
                IsOk());
  }

  UnreliableDisk disk_;
  ManualClock clock_{absl::FromUnixSeconds(1'800'000'000)};
  contract::SqliteFile file_{::testing::TempDir()};
  std::unique_ptr<Store> store_;
  std::vector<std::string> names_;
  std::vector<absl::Time> recorded_;
};

TEST_F(ClockThatGoesBack, RecordsLaterAndLaterAndTellsWhatWasKnown) {
  SCOPED_TRACE(absl::StrCat("seed ", kSeed));
  std::mt19937 random(kSeed);
  for (int i = 0; i < kWrites * Rounds(); ++i) {
    Rename(absl::StrCat("Namn ", i));
    const int64_t seconds = static_cast<int64_t>(random() % 200'000) - 150'000;
    clock_.Advance(absl::Seconds(seconds));
    if (random() % 8 == 0) Reopen();
  }

  ExpectStrictlyLater();
  ExpectHistory();
  ExpectLogInOrder();
}

TEST_F(ClockThatGoesBack, ByYearsOverARestartRecordsAfterWhatWasRecorded) {
  Rename("Före");
  clock_.Advance(-absl::Hours(24 * 365 * 30));
  Reopen();
  Rename("Efter");

  EXPECT_EQ(recorded_[1], recorded_[0] + absl::Microseconds(1));
  ExpectHistory();
  ExpectLogInOrder();
}

TEST_F(ClockThatGoesBack, StillKnowsTheRequestsOfTheTimeAhead) {
  const storage::RequestKey key{"anna", "Rename", {7}};
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    return tx.RememberRequest(key, {"digest", "name", 3});
  }),
              IsOk());
  clock_.Advance(-absl::Hours(24 * 365));
  Reopen();
  Rename("Annat");

  EXPECT_THAT(store_->Read(AsOf::Now(),
                           [&](ReadTransaction& tx) {
                             const auto found = tx.FindRequest(key);
                             EXPECT_THAT(found, IsOk());
                             EXPECT_TRUE(found->has_value());
                             return found.status();
                           }),
              IsOk());
}

}  // namespace
}  // namespace stegvis::fault
