// A disk that runs full: nothing that was told done is lost, nothing that was
// refused is there, and the store goes on when there is space again.
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/blocking_counter.h"
#include "tests/contract/sqlite_file.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

// A folder that can be filled. A small file system of its own, or where that
// may not be mounted, a limit on the size of each file of this process.
class SmallDisk {
 public:
  SmallDisk() : folder_(absl::StrCat(::testing::TempDir(), "/diskXXXXXX")) {
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    mounted_ =
        mount("tmpfs", folder_.c_str(), "tmpfs", 0, "size=4m,mode=700") == 0;
    if (!mounted_) std::signal(SIGXFSZ, SIG_IGN);
  }
  ~SmallDisk() {
    Empty();
    if (mounted_) umount2(folder_.c_str(), MNT_DETACH);
    std::filesystem::remove_all(folder_);
  }

  const std::string& Folder() const { return folder_; }

  // Leaves room for a few records.
  void FillAlmost() {
    if (!mounted_) return Limit(1 << 20);
    {
      std::ofstream ballast(BallastFile(), std::ios::binary);
      const std::string block(4096, 'b');
      while (ballast.write(block.data(), 4096).flush()) {
      }
    }
    const auto size = std::filesystem::file_size(BallastFile());
    std::filesystem::resize_file(BallastFile(), size - 256 * 1024);
  }
  void Empty() {
    if (!mounted_) return Limit(RLIM_INFINITY);
    std::filesystem::remove(BallastFile());
  }

 private:
  static void Limit(rlim_t bytes) {
    rlimit limit{};
    EXPECT_EQ(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = std::min(bytes, limit.rlim_max);
    EXPECT_EQ(setrlimit(RLIMIT_FSIZE, &limit), 0);
  }
  std::string BallastFile() const { return absl::StrCat(folder_, "/ballast"); }

  std::string folder_;
  bool mounted_ = false;
};

MATCHER(IsOutOfSpace, "says that there is no space, or no disk") {
  *result_listener << arg.ToString();
  // A limit on file sizes looks to SQLite like a broken disk.
  return ReasonOf(arg) == "DISK_FULL" || ReasonOf(arg) == "DATABASE_AWAY";
}

domain::Participation Numbered(int number) {
  IdBytes bytes = {};
  bytes[14] = static_cast<uint8_t>(number >> 8);
  bytes[15] = static_cast<uint8_t>(number);
  return AParticipation().WithId(ParticipationId::FromBytes(bytes)).Build();
}

class AFullDisk : public ::testing::Test {
 protected:
  AFullDisk() {
    Open();
    EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& tx) {
      EXPECT_THAT(tx.PutForbund(AForbund().Build()), IsOk());
      return tx.PutInsats(kForbund, AnInsats().Build()).status();
    }),
                IsOk());
  }

  void Open() {
    store_.reset();
    auto store = file_.Open(clock_);
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  absl::Status Put(int number) {
    return store_->WriteAndWait([number](WriteTransaction& tx) {
      return tx.PutParticipation(kForbund, Numbered(number), std::nullopt)
          .status();
    });
  }

  std::set<ParticipationId> Stored() {
    std::set<ParticipationId> ids;
    EXPECT_THAT(store_->Read(AsOf::Now(),
                             [&](ReadTransaction& tx) {
                               return tx.ScanParticipations(
                                   kForbund, [&](const auto& scanned) {
                                     EXPECT_NE(scanned.participation, nullptr);
                                     ids.insert(scanned.key.participation);
                                     return absl::OkStatus();
                                   });
                             }),
                IsOk());
    return ids;
  }

  void ExpectGaplessFeed() {
    EXPECT_THAT(store_->Read(AsOf::Now(),
                             [&](ReadTransaction& tx) {
                               const auto changes =
                                   tx.ReadChanges(FeedPosition{0}, 100'000);
                               int64_t next = 1;
                               for (const auto& change : changes.value()) {
                                 EXPECT_EQ(change.position.value, next++);
                               }
                               EXPECT_EQ(store_->Tail().value, next - 1);
                               return absl::OkStatus();
                             }),
                IsOk());
  }

  SystemClock clock_;
  SmallDisk disk_;
  SqliteFile file_{disk_.Folder()};
  std::unique_ptr<Store> store_;
};

TEST_F(AFullDisk, IsNotLeftWithHalfACopy) {
  // In one commit, as each writes many pages to the log.
  ASSERT_THAT(store_->WriteAndWait([](WriteTransaction& tx) -> absl::Status {
    for (int number = 0; number < 300; ++number) {
      const auto put =
          tx.PutParticipation(kForbund, Numbered(number), std::nullopt);
      if (!put.ok()) return put.status();
    }
    return absl::OkStatus();
  }),
              IsOk());
  const std::string path = absl::StrCat(disk_.Folder(), "/copy");
  const auto moment = store_->HoldMoment();
  ASSERT_THAT(moment, IsOk());
  disk_.FillAlmost();

  EXPECT_THAT((*moment)->CopyTo(path), IsOutOfSpace());

  EXPECT_FALSE(std::filesystem::exists(path));
  disk_.Empty();
  EXPECT_THAT((*moment)->CopyTo(path), IsOk());
}

TEST_F(AFullDisk, LosesNothingThatWasToldDoneAndGoesOnWithSpace) {
  disk_.FillAlmost();
  std::set<ParticipationId> told;
  absl::Status status;
  int number = 0;
  while (status.ok() && number < 20'000) {
    status = Put(++number);
    if (status.ok()) told.insert(Numbered(number).id);
  }

  EXPECT_THAT(status, IsOutOfSpace());
  EXPECT_FALSE(told.empty());
  EXPECT_EQ(Stored(), told);
  EXPECT_THAT(Put(number), IsOutOfSpace());

  disk_.Empty();
  EXPECT_THAT(Put(number), IsOk());
  told.insert(Numbered(number).id);
  ExpectGaplessFeed();
  Open();
  EXPECT_EQ(Stored(), told);
  ExpectGaplessFeed();
}

TEST_F(AFullDisk, TakesThoseOfABatchThatStillFit) {
  constexpr int kBodies = 100;
  std::vector<absl::Status> results(kBodies);
  absl::BlockingCounter left(kBodies);
  disk_.FillAlmost();

  for (int i = 0; i < kBodies; ++i) {
    store_->Write(
        [i](WriteTransaction& tx) -> absl::Status {
          // Most are large, and together they are too large.
          domain::Participation participation = Numbered(i);
          if (i % 10 != 0) {
            participation.consent.reference = std::string(100'000, 'x');
          }
          return tx.PutParticipation(kForbund, participation, std::nullopt)
              .status();
        },
        [&, i](const absl::Status& status) {
          results[static_cast<size_t>(i)] = status;
          left.DecrementCount();
        });
  }
  left.Wait();

  std::set<ParticipationId> told;
  for (int i = 0; i < kBodies; ++i) {
    const absl::Status& result = results[static_cast<size_t>(i)];
    if (result.ok()) {
      told.insert(Numbered(i).id);
    } else {
      EXPECT_THAT(result, IsOutOfSpace());
    }
  }
  EXPECT_FALSE(told.empty());
  EXPECT_LT(told.size(), static_cast<size_t>(kBodies));
  EXPECT_EQ(Stored(), told);
  ExpectGaplessFeed();
  disk_.Empty();
  EXPECT_THAT(Put(kBodies), IsOk());
  ExpectGaplessFeed();
}

TEST_F(AFullDisk, DoesNotCommitHalfOfABodyThatSwallowsItsErrors) {
  disk_.FillAlmost();

  const absl::Status status =
      store_->WriteAndWait([](WriteTransaction& tx) -> absl::Status {
        for (int i = 0; i < 30; ++i) {
          domain::Participation participation = Numbered(i);
          participation.consent.reference = std::string(5'000'000, 'x');
          tx.PutParticipation(kForbund, participation, std::nullopt)
              .status()
              .IgnoreError();
        }
        return absl::OkStatus();
      });

  EXPECT_THAT(status, IsOutOfSpace());
  EXPECT_TRUE(Stored().empty());
  disk_.Empty();
  EXPECT_THAT(Put(1), IsOk());
  ExpectGaplessFeed();
}

}  // namespace
}  // namespace stegvis::contract
