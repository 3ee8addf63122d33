// The store: everything that lasts, sealed, with every version kept.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/domain/code_list.h"
#include "storage/store/key_status.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// What is to be known in a read: everything, or what was known at a moment.
class AsOf {
 public:
  static AsOf Now() { return AsOf(std::nullopt); }
  static AsOf Moment(absl::Time moment) { return AsOf(moment); }

  const std::optional<absl::Time>& Get() const { return moment_; }

 private:
  explicit AsOf(std::optional<absl::Time> moment) : moment_(moment) {}

  std::optional<absl::Time> moment_;
};

// Everything that is stored, at one moment, while others go on writing. Holds
// back nobody but erasures: these are told done once it is gone. One thread.
class Moment {
 public:
  virtual ~Moment() = default;

  // The last change in it.
  virtual FeedPosition Tail() const = 0;
  // Writes it to a new database file at `path`, on disk when this returns.
  // RESOURCE_EXHAUSTED with FILE_UNWRITABLE or DISK_FULL; UNAVAILABLE
  // (DATABASE_AWAY).
  virtual absl::Status CopyTo(const std::string& path) = 0;
};

// Thread-safe.
class Store {
 public:
  using ReadBody = std::function<absl::Status(ReadTransaction&)>;
  using WriteBody = std::function<absl::Status(WriteTransaction&)>;
  using Completion = std::function<void(const absl::Status&)>;

  virtual ~Store() = default;

  // Runs `body` in a serializable transaction, on a thread of the store's, and
  // tells `done` the result once it is durable (or refused: then nothing of the
  // body is left). Bodies that wait are committed together; one that fails
  // touches no other. A body may run again, when another that had written fails
  // or after a conflict or a full disk, so it must have no effect outside the
  // transaction. `done` runs on a thread of the store's and must not wait.
  // After Stop(): UNAVAILABLE (SHUTTING_DOWN).
  virtual void Write(WriteBody body, Completion done) = 0;

  // The same, and waits. Never from inside a body or a completion.
  absl::Status WriteAndWait(WriteBody body);

  // Runs `body` on this thread over a snapshot that holds every write that was
  // told done before the call.
  virtual absl::Status Read(AsOf as_of, const ReadBody& body) = 0;

  // The last committed change.
  virtual FeedPosition Tail() const = 0;
  // Waits until the tail is beyond `after`, at most until `deadline`; returns
  // the tail. Returns at once after Stop().
  virtual FeedPosition WaitForTailBeyond(FeedPosition after,
                                         absl::Time deadline) = 0;

  // What is committed when this is called. UNAVAILABLE (DATABASE_AWAY).
  virtual absl::StatusOr<std::unique_ptr<Moment>> HoldMoment() = 0;

  virtual KeyStatus Keys() const = 0;

  // The code lists in force; the same for the life of the store.
  virtual const domain::CodeBook& Codes() const = 0;
  virtual int SchemaVersion() const = 0;

  // Completes what is queued and refuses what comes. Idempotent.
  virtual void Stop() = 0;
};

}  // namespace stegvis::storage
