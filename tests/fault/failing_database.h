// A database one of whose calls fails, once.
#pragma once

#include <memory>
#include <optional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "storage/sql/database.h"

namespace stegvis::fault {

// How a call fails: it does nothing, and says so.
enum class Failure {
  kAway,        // UNAVAILABLE; the transaction stays open.
  kFull,        // DISK_FULL; the database rolls the transaction back by itself.
  kUnreadable,  // DATA_LOSS; the transaction stays open.
};

// Counts the calls and says which of them fails. Thread-safe.
class FaultPlan {
 public:
  // Fails call number `call`, from 1, counted from now on; 0 for none.
  void FailAt(int call, Failure failure);
  int Calls() const;
  bool HasFailed() const;

  // One more call: nothing, or how it fails.
  std::optional<Failure> Next();

 private:
  mutable absl::Mutex mutex_;
  int calls_ ABSL_GUARDED_BY(mutex_) = 0;
  int fail_at_ ABSL_GUARDED_BY(mutex_) = 0;
  Failure failure_ ABSL_GUARDED_BY(mutex_) = Failure::kAway;
};

// Passes every call on to `database` but the one that `plan` picks: taking and
// stepping a statement, begin, commit, savepoints, connecting and settling.
// Rollback cannot fail. `plan` must outlive it. Thread-safe.
std::unique_ptr<sql::Database> MakeFailing(
    std::unique_ptr<sql::Database> database, FaultPlan& plan);

}  // namespace stegvis::fault
