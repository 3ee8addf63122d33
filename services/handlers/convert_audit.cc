#include "services/handlers/convert_audit.h"

#include "services/handlers/convert.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using Kind = audit::Problem::Kind;

v1::AuditProblem::Kind ToProto(Kind kind) {
  switch (kind) {
    case Kind::kMissing:
      return v1::AuditProblem::KIND_MISSING;
    case Kind::kChanged:
      return v1::AuditProblem::KIND_CHANGED;
    case Kind::kUnreadable:
      return v1::AuditProblem::KIND_UNREADABLE;
    case Kind::kHeadNotSigned:
      return v1::AuditProblem::KIND_HEAD_NOT_SIGNED;
    case Kind::kHeadDiffers:
      return v1::AuditProblem::KIND_HEAD_DIFFERS;
  }
  return v1::AuditProblem::KIND_UNSPECIFIED;
}

}  // namespace

storage::AuditHead ReadAuditHead(const v1::AuditHead& message,
                                 std::optional<ForbundId> forbund) {
  storage::AuditHead head;
  head.forbund = forbund;
  head.tree.size = static_cast<uint64_t>(message.size());
  head.tree.root = audit::HashFrom(message.root()).value_or(audit::Hash{});
  head.signed_at = TimeOf(message.sign_time());
  head.signature = message.signature();
  return head;
}

v1::AuditEntry ToProto(const storage::RecordedAuditEntry& recorded,
                       const std::string& scope) {
  v1::AuditEntry message;
  message.set_scope(scope);
  message.set_sequence(recorded.sequence);
  *message.mutable_record_time() = TimestampOf(recorded.recorded_at);
  message.set_unreadable(!recorded.entry.ok());
  if (!recorded.entry.ok()) return message;
  message.set_user(recorded.entry->user);
  message.set_method(recorded.entry->method);
  message.set_resource(recorded.entry->resource);
  message.set_reason(recorded.entry->reason);
  message.set_refused(recorded.entry->refused);
  return message;
}

v1::AuditHead ToProto(const storage::AuditHead& head,
                      const std::string& public_key) {
  v1::AuditHead message;
  message.set_scope(
      validation::ScopeName(domain::Scope{head.forbund, std::nullopt}));
  message.set_size(static_cast<int64_t>(head.tree.size));
  const absl::string_view root = audit::View(head.tree.root);
  message.set_root(root.data(), root.size());
  *message.mutable_sign_time() = TimestampOf(head.signed_at);
  message.set_signature(head.signature);
  message.set_public_key(public_key);
  return message;
}

v1::AuditProblem ToProto(const audit::Problem& problem) {
  v1::AuditProblem message;
  message.set_kind(ToProto(problem.kind));
  message.set_first_sequence(static_cast<int64_t>(problem.first));
  message.set_last_sequence(static_cast<int64_t>(problem.last));
  return message;
}

}  // namespace stegvis::handlers
