// The power is cut at every sync of a little workload, every sync fails, and
// every write meets a full disk: what was told done is there, what was not is
// there wholly or not at all.
//
// Every point is tried; what of the unsynced writes survives is drawn by seeds.
// STEGVIS_FAULTS=N in the environment tries N times as many.
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "storage/sqlite/sqlite_connection.h"
#include "storage/store/open.h"
#include "tests/contract/sqlite_file.h"
#include "tests/fault/inventory.h"
#include "tests/fault/rounds.h"
#include "tests/fault/unreliable_disk.h"
#include "tests/fault/workload.h"
#include "tests/support/status_matchers.h"

namespace stegvis::fault {
namespace {

using storage::Store;
using testing::IsOk;

// After these groups the log is written back, as it is under load: while others
// go on, and wholly, so that it starts over.
constexpr size_t kPassiveAfter = 2;
constexpr size_t kReopenAfter = 3;
constexpr size_t kTruncateAfter = 4;

constexpr int kTornSeeds = 2;
constexpr int kWriteStep = 3;  // Each so many of the writes, for time.

MATCHER(IsOfTheDisk, "says that the disk failed or is full") {
  *result_listener << arg.ToString();
  const std::string reason = ReasonOf(arg);
  return reason == "DATABASE_AWAY" || reason == "DISK_FULL";
}

// A server on the disk: it does the workload, and is started again when it did
// not start.
class Server {
 public:
  explicit Server(UnreliableDisk& disk) : disk_(disk) {}

  // False when the power went.
  bool Open() {
    store_.reset();
    absl::StatusOr<std::unique_ptr<Store>> opened = file_.Open(clock_);
    if (disk_.IsCut()) return false;
    if (!opened.ok()) {
      EXPECT_THAT(opened.status(), IsOfTheDisk());
      opened = file_.Open(clock_);
    }
    EXPECT_THAT(opened, IsOk());
    if (!opened.ok()) return false;
    store_ = *std::move(opened);
    return true;
  }

  // The groups from where it stands; false when the power went.
  bool Work() {
    while (next_ < Workload().size()) {
      if (!Do(Workload()[next_])) return false;
      if (next_ == kPassiveAfter) WriteBack(SQLITE_CHECKPOINT_PASSIVE);
      if (next_ == kTruncateAfter) WriteBack(SQLITE_CHECKPOINT_TRUNCATE);
      if (next_ == kReopenAfter && !Open()) return false;
      ++next_;
    }
    return !disk_.IsCut();
  }

  void Close() { store_.reset(); }

  // Cuts the power and starts again; and again, for what that wrote.
  void CutAndCheck(Unsynced unsynced, uint32_t seed) {
    disk_.Cut(unsynced, seed);
    CheckAfterCut();
  }
  void CheckAfterCut() {
    Close();
    disk_.Restore();
    disk_.BeReliable();
    if (!Open()) return;
    ExpectHolds(*store_, done_, unsure_);
    EXPECT_TRUE(Work());
    DoAgain(Afterwards());
    ExpectHolds(*store_, done_);
  }

 private:
  // Sends the deeds until each is done; false when the power went.
  bool Do(const Group& group) {
    unsure_.clear();
    std::vector<absl::Status> told = DoTogether(*store_, group);
    for (size_t i = 0; i < group.size(); ++i) {
      if (told[i].ok()) {
        done_.insert(group[i].name);
      } else {
        unsure_.insert(group[i].name);
      }
    }
    if (disk_.IsCut()) return false;
    ExpectHolds(*store_, done_);
    for (size_t i = 0; i < group.size(); ++i) {
      if (told[i].ok() || ReasonOf(told[i]) == "OVERLAPS") continue;
      EXPECT_THAT(told[i], IsOfTheDisk());
      DoAgain(group[i]);
    }
    return !disk_.IsCut();
  }

  void DoAgain(const Deed& deed) {
    const absl::Status told = DoAlone(*store_, deed);
    EXPECT_EQ(ReasonOf(told), deed.regrets ? "OVERLAPS" : "") << deed.name;
    if (told.ok()) done_.insert(deed.name);
  }

  // What cannot be written back now is later.
  void WriteBack(int mode) {
    const auto raw = sqlite::SqliteConnection::Open(file_.DatabaseFile());
    if (raw.ok()) (*raw)->Checkpoint(mode, 0).IgnoreError();
  }

  UnreliableDisk& disk_;
  SystemClock clock_;
  contract::SqliteFile file_{::testing::TempDir()};
  std::unique_ptr<Store> store_;
  size_t next_ = 0;
  std::set<std::string> done_;
  std::set<std::string> unsure_;
};

class PowerCut : public ::testing::Test {
 protected:
  // The number of syncs and writes of a whole life without faults.
  void Count() {
    LearnWhatDeedsDo();
    disk_.BeReliable();
    Server server(disk_);
    ASSERT_TRUE(server.Open() && server.Work());
    server.Close();
    syncs_ = disk_.Syncs();
    writes_ = disk_.Writes();
    ASSERT_GT(syncs_, 20);
  }

  void CutEverywhere(Unsynced unsynced, uint32_t seed) {
    Count();
    for (int sync = 1; sync <= syncs_ && !HasFailure(); ++sync) {
      SCOPED_TRACE(
          absl::StrCat("cut at sync ", sync, " of ", syncs_, ", seed ", seed));
      Server server(disk_);
      disk_.CutAt(sync, unsynced, seed + static_cast<uint32_t>(sync));
      if (server.Open() && server.Work()) server.Close();
      EXPECT_TRUE(disk_.IsCut());
      server.CheckAfterCut();
      server.Close();
    }
  }

  UnreliableDisk disk_;
  int syncs_ = 0;
  int writes_ = 0;
};

TEST_F(PowerCut, AtEverySyncLosesNothingThatWasToldDone) {
  CutEverywhere(Unsynced::kLost, 0);
}

TEST_F(PowerCut, AtEverySyncThatWasDoneButNotToldLeavesEachDeedWhole) {
  CutEverywhere(Unsynced::kKept, 0);
}

TEST_F(PowerCut, AtEverySyncWithTornWritesLeavesEachDeedWhole) {
  for (int i = 0; i < kTornSeeds * Rounds(); ++i) {
    CutEverywhere(Unsynced::kTorn, 1'000'000U * static_cast<uint32_t>(i + 1));
  }
}

TEST_F(PowerCut, AfterAnySyncThatFailedLosesNothingThatWasToldDone) {
  Count();
  for (int sync = 1; sync <= syncs_ && !HasFailure(); ++sync) {
    SCOPED_TRACE(absl::StrCat("sync ", sync, " of ", syncs_, " fails"));
    Server server(disk_);
    disk_.FailSyncAt(sync);
    ASSERT_TRUE(server.Open() && server.Work());
    server.CutAndCheck(Unsynced::kLost, 0);
    server.Close();
  }
}

TEST_F(PowerCut, AfterAnyWriteOnAFullDiskLosesNothingThatWasToldDone) {
  Count();
  const int step = std::max(1, kWriteStep / Rounds());
  for (int write = 1; write <= writes_ && !HasFailure(); write += step) {
    SCOPED_TRACE(absl::StrCat("write ", write, " of ", writes_, " fails"));
    Server server(disk_);
    disk_.FailWriteAt(write);
    ASSERT_TRUE(server.Open() && server.Work());
    server.CutAndCheck(Unsynced::kLost, 0);
    server.Close();
  }
}

}  // namespace
}  // namespace stegvis::fault
