// Every statement of a little workload fails once: whatever was told done is
// there, whatever was told failed is not, and the store works on.
//
// Every call is tried as a database that is away, and in one of the other ways
// besides, those of a rotation in one of the ways; STEGVIS_FAULTS=2 in the
// environment tries every call in every way.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "storage/seal/key_source.h"
#include "storage/sqlite/sqlite_database.h"
#include "storage/store/open.h"
#include "tests/contract/sqlite_file.h"
#include "tests/fault/failing_database.h"
#include "tests/fault/inventory.h"
#include "tests/fault/rounds.h"
#include "tests/fault/unreliable_disk.h"
#include "tests/fault/workload.h"
#include "tests/support/status_matchers.h"

namespace stegvis::fault {
namespace {

using storage::Store;
using testing::IsOk;

// The group after which everything is read while calls may still fail, and the
// store is then closed and opened again.
constexpr size_t kReadAfter = 3;

MATCHER(IsTheFailure, "says how the database failed") {
  *result_listener << arg.ToString();
  const std::string reason = ReasonOf(arg);
  return reason == "DATABASE_AWAY" || reason == "DISK_FULL" ||
         reason == "RECORD_UNREADABLE";
}

class FailingStatements : public ::testing::TestWithParam<Failure> {
 protected:
  FailingStatements() {
    std::filesystem::copy_file(file_.KeySource(), key_source_);
  }

  // Which calls are tried: all, or every other.
  int Step() const {
    return GetParam() == Failure::kAway || Rounds() > 1 ? 1 : 2;
  }
  int First() const { return GetParam() == Failure::kFull ? Step() : 1; }

  // Makes the next installation from nothing, or from a new database.
  void StartFrom(const std::string& database) {
    for (const char* end : {"-wal", "-shm", ""}) {
      std::filesystem::remove(absl::StrCat(file_.DatabaseFile(), end));
    }
    std::filesystem::copy_file(
        key_source_, file_.KeySource(),
        std::filesystem::copy_options::overwrite_existing);
    if (database.empty()) return;
    std::ofstream(file_.DatabaseFile(), std::ios::binary) << database;
  }
  std::string NewDatabase() {
    EXPECT_THAT(file_.Open(clock_), IsOk());
    return Database();
  }
  std::string Database() const {
    std::ifstream file(file_.DatabaseFile(), std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  // Nothing is lost here, it is only fast.
  UnreliableDisk disk_;
  SystemClock clock_;
  contract::SqliteFile file_{::testing::TempDir()};
  // As it was made, before any rotation.
  const std::string key_source_ = absl::StrCat(file_.Folder(), "/first");
  FaultPlan plan_;
};

// An installation whose calls `plan` counts.
class Place {
 public:
  // `done` are the deeds that it holds.
  Place(const contract::SqliteFile& file, FaultPlan& plan, const Clock& clock,
        std::set<std::string> done = {})
      : file_(file), plan_(plan), clock_(clock), done_(std::move(done)) {}

  const std::set<std::string>& Done() const { return done_; }

  // As the server does, which is started again when it did not start.
  void Open() {
    store_.reset();
    absl::StatusOr<std::unique_ptr<Store>> opened = OpenOnce();
    if (!opened.ok()) {
      EXPECT_TRUE(plan_.HasFailed());
      EXPECT_THAT(opened.status(), IsTheFailure());
      opened = OpenOnce();
    }
    ASSERT_THAT(opened, IsOk());
    store_ = *std::move(opened);
  }

  // Sends the deeds until each is done; true when all were at once.
  void Do(const Group& group) {
    const std::vector<absl::Status> told = DoTogether(*store_, group);
    std::set<std::string> failed;
    for (size_t i = 0; i < group.size(); ++i) {
      if (told[i].ok()) {
        done_.insert(group[i].name);
        EXPECT_FALSE(group[i].regrets) << group[i].name;
      } else if (!group[i].regrets || ReasonOf(told[i]) != "OVERLAPS") {
        EXPECT_TRUE(plan_.HasFailed()) << told[i];
        EXPECT_THAT(told[i], IsTheFailure()) << group[i].name;
        failed.insert(group[i].name);
      }
    }
    if (!failed.empty()) ExpectHolds(*store_, done_);
    for (const Deed& deed : group) {
      if (failed.count(deed.name) > 0) DoAgain(deed);
    }
  }

  // Reads everything; what is told is true, or it is told that it is not.
  void Read() {
    const absl::StatusOr<Inventory> read = TakeInventory(*store_);
    if (read.ok()) {
      ExpectIs(*read, done_);
    } else {
      EXPECT_TRUE(plan_.HasFailed());
      EXPECT_THAT(read.status(), IsTheFailure());
    }
  }

  // Rotates the keys; what failed goes on when it is asked for again.
  void Rotate() {
    do {
      const absl::Status begun = store_->WriteAndWait(
          [](storage::WriteTransaction& tx) { return tx.BeginKeyRotation(); });
      if (!begun.ok()) ExpectFailed(begun);
      const absl::Status hindrance = AwaitStandstill();
      if (!hindrance.ok()) ExpectFailed(hindrance);
    } while (store_->Keys().source_version == 1);
  }

  void ExpectAll() {
    ExpectHolds(*store_, done_);
    DoAgain(Workload().front().front());
    DoAgain(Afterwards());
    ExpectHolds(*store_, done_);
    Open();
    ExpectHolds(*store_, done_);
  }

 private:
  void ExpectFailed(const absl::Status& status) {
    EXPECT_TRUE(plan_.HasFailed());
    EXPECT_THAT(status, IsTheFailure());
    ExpectHolds(*store_, done_);
  }

  // Waits for a rotation to end, or for what keeps it from that.
  absl::Status AwaitStandstill() {
    while (true) {
      const storage::KeyStatus keys = store_->Keys();
      if (!keys.rotation.has_value()) return absl::OkStatus();
      if (!keys.rotation->hindrance.ok()) return keys.rotation->hindrance;
      std::this_thread::yield();
    }
  }

  absl::StatusOr<std::unique_ptr<Store>> OpenOnce() {
    auto database =
        sqlite::SqliteDatabase::Open({file_.DatabaseFile(), /*create=*/true});
    if (!database.ok()) return database.status();
    return storage::OpenStoreOver(
        MakeFailing(*std::move(database), plan_),
        seal::KeySource::Load(file_.KeySource()).value(),
        file_.Folder() + "/erasures.log", /*create=*/true, clock_);
  }

  void DoAgain(const Deed& deed) {
    const absl::Status told = DoAlone(*store_, deed);
    EXPECT_EQ(ReasonOf(told), deed.regrets ? "OVERLAPS" : "") << deed.name;
    if (told.ok()) done_.insert(deed.name);
  }

  const contract::SqliteFile& file_;
  FaultPlan& plan_;
  const Clock& clock_;
  std::unique_ptr<Store> store_;
  std::set<std::string> done_;
};

void RunWorkload(Place& place) {
  for (size_t i = 0; i < Workload().size(); ++i) {
    place.Do(Workload()[i]);
    if (i == kReadAfter) {
      place.Read();
      place.Open();
    }
  }
}

TEST_P(FailingStatements, LoseNothingAndLeaveNothingHalfDone) {
  const std::string database = NewDatabase();
  int calls = 0;
  {
    Place place(file_, plan_, clock_);
    place.Open();
    plan_.FailAt(0, GetParam());
    RunWorkload(place);
    calls = plan_.Calls();
    place.ExpectAll();
  }
  ASSERT_GT(calls, 400);
  for (int call = First(); call <= calls && !HasFailure(); call += Step()) {
    SCOPED_TRACE(absl::StrCat("call ", call, " of ", calls));
    StartFrom(database);
    Place place(file_, plan_, clock_);
    plan_.FailAt(0, GetParam());
    place.Open();

    plan_.FailAt(call, GetParam());
    RunWorkload(place);

    EXPECT_TRUE(plan_.HasFailed());
    place.ExpectAll();
  }
}

TEST_P(FailingStatements, OfARotationAreTriedAgain) {
  plan_.FailAt(0, GetParam());
  std::set<std::string> done;
  {
    Place place(file_, plan_, clock_);
    place.Open();
    RunWorkload(place);
    done = place.Done();
  }
  const std::string database = Database();
  int calls = 0;
  {
    Place place(file_, plan_, clock_, done);
    place.Open();
    plan_.FailAt(0, GetParam());
    place.Rotate();
    calls = plan_.Calls();
    place.ExpectAll();
  }
  ASSERT_GT(calls, 100);
  // Each call in one of the ways, or in all.
  const int step = Rounds() > 1 ? 1 : 3;
  for (int call = Rounds() > 1 ? 1 : 1 + static_cast<int>(GetParam());
       call <= calls && !HasFailure(); call += step) {
    SCOPED_TRACE(absl::StrCat("call ", call, " of ", calls));
    StartFrom(database);
    Place place(file_, plan_, clock_, done);
    plan_.FailAt(0, GetParam());
    place.Open();

    plan_.FailAt(call, GetParam());
    place.Rotate();

    EXPECT_TRUE(plan_.HasFailed());
    place.ExpectAll();
  }
}

TEST_P(FailingStatements, OfAnOpeningAreToldAndItIsOpenedAgain) {
  plan_.FailAt(0, GetParam());
  { Place(file_, plan_, clock_).Open(); }
  const int calls = plan_.Calls();
  ASSERT_GT(calls, 30);
  for (int call = First(); call <= calls && !HasFailure(); call += Step()) {
    SCOPED_TRACE(absl::StrCat("call ", call, " of ", calls));
    StartFrom("");
    Place place(file_, plan_, clock_);

    plan_.FailAt(call, GetParam());
    place.Open();

    EXPECT_TRUE(plan_.HasFailed());
    place.ExpectAll();
  }
}

std::string NameOf(const ::testing::TestParamInfo<Failure>& failure) {
  switch (failure.param) {
    case Failure::kAway:
      return "Away";
    case Failure::kFull:
      return "Full";
    case Failure::kUnreadable:
      return "Unreadable";
  }
  return "";
}

INSTANTIATE_TEST_SUITE_P(EachWay, FailingStatements,
                         ::testing::Values(Failure::kAway, Failure::kFull,
                                           Failure::kUnreadable),
                         NameOf);

}  // namespace
}  // namespace stegvis::fault
