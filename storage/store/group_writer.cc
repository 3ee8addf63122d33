#include "storage/store/group_writer.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "absl/synchronization/notification.h"
#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/sql/query.h"
#include "storage/store/audit_rows.h"
#include "storage/store/statements.h"

namespace stegvis::storage {
namespace {

// More would let the first of them wait long.
constexpr ptrdiff_t kMaxBatch = 512;
// Until an erasure is tried again whose traces somebody's reading still holds.
constexpr absl::Duration kTryAgain = absl::Milliseconds(50);

}  // namespace

GroupWriter::GroupWriter(sql::Database& database,
                         std::unique_ptr<sql::Connection> connection,
                         KeyCache& cache, std::unique_ptr<ErasureLog> erasures,
                         const Clock& clock, const Start& start,
                         OnCommit on_commit)
    : database_(database),
      connection_(std::move(connection)),
      clock_(clock),
      on_commit_(std::move(on_commit)),
      keys_(*connection_, cache),
      erasures_(std::move(erasures)),
      last_recorded_at_(start.recorded_at),
      telling_(std::make_unique<WorkerPool>(1)),
      thread_() {
  counters_.position = start.tail.value;
  thread_ = std::thread([this] { Work(); });
}

GroupWriter::~GroupWriter() { Stop(); }

void GroupWriter::Write(Body body, Store::Completion done) {
  {
    absl::MutexLock lock(&mutex_);
    if (!stopping_) {
      queue_.push_back(
          {std::move(body), std::move(done), absl::OkStatus(), false});
      return;
    }
  }
  done(errors::ShuttingDown());
}

absl::Status GroupWriter::WriteAndWait(Body body) {
  absl::Status result;
  absl::Notification done;
  Write(std::move(body), [&](const absl::Status& status) {
    result = status;
    done.Notify();
  });
  done.WaitForNotification();
  return result;
}

void GroupWriter::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  absl::MutexLock lock(&join_mutex_);
  if (thread_.joinable()) thread_.join();
  telling_.reset();
}

void GroupWriter::Work() {
  while (!IsOver()) {
    Batch batch = TakeBatch();
    if (batch.empty()) {
      TellErased();
      continue;
    }
    if (!Commit(batch.begin(), batch.end())) {
      // Some may still fit where all together did not.
      for (auto write = batch.begin(); write != batch.end(); ++write) {
        Commit(write, std::next(write));
      }
    }
    on_commit_(Committed{FeedPosition{counters_.position},
                         std::exchange(grants_changed_, false),
                         std::exchange(rotation_begun_, false)});
    Tell(std::move(batch));
    database_.AfterCommit(*connection_);
  }
  for (Pending& write : untold_) write.done(errors::ShuttingDown());
}

bool GroupWriter::IsOver() {
  absl::MutexLock lock(&mutex_);
  return stopping_ && queue_.empty();
}

void GroupWriter::Tell(Batch batch) {
  const auto erased = std::stable_partition(
      batch.begin(), batch.end(),
      [](const Pending& write) { return !write.erased || !write.result.ok(); });
  std::move(erased, batch.end(), std::back_inserter(untold_));
  batch.erase(erased, batch.end());
  telling_->Run([told = std::move(batch)] {
    for (const Pending& write : told) write.done(write.result);
  });
  TellErased();
}

void GroupWriter::TellErased() {
  if (untold_.empty() || !database_.RemoveTraces(*connection_).ok()) return;
  telling_->Run([told = std::exchange(untold_, Batch())] {
    for (const Pending& write : told) write.done(write.result);
  });
}

bool GroupWriter::HasWork() const { return stopping_ || !queue_.empty(); }

GroupWriter::Batch GroupWriter::TakeBatch() {
  absl::MutexLock lock(&mutex_);
  const absl::Condition has_work(this, &GroupWriter::HasWork);
  if (untold_.empty()) {
    mutex_.Await(has_work);
  } else {
    mutex_.AwaitWithTimeout(has_work, kTryAgain);
  }
  const auto end = queue_.begin() +
                   std::min(kMaxBatch, static_cast<ptrdiff_t>(queue_.size()));
  Batch batch(std::make_move_iterator(queue_.begin()),
              std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return batch;
}

bool GroupWriter::Commit(Batch::iterator first, Batch::iterator last) {
  Outcome outcome = Try(first, last, Undoing::kWithAll);
  if (outcome == Outcome::kSpoilt) outcome = Try(first, last, Undoing::kAlone);
  return outcome == Outcome::kDone;
}

GroupWriter::Outcome GroupWriter::Try(Batch::iterator first,
                                      Batch::iterator last, Undoing undoing) {
  const FeedPosition before{counters_.position};
  to_list_.clear();
  auto [status, written, spoilt] = RunBodies(first, last, undoing);
  if (status.ok() && written && !spoilt) {
    status = CommitTransaction();
    if (status.ok()) {
      keys_.Publish();
      return Outcome::kDone;
    }
  }
  connection_->Rollback();
  Undo(before);
  counters_.logs.clear();
  counters_.unsaved_logs.clear();
  if (status.ok()) return spoilt ? Outcome::kSpoilt : Outcome::kDone;
  for (auto write = first; write != last; ++write) write->result = status;
  return Outcome::kLost;
}

GroupWriter::Ran GroupWriter::RunBodies(Batch::iterator first,
                                        Batch::iterator last, Undoing undoing) {
  Ran ran{connection_->BeginWrite()};
  const bool is_shared = std::distance(first, last) > 1;
  for (auto write = first; ran.status.ok() && write != last; ++write) {
    const bool wrote = RunBody(*write, undoing);
    if (!connection_->InTransaction()) {
      // A body may have kept to itself that its read ended the transaction.
      ran.status = write->result.ok() ? errors::DatabaseAway() : write->result;
    } else if (write->result.ok()) {
      ran.written = ran.written || wrote;
    } else if (wrote && is_shared && undoing == Undoing::kWithAll) {
      ran.spoilt = true;
      break;
    }
  }
  return ran;
}

bool GroupWriter::RunBody(Pending& write, Undoing undoing) {
  const FeedPosition before{counters_.position};
  const absl::Time recorded_at = NextRecordedAt();
  SqlWriteTransaction transaction(
      Session{*connection_, keys_, std::numeric_limits<int64_t>::max(),
              absl::ToUnixMicros(recorded_at)},
      undoing, recorded_at, counters_, memory_, *erasures_, ids_);
  write.result = transaction.Finish(write.body(transaction));
  if (transaction.HasChangedGrants()) grants_changed_ = true;
  if (transaction.HasBegunRotation()) rotation_begun_ = true;
  write.erased = transaction.HasErased() && write.result.ok();
  if (!write.result.ok()) {
    Undo(before);
    return transaction.HasWritten();
  }
  to_list_.insert(to_list_.end(), transaction.Erased().begin(),
                  transaction.Erased().end());
  for (auto& [scope, log] : transaction.AppendedLogs()) {
    counters_.unsaved_logs.insert(scope);
    counters_.logs.insert_or_assign(scope, std::move(log));
  }
  return transaction.HasWritten();
}

absl::Status GroupWriter::CommitTransaction() {
  RETURN_IF_ERROR(sql::Query(*connection_, statements::kWriteProgress)
                      .Integer(1, last_recorded_at_)
                      .Run());
  Session session{*connection_, keys_, std::numeric_limits<int64_t>::max(),
                  last_recorded_at_};
  RETURN_IF_ERROR(SaveLogs(session, counters_));
  RETURN_IF_ERROR(CommitBoth());
  counters_.unsaved_logs.clear();
  return absl::OkStatus();
}

absl::Status GroupWriter::CommitBoth() {
  RETURN_IF_ERROR(erasures_->Append(to_list_));
  absl::Status committed = connection_->Commit();
  if (!committed.ok()) RETURN_IF_ERROR(erasures_->TakeBack());
  return committed;
}

void GroupWriter::Undo(FeedPosition back_to) {
  counters_.position = back_to.value;
  memory_.Clear();
  keys_.Forget();
}

absl::Time GroupWriter::NextRecordedAt() {
  last_recorded_at_ =
      std::max(absl::ToUnixMicros(clock_.Now()), last_recorded_at_ + 1);
  return absl::FromUnixMicros(last_recorded_at_);
}

}  // namespace stegvis::storage
