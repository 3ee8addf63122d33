#include "services/handlers/admin_handler.h"

#include <vector>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"

namespace stegvis::handlers {

absl::Status AdminHandler::GetStatus(const access::Caller& /*caller*/,
                                     const v1::GetStatusRequest& /*request*/,
                                     storage::ReadTransaction& tx,
                                     v1::GetStatusResponse& response) const {
  ASSIGN_OR_RETURN(const std::vector<storage::Versioned<domain::Forbund>> all,
                   tx.ListForbund());
  ASSIGN_OR_RETURN(const int64_t audit_entries, tx.CountAuditEntries());
  const outcome::FactStatistics facts = facts_.Statistics();
  response.set_version(version_);
  *response.mutable_start_time() = TimestampOf(started_);
  response.set_schema_version(store_.SchemaVersion());
  response.set_code_list_version(store_.Codes().Version());
  response.set_feed_position(store_.Tail().value);
  response.set_fact_position(facts.position.value);
  response.set_forbund(static_cast<int64_t>(all.size()));
  response.set_facts(facts.facts);
  response.set_fact_bytes(facts.bytes);
  response.set_unreadable(facts.unreadable);
  response.set_audit_entries(audit_entries);
  return absl::OkStatus();
}

absl::Status AdminHandler::GetKeyStatus(
    const access::Caller& /*caller*/,
    const v1::GetKeyStatusRequest& /*request*/,
    storage::ReadTransaction& /*tx*/,
    v1::GetKeyStatusResponse& response) const {
  const storage::KeyStatus status = store_.Keys();
  response.set_source_version(status.source_version);
  if (status.made_at.has_value()) {
    *response.mutable_make_time() = TimestampOf(*status.made_at);
  }
  if (!status.rotation.has_value()) return absl::OkStatus();
  v1::KeyRotation& rotation = *response.mutable_rotation();
  *rotation.mutable_begin_time() = TimestampOf(status.rotation->begun_at);
  rotation.set_keys(status.rotation->keys);
  rotation.set_rotated(status.rotation->rotated);
  rotation.set_unreadable(status.rotation->unreadable);
  rotation.set_first_unreadable(status.rotation->first_unreadable);
  rotation.set_hindrance(ReasonOf(status.rotation->hindrance));
  return absl::OkStatus();
}

absl::StatusOr<ResultRef> AdminHandler::RotateKeys(
    const access::Caller& /*caller*/, const v1::RotateKeysRequest& /*request*/,
    storage::WriteTransaction& tx) const {
  RETURN_IF_ERROR(tx.BeginKeyRotation());
  return ResultRef{"", 0};
}

absl::Status AdminHandler::Answer(const access::Caller& /*caller*/,
                                  const ResultRef& /*result*/,
                                  storage::ReadTransaction& /*tx*/,
                                  v1::RotateKeysResponse& response) const {
  response.Clear();
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
