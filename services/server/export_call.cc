#include "services/server/export_call.h"

#include <utility>

#include "absl/time/time.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::server {
namespace {

constexpr absl::Duration kPatienceWithTheCaller = absl::Minutes(1);

}  // namespace

ExportCall::ExportCall(const CallSurroundings& around,
                       const access::Method& method,
                       const grpc::CallbackServerContext& context,
                       const v1::ExportForbundRequest& request,
                       Call::RequestCheck check, Body body)
    : call_(around, method, context),
      context_(context),
      request_(request),
      check_(std::move(check)),
      body_(std::move(body)) {}

void ExportCall::Start() {
  call_.Around().workers.Run([this] {
    call_.Conclude(Run(), [this](const grpc::Status& told) { Finish(told); });
  });
}

absl::Status ExportCall::Run() {
  storage::Store& store = call_.Around().store;
  RETURN_IF_ERROR(
      store.Read(storage::AsOf::Now(), [this](storage::ReadTransaction& tx) {
        return call_.Admit(tx, request_, check_);
      }));
  RETURN_IF_ERROR(store.WriteAndWait([this](storage::WriteTransaction& tx) {
    return tx.AppendAudit(call_.Done(call_.Resource(), request_));
  }));
  const absl::Status sent =
      store.Read(storage::AsOf::Now(), [this](storage::ReadTransaction& tx) {
        return body_(call_.GetCaller(), tx,
                     [this](v1::ExportForbundResponse answer) {
                       return Send(std::move(answer));
                     });
      });
  const absl::Status last = WaitForTheLast();
  return sent.ok() ? last : sent;
}

absl::Status ExportCall::Send(v1::ExportForbundResponse answer) {
  RETURN_IF_ERROR(WaitForTheLast());
  RETURN_IF_ERROR(call_.StillWanted());
  outgoing_ = std::move(answer);
  {
    absl::MutexLock lock(&mutex_);
    sending_ = true;
  }
  StartWrite(&outgoing_);
  return absl::OkStatus();
}

absl::Status ExportCall::WaitForTheLast() {
  absl::MutexLock lock(&mutex_);
  const absl::Condition may_send(this, &ExportCall::MaySend);
  if (!mutex_.AwaitWithTimeout(may_send, kPatienceWithTheCaller)) {
    context_.TryCancel();
    mutex_.Await(may_send);
  }
  return broken_ ? errors::Cancelled() : absl::OkStatus();
}

void ExportCall::OnWriteDone(bool ok) {
  absl::MutexLock lock(&mutex_);
  sending_ = false;
  broken_ = broken_ || !ok;
}

}  // namespace stegvis::server
