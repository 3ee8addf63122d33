// Rotates the keys while everybody goes on working.
#pragma once

#include <cstdint>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "storage/sql/database.h"
#include "storage/store/group_writer.h"
#include "storage/store/key_rows.h"
#include "storage/store/key_status.h"
#include "storage/store/scope_keys.h"

namespace stegvis::storage {

// Has a thread of its own. What fails is tried again by itself, but for what
// does not open: that waits until somebody asks for it. What a rotation has
// come to stands in the key source and the rows, so that one that was cut off
// goes on by itself. Thread-safe. Everything it is given must outlive it.
class KeyRotator {
 public:
  // `status` is how the keys are: a rotation in it goes on.
  KeyRotator(sql::Database& database, GroupWriter& writer, KeyCache& keys,
             const KeyStatus& status);
  ~KeyRotator() { Stop(); }

  // There is a rotation that has begun, if not before, at `now`; it shows in
  // the status at once. What could not be done is tried again.
  void Wake(absl::Time now);
  KeyStatus Status() const;
  // Leaves a rotation where it is. Idempotent.
  void Stop();

 private:
  void Work();
  // Waits for something to do; false when it is time to stop.
  bool AwaitWork();
  bool HasNews() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return wanted_ || stopping_;
  }
  bool IsStopping() const;

  // Does all that is to be done.
  absl::Status Go();
  absl::Status Rotate(sql::Connection& reader, const BegunRotation& rotation);
  absl::Status MakeRoot(uint32_t version);
  // Renews the keys of each scope. What does not open is noted, and left.
  absl::Status RotateScopes(sql::Connection& reader,
                            const BegunRotation& rotation);
  absl::Status RotateScope(sql::Connection& reader, const IdBytes& scope,
                           uint32_t source_version);
  absl::Status RewrapAll(const IdBytes& scope);
  // Destroys the keys that nothing is wrapped under any more.
  absl::Status DestroyOld(sql::Connection& reader);

  void Note(const Rewrapped& done);
  void NoteUnreadable(const IdBytes& scope, int64_t keys);

  sql::Database& database_;
  GroupWriter& writer_;
  KeyCache& keys_;

  mutable absl::Mutex mutex_;
  KeyStatus status_ ABSL_GUARDED_BY(mutex_);
  bool wanted_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Mutex join_mutex_;
  std::thread thread_;
};

}  // namespace stegvis::storage
