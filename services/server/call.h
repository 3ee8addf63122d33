// One request on its way, whatever its kind: identify → permit → validate
// before the handler; the audit of a refusal and the log line after it.
#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>

#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/access/caller.h"
#include "services/access/methods.h"
#include "services/access/policy.h"
#include "services/base/clock.h"
#include "services/base/log.h"
#include "services/base/worker_pool.h"
#include "storage/store/store.h"

namespace stegvis::server {

// What every call needs. All outlive the calls.
struct CallSurroundings {
  storage::Store& store;
  const Clock& clock;
  Log& log;
  // For reports, exports and dry runs: gRPC's own few threads stay free for the
  // quick calls.
  WorkerPool& workers;
  bool log_requests = true;  // Else only what failed.
};

// Used by one thread at a time, in the order of its functions.
class Call {
 public:
  using RequestCheck = std::function<absl::Status()>;
  using Finish = std::function<void(const grpc::Status&)>;

  // `around`, `method` and `context` must outlive it.
  Call(const CallSurroundings& around, const access::Method& method,
       const grpc::CallbackServerContext& context);

  // Who calls, with the grants of now. UNAUTHENTICATED.
  absl::Status Identify(storage::ReadTransaction& tx);

  // Identifies; then permission, before validation, before existence.
  absl::Status Admit(storage::ReadTransaction& tx,
                     const google::protobuf::Message& request,
                     const RequestCheck& check);

  // CANCELLED when the caller went away, DEADLINE_EXCEEDED when no answer can
  // reach it in time: then the work need not be begun.
  absl::Status StillWanted() const;

  // Ends the call: first the audit entry of a refusal is durable, then the log
  // has its line, then `finish` is told what the client gets. Last: `finish`
  // may delete this.
  void Conclude(const absl::Status& status, Finish finish);

  // An entry that says what was done to `resource`.
  storage::AuditEntry Done(const std::string& resource,
                           const google::protobuf::Message& request) const;

  const CallSurroundings& Around() const { return around_; }
  const access::Method& GetMethod() const { return method_; }
  const access::Caller& GetCaller() const { return caller_; }
  // The förbund that the request names, if it names one.
  std::optional<ForbundId> Forbund() const;
  // The name that the request is about; empty unless it is exactly one.
  std::string Resource() const;

 private:
  bool IsToBeAudited(const absl::Status& status) const;
  absl::Status AppendRefusal(storage::WriteTransaction& tx,
                             const std::string& reason) const;
  void LogAndFinish(const absl::Status& status, const Finish& finish) const;
  void LogLine(const absl::Status& status) const;

  const CallSurroundings& around_;
  const access::Method& method_;
  const grpc::CallbackServerContext& context_;
  const absl::Time started_;
  const absl::Time deadline_;
  access::Caller caller_;  // Without user until identified.
  access::Target target_;
};

}  // namespace stegvis::server
