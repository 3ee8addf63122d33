// The reactor of an export: a stream of answers from one snapshot, on a worker.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <functional>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "services/server/call.h"
#include "stegvis/v1/forbund.pb.h"

namespace stegvis::server {

// Audited, durably, before the first answer leaves.
class ExportCall final
    : public grpc::ServerWriteReactor<v1::ExportForbundResponse> {
 public:
  using Emit = std::function<absl::Status(v1::ExportForbundResponse)>;
  using Body = std::function<absl::Status(
      const access::Caller&, storage::ReadTransaction&, const Emit&)>;

  ExportCall(const CallSurroundings& around, const access::Method& method,
             const grpc::CallbackServerContext& context,
             const v1::ExportForbundRequest& request, Call::RequestCheck check,
             Body body);

  void Start();

 private:
  void OnDone() override { delete this; }
  void OnWriteDone(bool ok) override;

  absl::Status Run();
  // Sends one answer once the one before is on its way: so a slow caller holds
  // back the reading, and one that takes nothing for a minute is cut off, for
  // it keeps a worker and a snapshot.
  absl::Status Send(v1::ExportForbundResponse answer);
  absl::Status WaitForTheLast();
  bool MaySend() const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return !sending_;
  }

  Call call_;
  const grpc::CallbackServerContext& context_;
  const v1::ExportForbundRequest& request_;
  const Call::RequestCheck check_;
  const Body body_;
  v1::ExportForbundResponse outgoing_;  // Belongs to gRPC while sending_.

  absl::Mutex mutex_;
  bool sending_ ABSL_GUARDED_BY(mutex_) = false;
  bool broken_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace stegvis::server
