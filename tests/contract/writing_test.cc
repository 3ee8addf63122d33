// What a write promises: all or nothing, nobody else touched, told when
// durable, in one order without gaps.
#include <atomic>
#include <thread>

#include "absl/synchronization/blocking_counter.h"
#include "absl/synchronization/notification.h"
#include "services/base/errors.h"
#include "tests/contract/store_contract.h"

namespace stegvis::contract {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;

TEST_P(StoreContract, ARejectedBodyLeavesNothing) {
  const FeedPosition before = store_->Tail();

  const absl::Status status = store_->WriteAndWait([](WriteTransaction& tx)
                                                       -> absl::Status {
    EXPECT_THAT(tx.PutForbund(AForbund().WithId(TestId<ForbundId>(2)).Build()),
                IsOk());
    EXPECT_THAT(tx.PutParticipation(kForbund, Participation(1), std::nullopt),
                IsOk());
    EXPECT_THAT(tx.AppendAudit({kForbund, "u", "m", "r", "", false}), IsOk());
    EXPECT_THAT(tx.RememberRequest({"u", "m", {}}, {"d", "r", 1}), IsOk());
    return errors::Overlaps();
  });

  EXPECT_THAT(status, HasReason("OVERLAPS"));
  EXPECT_EQ(store_->Tail(), before);
  EXPECT_THAT(Get(1), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_THAT(
      store_->Read(AsOf::Now(),
                   [](ReadTransaction& tx) {
                     EXPECT_THAT(tx.GetForbund(TestId<ForbundId>(2)),
                                 StatusIs(absl::StatusCode::kNotFound));
                     EXPECT_THAT(*tx.ListAudit(kForbund, 0, 10), IsEmpty());
                     EXPECT_FALSE(tx.FindRequest({"u", "m", {}})->has_value());
                     return absl::OkStatus();
                   }),
      IsOk());
  EXPECT_EQ(Put(Participation(1)).position, FeedPosition{before.value + 1});
}

TEST_P(StoreContract, ABodyReadsWhatItWrote) {
  EXPECT_THAT(store_->WriteAndWait([](WriteTransaction& tx) -> absl::Status {
    EXPECT_THAT(tx.PutParticipation(kForbund, Participation(1), std::nullopt),
                IsOk());
    EXPECT_EQ(tx.GetParticipation(KeyOf(1))->recorded_at, tx.RecordedAt());
    return absl::OkStatus();
  }),
              IsOk());
}

// Holds the writer until everything else is queued, so that it is one batch.
class ABatch {
 public:
  explicit ABatch(Store& store) : store_(store) {
    store_.Write(
        [this](WriteTransaction&) {
          started_.Notify();
          go_.WaitForNotification();
          return absl::OkStatus();
        },
        [](const absl::Status&) {});
    started_.WaitForNotification();
  }

  void Add(Store::WriteBody body) {
    const size_t place = results_.size();
    results_.emplace_back(absl::UnknownError("not told"));
    bodies_.push_back([this, place, body = std::move(body)] {
      store_.Write(body, [this, place](const absl::Status& status) {
        results_[place] = status;
        if (--left_ == 0) done_.Notify();
      });
    });
  }

  // The results, in the order added.
  std::vector<absl::Status> Run() {
    left_ = static_cast<int>(bodies_.size());
    for (const std::function<void()>& body : bodies_) body();
    go_.Notify();
    done_.WaitForNotification();
    return results_;
  }

 private:
  Store& store_;
  absl::Notification started_;
  absl::Notification go_;
  absl::Notification done_;
  std::vector<std::function<void()>> bodies_;
  std::vector<absl::Status> results_;
  std::atomic<int> left_ = 0;
};

Store::WriteBody Putting(uint8_t id, absl::Status result = absl::OkStatus()) {
  return [id, result](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutParticipation(kForbund, Participation(id), std::nullopt),
                IsOk());
    EXPECT_THAT(tx.AppendAudit({kForbund, "u", "m", "r", "", false}), IsOk());
    return result;
  };
}

TEST_P(StoreContract, OneThatFailsAmongManyTouchesNoOther) {
  const FeedPosition before = store_->Tail();
  ABatch batch(*store_);
  batch.Add(Putting(1));
  batch.Add(Putting(2, errors::Overlaps()));
  batch.Add([](WriteTransaction&) { return errors::NotPermitted(); });
  batch.Add(Putting(3));
  batch.Add(Putting(4, errors::Overlaps()));

  const std::vector<absl::Status> results = batch.Run();

  EXPECT_THAT(results[0], IsOk());
  EXPECT_THAT(results[1], HasReason("OVERLAPS"));
  EXPECT_THAT(results[2], HasReason("NOT_PERMITTED"));
  EXPECT_THAT(results[3], IsOk());
  EXPECT_THAT(results[4], HasReason("OVERLAPS"));
  EXPECT_EQ(store_->Tail(), FeedPosition{before.value + 2});
  EXPECT_EQ(Get(1)->position, FeedPosition{before.value + 1});
  EXPECT_THAT(Get(2), StatusIs(absl::StatusCode::kNotFound));
  EXPECT_EQ(Get(3)->position, FeedPosition{before.value + 2});
  EXPECT_LT(Get(1)->recorded_at, Get(3)->recorded_at);
  const auto audit = Read<std::vector<storage::RecordedAuditEntry>>(
      [](ReadTransaction& tx) { return tx.ListAudit(kForbund, 0, 10); });
  ASSERT_EQ(audit->size(), 2U);
  EXPECT_EQ(audit->back().sequence, 2);
}

TEST_P(StoreContract, AForbundMadeByAFailingBodyCanBeMadeByTheNext) {
  const domain::Forbund forbund =
      AForbund().WithId(TestId<ForbundId>(2)).Build();
  const InsatsKey insats = {forbund.id, kInsats};
  ABatch batch(*store_);
  batch.Add([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(forbund), IsOk());
    return errors::Overlaps();
  });
  batch.Add([&](WriteTransaction& tx) {
    EXPECT_THAT(tx.PutForbund(forbund), IsOk());
    return tx.PutInsats(forbund.id, AnInsats().Build()).status();
  });

  EXPECT_THAT(batch.Run()[1], IsOk());

  Reopen();
  EXPECT_THAT(Read<Versioned<domain::Insats>>(
                  [&](ReadTransaction& tx) { return tx.GetInsats(insats); }),
              IsOk());
}

TEST_P(StoreContract, ManyBodiesThatWaitAreAllCommitted) {
  const FeedPosition before = store_->Tail();
  ABatch batch(*store_);
  constexpr int kBodies = 1300;
  for (int i = 0; i < kBodies; ++i) batch.Add(Putting(1));

  EXPECT_THAT(batch.Run(), Each(IsOk()));

  EXPECT_EQ(store_->Tail(), FeedPosition{before.value + kBodies});
  EXPECT_EQ(Get(1)->version, kBodies);
}

TEST_P(StoreContract, TheFeedHasNoGapsUnderManyWriters) {
  constexpr int kThreads = 4;
  constexpr int kEach = 50;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < kEach; ++i) {
        const bool fails = i % 5 == 0;
        const absl::Status status = store_->WriteAndWait(
            Putting(static_cast<uint8_t>(thread + 1),
                    fails ? errors::Overlaps() : absl::OkStatus()));
        EXPECT_EQ(status.ok(), !fails);
        // What was told done is there for every read that begins now.
        if (!fails) {
          EXPECT_GE(Get(static_cast<uint8_t>(thread + 1))->version, i - i / 5);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  const std::vector<storage::Change> changes = Changes();
  ASSERT_EQ(changes.size(), 2U + kThreads * kEach * 4 / 5);
  for (size_t i = 0; i < changes.size(); ++i) {
    EXPECT_EQ(changes[i].position, FeedPosition{static_cast<int64_t>(i + 1)});
  }
  EXPECT_EQ(store_->Tail(), changes.back().position);
}

TEST_P(StoreContract, TheFeedNamesWhatChanged) {
  using storage::ChangeKind;
  Put(Participation(1));
  Put(Participation(1));

  const std::vector<storage::Change> changes = Changes();

  ASSERT_EQ(changes.size(), 4U);
  EXPECT_EQ(changes[0].kind, ChangeKind::kForbund);
  EXPECT_EQ(changes[0].forbund, kForbund);
  EXPECT_EQ(changes[0].insats, std::nullopt);
  EXPECT_EQ(changes[1].kind, ChangeKind::kInsats);
  EXPECT_EQ(changes[1].insats, kInsats);
  EXPECT_EQ(changes[3].kind, ChangeKind::kParticipation);
  EXPECT_EQ(changes[3].participation, TestId<ParticipationId>(1));
  EXPECT_EQ(changes[3].version, 2);
  const auto later = Read<std::vector<storage::Change>>(
      [](ReadTransaction& tx) { return tx.ReadChanges(FeedPosition{1}, 2); });
  ASSERT_EQ(later->size(), 2U);
  EXPECT_EQ(later->front().position, FeedPosition{2});
}

TEST_P(StoreContract, ASnapshotStaysAsItWas) {
  Put(Participation(1));

  EXPECT_THAT(store_->Read(AsOf::Now(),
                           [&](ReadTransaction& tx) {
                             const FeedPosition tail = *tx.Tail();
                             Put(Participation(1));
                             EXPECT_EQ(*tx.Tail(), tail);
                             EXPECT_EQ(tx.GetParticipation(KeyOf(1))->version,
                                       1);
                             return absl::OkStatus();
                           }),
              IsOk());

  EXPECT_EQ(Get(1)->version, 2);
}

TEST_P(StoreContract, RecordedAtIncreasesWhenTheClockStandsStillOrGoesBack) {
  std::vector<absl::Time> moments;
  moments.push_back(Put(Participation(1)).recorded_at);
  moments.push_back(Put(Participation(1)).recorded_at);
  clock_.Advance(-absl::Hours(24 * 365));
  moments.push_back(Put(Participation(1)).recorded_at);
  Reopen();
  moments.push_back(Put(Participation(1)).recorded_at);
  clock_.Set(moments.back() + absl::Hours(1));
  moments.push_back(Put(Participation(1)).recorded_at);

  for (size_t i = 1; i < moments.size(); ++i) {
    EXPECT_GT(moments[i], moments[i - 1]) << i;
  }
  EXPECT_EQ(moments.back(), clock_.Now());
}

TEST_P(StoreContract, WaitingForTheTailEndsWithTheNextCommit) {
  const FeedPosition before = store_->Tail();
  FeedPosition seen;
  std::thread waiting([&] {
    seen = store_->WaitForTailBeyond(before, absl::InfiniteFuture());
  });

  Put(Participation(1));
  waiting.join();

  EXPECT_EQ(seen, store_->Tail());
  EXPECT_GT(seen, before);
  EXPECT_EQ(store_->WaitForTailBeyond(seen, absl::InfinitePast()), seen);
}

TEST_P(StoreContract, StoppingCompletesWhatIsQueuedAndRefusesWhatComes) {
  std::vector<absl::Status> results;
  {
    ABatch batch(*store_);
    for (uint8_t id = 1; id <= 20; ++id) batch.Add(Putting(id));
    std::thread stopping;
    batch.Add([&](WriteTransaction&) {
      stopping = std::thread([&] { store_->Stop(); });
      return absl::OkStatus();
    });
    results = batch.Run();
    stopping.join();
  }

  EXPECT_THAT(results, Each(IsOk()));
  store_->Stop();
  EXPECT_THAT(store_->WriteAndWait(Putting(30)), HasReason("SHUTTING_DOWN"));
  EXPECT_EQ(store_->WaitForTailBeyond(store_->Tail(), absl::InfiniteFuture()),
            store_->Tail());
  EXPECT_THAT(Get(20), IsOk());
}

TEST_P(StoreContract, NewIdsAreInOrder) {
  std::vector<IdBytes> ids;
  EXPECT_THAT(store_->WriteAndWait([&](WriteTransaction& tx) {
    for (int i = 0; i < 1000; ++i) ids.push_back(tx.NewId());
    return absl::OkStatus();
  }),
              IsOk());

  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end()));
}

}  // namespace
}  // namespace stegvis::contract
