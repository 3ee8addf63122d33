#include "services/handlers/audit_handler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/audit_scan.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_audit.h"
#include "services/validation/paging.h"
#include "services/validation/resource_name.h"
#include "storage/audit/log_check.h"

namespace stegvis::handlers {
namespace {

using storage::AuditHead;
using storage::RecordedAuditEntry;

constexpr size_t kMostProblems = 1000;

// The förbund whose log `scope` names; nothing for the installation's.
absl::StatusOr<std::optional<ForbundId>> LogOf(const std::string& scope) {
  ASSIGN_OR_RETURN(const domain::Scope parsed,
                   validation::ParseScopeName(scope));
  return parsed.forbund;
}

// What a list asks for.
class Wanted {
 public:
  explicit Wanted(const v1::ListAuditEntriesRequest& request)
      : request_(request) {}

  bool Accepts(const RecordedAuditEntry& recorded) const {
    if (request_.has_start_time() &&
        recorded.recorded_at < TimeOf(request_.start_time())) {
      return false;
    }
    if (request_.has_end_time() &&
        recorded.recorded_at >= TimeOf(request_.end_time())) {
      return false;
    }
    return Fits(request_.user(), recorded, &storage::AuditEntry::user) &&
           Fits(request_.participation(), recorded,
                &storage::AuditEntry::resource);
  }

 private:
  // An entry that does not open may be any, so it is never left out.
  static bool Fits(const std::string& wanted,
                   const RecordedAuditEntry& recorded,
                   std::string storage::AuditEntry::*member) {
    return wanted.empty() || !recorded.entry.ok() ||
           *recorded.entry.*member == wanted;
  }

  const v1::ListAuditEntriesRequest& request_;
};

absl::StatusOr<audit::EarlierHead> Checked(const AuditHead& head,
                                           storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const bool is_signed, tx.IsSigned(head));
  return audit::EarlierHead{head.tree, is_signed};
}

// Those that the server kept, and those that the caller did.
absl::StatusOr<std::vector<audit::EarlierHead>> HeadsOf(
    const v1::VerifyAuditLogRequest& request, std::optional<ForbundId> forbund,
    storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(std::vector<AuditHead> given, tx.ListAuditHeads(forbund));
  for (const v1::AuditHead& message : request.earlier_heads()) {
    if (message.scope() != request.scope()) {
      return AtField("earlier_heads", errors::NameInvalid());
    }
    given.push_back(ReadAuditHead(message, forbund));
  }
  std::vector<audit::EarlierHead> heads;
  for (const AuditHead& head : given) {
    ASSIGN_OR_RETURN(const audit::EarlierHead checked, Checked(head, tx));
    heads.push_back(checked);
  }
  return heads;
}

}  // namespace

absl::Status AuditHandler::ListAuditEntries(
    const access::Caller& /*caller*/,
    const v1::ListAuditEntriesRequest& request, storage::ReadTransaction& tx,
    v1::ListAuditEntriesResponse& response) const {
  ASSIGN_OR_RETURN(const std::optional<ForbundId> forbund,
                   LogOf(request.parent()));
  RETURN_IF_ERROR(tx.SigningPublicKey(forbund).status());
  ASSIGN_OR_RETURN(const validation::Page page, validation::PageOf(request));
  int64_t after = 0;
  if (!page.after.empty() && !absl::SimpleAtoi(page.after, &after)) {
    return AtField("page_token", errors::PageTokenMismatch());
  }
  const Wanted wanted(request);
  return ScanAudit(tx, forbund, after, [&](const RecordedAuditEntry& entry) {
    if (!wanted.Accepts(entry)) return true;
    if (response.entries_size() < page.size) {
      *response.add_entries() = ToProto(entry, request.parent());
      return true;
    }
    const v1::AuditEntry& last = *response.entries().rbegin();
    response.set_next_page_token(
        validation::NextPageToken(request, absl::StrCat(last.sequence())));
    return false;
  });
}

absl::Status AuditHandler::GetAuditHead(const access::Caller& /*caller*/,
                                        const v1::GetAuditHeadRequest& request,
                                        storage::ReadTransaction& tx,
                                        v1::AuditHead& response) const {
  ASSIGN_OR_RETURN(const std::optional<ForbundId> forbund,
                   LogOf(request.scope()));
  ASSIGN_OR_RETURN(const AuditHead head, tx.SignAuditHead(forbund));
  ASSIGN_OR_RETURN(const std::string public_key, tx.SigningPublicKey(forbund));
  response = ToProto(head, public_key);
  return absl::OkStatus();
}

absl::Status AuditHandler::VerifyAuditLog(
    const access::Caller& /*caller*/, const v1::VerifyAuditLogRequest& request,
    storage::ReadTransaction& tx, v1::VerifyAuditLogResponse& response) const {
  ASSIGN_OR_RETURN(const std::optional<ForbundId> forbund,
                   LogOf(request.scope()));
  ASSIGN_OR_RETURN(const std::string public_key, tx.SigningPublicKey(forbund));
  ASSIGN_OR_RETURN(std::vector<audit::EarlierHead> heads,
                   HeadsOf(request, forbund, tx));
  // Where the server would go on is a head too.
  ASSIGN_OR_RETURN(const AuditHead end, tx.SignAuditHead(forbund));
  heads.push_back({end.tree, /*is_signed=*/true});
  audit::LogCheck check(std::move(heads));
  RETURN_IF_ERROR(
      ScanAudit(tx, forbund, 0, [&](const RecordedAuditEntry& entry) {
        check.Add({static_cast<uint64_t>(entry.sequence), entry.leaf,
                   entry.recorded, entry.entry.ok()});
        return true;
      }));
  const std::vector<audit::Problem> problems = check.Finish();
  *response.mutable_head() = ToProto(end, public_key);
  response.set_problem_count(static_cast<int64_t>(problems.size()));
  for (const audit::Problem& problem : problems) {
    if (static_cast<size_t>(response.problems_size()) == kMostProblems) break;
    *response.add_problems() = ToProto(problem);
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
