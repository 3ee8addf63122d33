// The store over an SQL database.
#pragma once

#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "storage/sql/database.h"
#include "storage/store/group_writer.h"
#include "storage/store/key_rotator.h"
#include "storage/store/scope_keys.h"
#include "storage/store/store.h"

namespace stegvis::storage {

// Thread-safe.
class SqlStore final : public Store {
 public:
  // What an opened database has.
  struct Parts {
    std::unique_ptr<sql::Database> database;
    std::unique_ptr<sql::Connection> writer;
    std::unique_ptr<KeyCache> keys;
    std::unique_ptr<ErasureLog> erasures;
    domain::CodeBook codes;
    int schema_version;
    GroupWriter::Start start;
    KeyStatus key_status;
  };

  SqlStore(Parts parts, const Clock& clock);
  ~SqlStore() override;

  void Write(WriteBody body, Completion done) override;
  absl::Status Read(AsOf as_of, const ReadBody& body) override;
  FeedPosition Tail() const override;
  FeedPosition WaitForTailBeyond(FeedPosition after,
                                 absl::Time deadline) override;
  absl::StatusOr<std::unique_ptr<Moment>> HoldMoment() override;
  KeyStatus Keys() const override { return rotator_.Status(); }
  const domain::CodeBook& Codes() const override { return codes_; }
  int SchemaVersion() const override { return schema_version_; }
  void Stop() override;

 private:
  absl::StatusOr<std::unique_ptr<sql::Connection>> TakeReader();
  void ReturnReader(std::unique_ptr<sql::Connection> reader);
  void NoteCommit(const GroupWriter::Committed& committed);

  const std::unique_ptr<sql::Database> database_;
  const std::unique_ptr<KeyCache> keys_;
  GrantCache grants_;
  const domain::CodeBook codes_;
  const int schema_version_;
  const Clock& clock_;

  mutable absl::Mutex mutex_;
  FeedPosition tail_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  // Connections that nobody reads with.
  std::vector<std::unique_ptr<sql::Connection>> readers_
      ABSL_GUARDED_BY(mutex_);

  // Last, so that their threads end first.
  GroupWriter writer_;
  KeyRotator rotator_;
};

}  // namespace stegvis::storage
