// The reactor of an import: a stream of messages with rows, each message one
// transaction, each answered for once it is durable.
//
// Messages are read ahead while earlier ones are being committed, so that the
// store's writer never waits for the network; a caller that sends faster than
// that is held back by the stream's flow control.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <deque>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "services/access/policy.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/server/call.h"
#include "stegvis/v1/import.pb.h"

namespace stegvis::server {

// Thread-safe: gRPC's threads and the store's meet here.
template <typename Import, typename Request>
class ImportCall final
    : public grpc::ServerBidiReactor<Request, v1::ImportProgress> {
 public:
  ImportCall(const CallSurroundings& around, const access::Method& method,
             const grpc::CallbackServerContext& context)
      : call_(around, method, context),
        import_(around.store.Codes(), around.clock) {}

  void Start() {
    const absl::Status identified = call_.Around().store.Read(
        storage::AsOf::Now(),
        [this](storage::ReadTransaction& tx) { return call_.Identify(tx); });
    mutex_.Lock();
    failure_ = identified;
    AdvanceAndUnlock();
  }

 private:
  using Rows = std::decay_t<decltype(std::declval<Request>().rows())>;

  // A message on its way; at its place in the stream until it is answered for.
  struct Batch {
    Rows rows;
    v1::ImportProgress progress;
    absl::Status status;
    bool done = false;
  };

  // What is to be done while the lock is released: gRPC and the store may call
  // back at once.
  struct Step {
    bool read = false;
    Batch* submit = nullptr;
    const v1::ImportProgress* answer = nullptr;
    bool finish = false;

    bool IsNothing() const {
      return !read && submit == nullptr && answer == nullptr;
    }
  };

  static constexpr size_t kMaxBatches = 4;

  void OnDone() override { delete this; }

  void OnReadDone(bool ok) override {
    mutex_.Lock();
    reading_ = false;
    if (!ok) {
      input_ended_ = true;
    } else if (!begun_) {
      begun_ = true;
      Fail(Begin());
    } else {
      Fail(Take());
    }
    AdvanceAndUnlock();
  }

  void OnWriteDone(bool ok) override {
    mutex_.Lock();
    answering_ = false;
    batches_.pop_front();
    if (!ok) Fail(errors::Cancelled());
    AdvanceAndUnlock();
  }

  void Told(Batch& batch, const absl::Status& status) {
    mutex_.Lock();
    batch.status = status;
    batch.done = true;
    AdvanceAndUnlock();
  }

  absl::Status Begin() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!incoming_.has_options()) {
      Faults faults;
      faults.Add("options", reasons::kMissing);
      return faults.ToStatus();
    }
    RETURN_IF_ERROR(access::PermitImport(call_.GetCaller(), call_.GetMethod(),
                                         incoming_.options().migrate()));
    dry_run_ = incoming_.options().validate_only();
    return import_.Begin(call_.GetCaller(), incoming_.options());
  }

  // Makes the message just read a batch.
  absl::Status Take() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (!incoming_.has_rows()) {
      Faults faults;
      faults.Add("rows", reasons::kMissing);
      return faults.ToStatus();
    }
    batches_.push_back(std::make_unique<Batch>());
    batches_.back()->rows.Swap(incoming_.mutable_rows());
    unsubmitted_ = batches_.back().get();
    return absl::OkStatus();
  }

  void Fail(const absl::Status& status) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (failure_.ok()) failure_ = status;
  }

  void Submit(Batch& batch) {
    if (dry_run_) {
      call_.Around().workers.Run([this, &batch] { Told(batch, Check(batch)); });
      return;
    }
    call_.Around().store.Write(
        [this, &batch](storage::WriteTransaction& tx) -> absl::Status {
          RETURN_IF_ERROR(call_.StillWanted());
          return import_.Apply(call_.GetCaller(), batch.rows, tx,
                               batch.progress);
        },
        [this, &batch](const absl::Status& status) { Told(batch, status); });
  }

  absl::Status Check(Batch& batch) {
    RETURN_IF_ERROR(call_.StillWanted());
    return call_.Around().store.Read(
        storage::AsOf::Now(), [this, &batch](storage::ReadTransaction& tx) {
          return import_.Check(call_.GetCaller(), batch.rows, tx,
                               batch.progress);
        });
  }

  // Does what there is to do. `acting_` keeps the call from ending, and this
  // from being deleted, while a thread is at it without the lock.
  void AdvanceAndUnlock() ABSL_UNLOCK_FUNCTION(mutex_) {
    Step step = Decide();
    while (!step.IsNothing()) {
      ++acting_;
      mutex_.Unlock();
      if (step.submit != nullptr) Submit(*step.submit);
      if (step.read) this->StartRead(&incoming_);
      if (step.answer != nullptr) this->StartWrite(step.answer);
      mutex_.Lock();
      --acting_;
      step = Decide();
    }
    const absl::Status end = failure_;
    mutex_.Unlock();
    if (!step.finish) return;
    call_.Conclude(end,
                   [this](const grpc::Status& told) { this->Finish(told); });
  }

  Step Decide() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    Step step;
    step.submit = std::exchange(unsubmitted_, nullptr);
    step.answer = NextAnswer();
    const bool ending = input_ended_ || !failure_.ok();
    // A dry run remembers its rows in order, so it has one message at a time.
    const size_t most = dry_run_ ? 1 : kMaxBatches;
    if (!ending && !reading_ && batches_.size() < most) {
      reading_ = true;
      step.read = true;
    }
    if (ending && batches_.empty() && acting_ == 0 && !finished_) {
      finished_ = true;
      step.finish = true;
    }
    return step;
  }

  // Answers come in the order of the stream. After a failure there are none,
  // but what is under way is waited for.
  const v1::ImportProgress* NextAnswer() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    while (!answering_ && !batches_.empty() && batches_.front()->done) {
      Fail(batches_.front()->status);
      if (failure_.ok()) {
        answering_ = true;
        return &batches_.front()->progress;
      }
      batches_.pop_front();
    }
    return nullptr;
  }

  Call call_;
  Import import_;
  Request incoming_;      // Belongs to gRPC while reading_.
  bool dry_run_ = false;  // Fixed before the first batch.

  absl::Mutex mutex_;
  std::deque<std::unique_ptr<Batch>> batches_ ABSL_GUARDED_BY(mutex_);
  Batch* unsubmitted_ ABSL_GUARDED_BY(mutex_) = nullptr;
  absl::Status failure_ ABSL_GUARDED_BY(mutex_);
  int acting_ ABSL_GUARDED_BY(mutex_) = 0;
  bool begun_ ABSL_GUARDED_BY(mutex_) = false;
  bool reading_ ABSL_GUARDED_BY(mutex_) = false;
  bool answering_ ABSL_GUARDED_BY(mutex_) = false;
  bool input_ended_ ABSL_GUARDED_BY(mutex_) = false;
  bool finished_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace stegvis::server
