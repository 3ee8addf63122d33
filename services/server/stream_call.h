// The reactor of a call that is answered with a stream, on a worker.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <functional>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/server/call.h"

namespace stegvis::server {

// How long a caller may take nothing: it keeps a worker, and perhaps a
// snapshot.
inline constexpr absl::Duration kPatienceWithTheCaller = absl::Minutes(1);

// Audited, durably, before the first answer leaves.
template <typename Request, typename Response>
class StreamCall final : public grpc::ServerWriteReactor<Response> {
 public:
  using Emit = std::function<absl::Status(Response)>;
  using Body = std::function<absl::Status(const access::Caller&, const Emit&)>;

  StreamCall(const CallSurroundings& around, const access::Method& method,
             const grpc::CallbackServerContext& context, const Request& request,
             Call::RequestCheck check, Body body)
      : call_(around, method, context),
        context_(context),
        request_(request),
        check_(std::move(check)),
        body_(std::move(body)) {}

  void Start() {
    call_.Around().workers.Run([this] {
      call_.Conclude(Run(),
                     [this](const grpc::Status& told) { this->Finish(told); });
    });
  }

 private:
  void OnDone() override { delete this; }
  void OnWriteDone(bool ok) override {
    absl::MutexLock lock(&mutex_);
    sending_ = false;
    broken_ = broken_ || !ok;
  }

  absl::Status Run() {
    storage::Store& store = call_.Around().store;
    RETURN_IF_ERROR(
        store.Read(storage::AsOf::Now(), [this](storage::ReadTransaction& tx) {
          return call_.Admit(tx, request_, check_);
        }));
    RETURN_IF_ERROR(store.WriteAndWait([this](storage::WriteTransaction& tx) {
      return tx.AppendAudit(call_.Done(call_.Resource(), request_));
    }));
    const absl::Status sent = body_(call_.GetCaller(), [this](Response answer) {
      return Send(std::move(answer));
    });
    const absl::Status last = WaitForTheLast();
    return sent.ok() ? last : sent;
  }

  // Sends one answer once the one before is on its way: so a slow caller holds
  // back the work, and one that takes nothing is cut off.
  absl::Status Send(Response answer) {
    RETURN_IF_ERROR(WaitForTheLast());
    RETURN_IF_ERROR(call_.StillWanted());
    outgoing_ = std::move(answer);
    {
      absl::MutexLock lock(&mutex_);
      sending_ = true;
    }
    this->StartWrite(&outgoing_);
    return absl::OkStatus();
  }

  absl::Status WaitForTheLast() {
    absl::MutexLock lock(&mutex_);
    const absl::Condition may_send(this, &StreamCall::MaySend);
    if (!mutex_.AwaitWithTimeout(may_send, kPatienceWithTheCaller)) {
      context_.TryCancel();
      mutex_.Await(may_send);
    }
    return broken_ ? errors::Cancelled() : absl::OkStatus();
  }

  bool MaySend() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !sending_;
  }

  Call call_;
  const grpc::CallbackServerContext& context_;
  const Request& request_;
  const Call::RequestCheck check_;
  const Body body_;
  Response outgoing_;  // Belongs to gRPC while sending_.

  absl::Mutex mutex_;
  bool sending_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace stegvis::server
