// The one thread that writes: bodies that wait are committed together.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "services/base/worker_pool.h"
#include "storage/sql/database.h"
#include "storage/store/scope_keys.h"
#include "storage/store/session.h"
#include "storage/store/sql_transaction.h"
#include "storage/store/store.h"

namespace stegvis::storage {

// Thread-safe. Everything it is given must outlive it.
class GroupWriter {
 public:
  // Where an earlier run stopped.
  struct Start {
    FeedPosition tail;
    int64_t recorded_at = 0;
  };
  struct Committed {
    FeedPosition tail;
    bool grants_changed = false;
    bool rotation_begun = false;
  };
  // Told after each batch, before the completions.
  using OnCommit = std::function<void(const Committed&)>;

  GroupWriter(sql::Database& database,
              std::unique_ptr<sql::Connection> connection, KeyCache& cache,
              std::unique_ptr<ErasureLog> erasures, const Clock& clock,
              const Start& start, OnCommit on_commit);
  ~GroupWriter();

  // As Store::Write, whose bodies are bodies here.
  using Body = std::function<absl::Status(SqlWriteTransaction&)>;
  void Write(Body body, Store::Completion done);
  // The same, and waits.
  absl::Status WriteAndWait(Body body);
  // As Store::Stop.
  void Stop();

 private:
  struct Pending {
    Body body;
    Store::Completion done;
    absl::Status result;
    bool erased = false;  // Its traces must go before it is told.
  };
  using Batch = std::vector<Pending>;

  void Work();
  bool IsOver();
  // Tells the completions; those of erasures once no trace is left.
  void Tell(Batch batch);
  void TellErased();
  // What waits, once something does; empty at the end, or when it is time to
  // try again to tell an erasure.
  Batch TakeBatch();
  bool HasWork() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  using Undoing = SqlWriteTransaction::Undoing;
  enum class Outcome {
    kDone,    // What did not fail is committed.
    kSpoilt,  // One failed that had written; nothing of them is there.
    kLost,    // The database lost the transaction; nothing of them is there.
  };

  // Runs and commits the writes from `first` to before `last`. False when the
  // database lost the transaction, so that nothing of them is there.
  bool Commit(Batch::iterator first, Batch::iterator last);
  // Without a place for each to go back to at first: it costs a copy of every
  // page that a body writes, and few fail once they have written.
  Outcome Try(Batch::iterator first, Batch::iterator last, Undoing undoing);
  // What came of the bodies: whether the transaction is still there, whether
  // any wrote, and whether one that had written failed and cannot be undone
  // alone.
  struct Ran {
    absl::Status status;
    bool written = false;
    bool spoilt = false;
  };
  Ran RunBodies(Batch::iterator first, Batch::iterator last, Undoing undoing);
  // Runs a body. True if it wrote. If it failed, what it wrote is undone, or
  // spoils the transaction.
  bool RunBody(Pending& write, Undoing undoing);
  absl::Status CommitTransaction();
  // The list of erasures first, then the database.
  absl::Status CommitBoth();
  void Undo(FeedPosition back_to);
  absl::Time NextRecordedAt();

  sql::Database& database_;
  const std::unique_ptr<sql::Connection> connection_;
  const Clock& clock_;
  const OnCommit on_commit_;

  // The writing thread's own.
  ScopeKeys keys_;
  const std::unique_ptr<ErasureLog> erasures_;
  WriterCounters counters_;
  WriterMemory memory_;
  // What has happened in this batch, and what is committed together of it.
  std::vector<ErasureEntry> to_list_;
  bool grants_changed_ = false;
  bool rotation_begun_ = false;
  // Erasures whose traces may still be there, because somebody reads.
  Batch untold_;
  int64_t last_recorded_at_;
  IdSource ids_;
  // One thread that tells the completions, in order, while the next batch is
  // being written. Ends after the writing thread.
  std::unique_ptr<WorkerPool> telling_;

  absl::Mutex mutex_;
  Batch queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Mutex join_mutex_;
  std::thread thread_;
};

}  // namespace stegvis::storage
