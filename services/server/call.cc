#include "services/server/call.h"

#include <algorithm>
#include <utility>

#include "services/access/authenticator.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/server/grpc_status.h"
#include "services/validation/resource_name.h"

namespace stegvis::server {
namespace {

// Whether the status says that the caller asked for what is not to be had,
// rather than that the server failed or the caller left.
bool IsRefusal(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAborted:
      return true;
    default:
      return false;
  }
}

}  // namespace

Call::Call(const CallSurroundings& around, const access::Method& method,
           const grpc::CallbackServerContext& context)
    : around_(around),
      method_(method),
      context_(context),
      started_(around.clock.Now()),
      deadline_(std::min(absl::FromChrono(context.deadline()),
                         started_ + access::Longest(method.patience))) {}

absl::Status Call::Identify(storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(std::string user,
                   access::Identify(*context_.auth_context()));
  ASSIGN_OR_RETURN(caller_.grants, tx.GrantsOf(user));
  caller_.user = std::move(user);
  return absl::OkStatus();
}

absl::Status Call::Admit(storage::ReadTransaction& tx,
                         const google::protobuf::Message& request,
                         const RequestCheck& check) {
  RETURN_IF_ERROR(StillWanted());
  RETURN_IF_ERROR(Identify(tx));
  absl::StatusOr<access::Target> target = access::TargetOf(method_, request);
  if (target.ok()) target_ = *target;
  RETURN_IF_ERROR(access::Permit(caller_, method_, target_.scopes));
  RETURN_IF_ERROR(target.status());
  return check();
}

absl::Status Call::StillWanted() const {
  if (context_.IsCancelled()) return errors::Cancelled();
  if (around_.clock.Now() >= deadline_) return errors::DeadlineExceeded();
  return absl::OkStatus();
}

void Call::Conclude(const absl::Status& status, Finish finish) {
  if (!IsToBeAudited(status)) return LogAndFinish(status, finish);
  around_.store.Write(
      [this, reason = ReasonOf(status)](storage::WriteTransaction& tx) {
        return AppendRefusal(tx, reason);
      },
      [this, status, finish = std::move(finish)](const absl::Status& audited) {
        if (!audited.ok()) {
          around_.log.Write("audit_failed", {LogField::Reason(audited)});
        }
        LogAndFinish(status, finish);
      });
}

bool Call::IsToBeAudited(const absl::Status& status) const {
  return IsRefusal(status) && !caller_.user.empty();
}

absl::Status Call::AppendRefusal(storage::WriteTransaction& tx,
                                 const std::string& reason) const {
  storage::AuditEntry entry;
  // A förbund that is not there has no log.
  if (const std::optional<ForbundId> forbund = Forbund();
      forbund.has_value() && tx.GetForbund(*forbund).ok()) {
    entry.forbund = forbund;
  }
  entry.user = caller_.user;
  entry.method = method_.name.Text();
  entry.resource = Resource();
  entry.reason = reason;
  entry.refused = true;
  return tx.AppendAudit(entry);
}

void Call::LogAndFinish(const absl::Status& status,
                        const Finish& finish) const {
  if (around_.log_requests || !status.ok()) LogLine(status);
  finish(ToGrpcStatus(status));
}

void Call::LogLine(const absl::Status& status) const {
  around_.log.Write("request",
                    {LogField("method", method_.name), LogField::Code(status),
                     LogField::Reason(status),
                     LogField::Milliseconds(around_.clock.Now() - started_)});
}

storage::AuditEntry Call::Done(const std::string& resource,
                               const google::protobuf::Message& request) const {
  storage::AuditEntry entry;
  entry.forbund = Forbund();
  if (!entry.forbund.has_value()) {
    const absl::StatusOr<domain::Scope> made = validation::ScopeOf(resource);
    if (made.ok()) entry.forbund = made->forbund;
  }
  entry.user = caller_.user;
  entry.method = method_.name.Text();
  entry.resource = resource;
  if (!method_.reason_field.empty()) {
    entry.reason = access::TextAt(request, method_.reason_field);
  }
  return entry;
}

std::optional<ForbundId> Call::Forbund() const {
  if (target_.scopes.size() != 1) return std::nullopt;
  return target_.scopes.front().forbund;
}

std::string Call::Resource() const {
  return target_.names.size() == 1 ? target_.names.front() : std::string();
}

}  // namespace stegvis::server
