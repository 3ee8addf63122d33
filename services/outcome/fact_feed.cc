#include "services/outcome/fact_feed.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/outcome/fact_reading.h"
#include "services/outcome/fact_table.h"
#include "services/outcome/feed_check.h"
#include "services/outcome/make_report.h"

namespace stegvis::outcome {
namespace {

using storage::FeedPosition;

// How long Stop may wait for the follower to look up.
constexpr absl::Duration kWait = absl::Milliseconds(100);
// After a read that failed.
constexpr absl::Duration kPause = absl::Milliseconds(50);

struct Beginning {
  std::vector<ForbundId> forbund;
  FeedPosition tail;
};

absl::StatusOr<Beginning> ReadBeginning(storage::Store& store) {
  Beginning beginning;
  RETURN_IF_ERROR(store.Read(
      storage::AsOf::Now(), [&](storage::ReadTransaction& tx) -> absl::Status {
        ASSIGN_OR_RETURN(beginning.tail, tx.Tail());
        ASSIGN_OR_RETURN(const auto forbund, tx.ListForbund());
        beginning.forbund.clear();
        for (const auto& each : forbund) {
          beginning.forbund.push_back(each.value.id);
        }
        return absl::OkStatus();
      }));
  return beginning;
}

using ReadResult = absl::StatusOr<ReadFacts>;

// Reads the förbund on all cores, the results in their order.
std::vector<ReadResult> ReadAll(storage::Store& store,
                                const std::vector<ForbundId>& forbund,
                                const CodeTables& codes) {
  std::vector<ReadResult> results(forbund.size());
  std::atomic<size_t> next = 0;
  const auto work = [&] {
    for (size_t i = next++; i < forbund.size(); i = next++) {
      results[i] = ReadForbund(store, forbund[i], codes);
    }
  };
  const size_t cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::thread> threads;
  for (size_t i = 0; i < std::min(cores, forbund.size()); ++i) {
    threads.emplace_back(work);
  }
  for (std::thread& thread : threads) thread.join();
  return results;
}

// Brings `table` to at least `position`.
absl::Status CatchUp(storage::Store& store, FeedPosition position,
                     FactTable& table) {
  while (table.Position() < position) {
    ASSIGN_OR_RETURN(ChangeBatch batch,
                     ChangeBatch::Read(store, table.Codes(), table.Position()));
    if (batch.End() == table.Position()) return errors::Bug("feed_has_a_gap");
    batch.ApplyTo(table);
  }
  return absl::OkStatus();
}

// Each förbund is read in a snapshot of its own; the changes between them make
// it one position.
absl::StatusOr<FactTable> ReadTable(storage::Store& store) {
  ASSIGN_OR_RETURN(FactTable table, FactTable::Create(store.Codes()));
  ASSIGN_OR_RETURN(const Beginning beginning, ReadBeginning(store));
  table.SetPosition(beginning.tail);
  FeedPosition furthest = beginning.tail;
  FeedCheck check(beginning.tail);
  for (ReadResult& result : ReadAll(store, beginning.forbund, table.Codes())) {
    ASSIGN_OR_RETURN(ReadFacts read, std::move(result));
    furthest = std::max(furthest, read.facts->ReadUntil());
    RETURN_IF_ERROR(check.Note(read.positions));
    check.NoteErased(read.erased);
    table.Put(std::move(read.facts));
  }
  RETURN_IF_ERROR(check.AddMissing(store, table));
  RETURN_IF_ERROR(CatchUp(store, furthest, table));
  return table;
}

// Reports share the lock. The follower reads a batch without it and takes it
// alone only to append the batch, so no report sees half of one.
class FollowingFeed final : public FactFeed {
 public:
  FollowingFeed(storage::Store& store, FactTable table)
      : store_(store),
        table_(std::move(table)),
        follower_([this] { Follow(); }) {}
  ~FollowingFeed() override { FollowingFeed::Stop(); }

  absl::StatusOr<OutcomeReport> Report(
      const ReportRequest& request) const override {
    absl::ReaderMutexLock lock(&mutex_);
    return MakeReport(table_, request);
  }

  absl::Status WaitFor(FeedPosition position,
                       absl::Time deadline) const override {
    const auto reached_or_stopped = [&]() ABSL_SHARED_LOCKS_REQUIRED(mutex_) {
      return stopping_ || table_.Position() >= position;
    };
    mutex_.ReaderLockWhenWithDeadline(absl::Condition(&reached_or_stopped),
                                      deadline);
    const bool reached = table_.Position() >= position;
    mutex_.ReaderUnlock();
    return reached ? absl::OkStatus() : errors::FactsBehind();
  }

  FactStatistics Statistics() const override {
    absl::ReaderMutexLock lock(&mutex_);
    return FactStatistics{table_.Position(), table_.Rows(), table_.Bytes(),
                          table_.Unreadable(), table_.NewestKnown()};
  }

  void Stop() override {
    {
      absl::MutexLock lock(&mutex_);
      stopping_ = true;
    }
    absl::MutexLock lock(&joining_);
    if (follower_.joinable()) follower_.join();
  }

 private:
  void Follow() {
    while (!Stopping()) {
      const FeedPosition reached = Position();
      const absl::Time deadline = absl::Now() + kWait;
      const bool moved = store_.WaitForTailBeyond(reached, deadline) > reached;
      const bool well = moved ? Advance(reached).ok() : absl::Now() >= deadline;
      // A read failed, or the store has stopped and no longer waits.
      if (!well) Pause();
    }
  }

  absl::Status Advance(FeedPosition reached) {
    ASSIGN_OR_RETURN(ChangeBatch batch,
                     ChangeBatch::Read(store_, Codes(), reached));
    absl::MutexLock lock(&mutex_);
    batch.ApplyTo(table_);
    return absl::OkStatus();
  }

  void Pause() {
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopping_), kPause);
  }

  bool Stopping() const {
    absl::ReaderMutexLock lock(&mutex_);
    return stopping_;
  }
  FeedPosition Position() const {
    absl::ReaderMutexLock lock(&mutex_);
    return table_.Position();
  }
  // The same for the life of the table.
  const CodeTables& Codes() const {
    absl::ReaderMutexLock lock(&mutex_);
    return table_.Codes();
  }

  storage::Store& store_;
  mutable absl::Mutex mutex_;
  FactTable table_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Mutex joining_;
  std::thread follower_;  // Last: it uses all the others.
};

}  // namespace

absl::StatusOr<std::unique_ptr<FactFeed>> FactFeed::Start(
    storage::Store& store) {
  ASSIGN_OR_RETURN(FactTable table, ReadTable(store));
  return std::make_unique<FollowingFeed>(store, std::move(table));
}

}  // namespace stegvis::outcome
