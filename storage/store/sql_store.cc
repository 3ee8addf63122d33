#include "storage/store/sql_store.h"

#include <cstdint>
#include <limits>
#include <utility>

#include "services/base/status_macros.h"
#include "storage/store/sql_moment.h"
#include "storage/store/sql_transaction.h"

namespace stegvis::storage {

SqlStore::SqlStore(Parts parts, const Clock& clock)
    : database_(std::move(parts.database)),
      keys_(std::move(parts.keys)),
      codes_(std::move(parts.codes)),
      schema_version_(parts.schema_version),
      clock_(clock),
      tail_(parts.start.tail),
      writer_(*database_, std::move(parts.writer), *keys_,
              std::move(parts.erasures), clock, parts.start,
              [this](const GroupWriter::Committed& committed) {
                NoteCommit(committed);
              }),
      rotator_(*database_, writer_, *keys_, parts.key_status) {}

SqlStore::~SqlStore() { Stop(); }

void SqlStore::Write(WriteBody body, Completion done) {
  writer_.Write(std::move(body), std::move(done));
}

absl::Status SqlStore::Read(AsOf as_of, const ReadBody& body) {
  ASSIGN_OR_RETURN(std::unique_ptr<sql::Connection> reader, TakeReader());
  RETURN_IF_ERROR(reader->BeginRead());
  ScopeKeys keys(*reader, *keys_);
  const int64_t known_until = as_of.Get().has_value()
                                  ? absl::ToUnixMicros(*as_of.Get())
                                  : std::numeric_limits<int64_t>::max();
  SqlReadTransaction transaction(
      Session{*reader, keys, known_until, absl::ToUnixMicros(clock_.Now())},
      grants_);
  absl::Status status = body(transaction);
  keys.Publish();
  reader->Rollback();
  ReturnReader(std::move(reader));
  return status;
}

FeedPosition SqlStore::Tail() const {
  absl::MutexLock lock(&mutex_);
  return tail_;
}

FeedPosition SqlStore::WaitForTailBeyond(FeedPosition after,
                                         absl::Time deadline) {
  absl::MutexLock lock(&mutex_);
  const auto ready = [this, after]() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return stopped_ || tail_ > after;
  };
  mutex_.AwaitWithDeadline(absl::Condition(&ready), deadline);
  return tail_;
}

absl::StatusOr<std::unique_ptr<Moment>> SqlStore::HoldMoment() {
  ASSIGN_OR_RETURN(std::unique_ptr<sql::Connection> reader,
                   database_->ConnectReader());
  return SqlMoment::Hold(*database_, std::move(reader));
}

void SqlStore::Stop() {
  rotator_.Stop();
  writer_.Stop();
  absl::MutexLock lock(&mutex_);
  stopped_ = true;
}

absl::StatusOr<std::unique_ptr<sql::Connection>> SqlStore::TakeReader() {
  {
    absl::MutexLock lock(&mutex_);
    if (!readers_.empty()) {
      std::unique_ptr<sql::Connection> reader = std::move(readers_.back());
      readers_.pop_back();
      return reader;
    }
  }
  return database_->ConnectReader();
}

void SqlStore::ReturnReader(std::unique_ptr<sql::Connection> reader) {
  absl::MutexLock lock(&mutex_);
  readers_.push_back(std::move(reader));
}

void SqlStore::NoteCommit(const GroupWriter::Committed& committed) {
  if (committed.grants_changed) grants_.Clear();
  if (committed.rotation_begun) rotator_.Wake(clock_.Now());
  absl::MutexLock lock(&mutex_);
  tail_ = committed.tail;
}

}  // namespace stegvis::storage
