#include "services/handlers/admin_handler.h"

#include <vector>

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

}  // namespace stegvis::handlers
