#include "services/handlers/import_stream.h"

#include <utility>
#include <vector>

#include "services/domain/access.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {

absl::StatusOr<ImportMode> ImportModeFrom(const access::Caller& caller,
                                          const v1::ImportOptions& options) {
  if (options.migrate() &&
      !caller.Has(domain::Role::kOperator, domain::Scope{})) {
    return errors::NotPermitted();
  }
  return ImportMode{options.migrate()};
}

void Tell(RowOutcome outcome, v1::ImportProgress& progress) {
  switch (outcome) {
    case RowOutcome::kRecorded:
      progress.set_recorded(progress.recorded() + 1);
      break;
    case RowOutcome::kUpdated:
      progress.set_updated(progress.updated() + 1);
      break;
    case RowOutcome::kUnchanged:
      progress.set_unchanged(progress.unchanged() + 1);
      break;
  }
}

void TellRefused(int64_t line, const absl::Status& refusal,
                 v1::ImportProgress& progress) {
  std::vector<Fault> faults = FaultsOf(refusal);
  if (faults.empty()) faults.push_back(Fault{"", ReasonOf(refusal)});
  v1::RefusedRow& refused = *progress.add_refused_rows();
  refused.set_line(line);
  for (Fault& fault : faults) {
    v1::FieldReason& added = *refused.add_faults();
    added.set_field(std::move(fault.field));
    added.set_reason(std::move(fault.reason));
  }
}

bool EndsTheMessage(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kDataLoss:
      return false;
    default:  // Of the codes that are not ours, none is about a row.
      return true;
  }
}

storage::AuditEntry RowEntry(const access::Caller& caller,
                             absl::string_view method, RowPlace place,
                             const absl::Status& refusal) {
  storage::AuditEntry entry;
  entry.forbund = place.forbund;
  entry.user = caller.user;
  entry.method = std::string(method);
  entry.resource = std::move(place.resource);
  entry.reason = ReasonOf(refusal);
  entry.refused = !refusal.ok();
  return entry;
}

std::string AuditableName(const std::string& name) {
  return validation::ParseScopeName(name).ok() ? name : std::string();
}

absl::StatusOr<std::optional<absl::Time>> KnownFrom(
    const ImportMode& mode, std::optional<absl::Time> registered,
    absl::Time now) {
  constexpr absl::string_view kField = "registered_time";
  if (!mode.migrate && registered.has_value()) {
    return AtField(kField, errors::MomentNeedsMigration());
  }
  if (mode.migrate && !registered.has_value()) {
    return AtField(kField, errors::MigrationNeedsMoment());
  }
  if (registered.has_value() && *registered > now) {
    Faults faults;
    faults.Add(kField, reasons::kDateInFuture);
    return faults.ToStatus();
  }
  return registered;
}

absl::Status CheckNotKnownLater(absl::Time known,
                                std::optional<absl::Time> migrated) {
  if (!migrated.has_value() || known <= *migrated) return absl::OkStatus();
  return AtField("registered_time", errors::KnownLater());
}

}  // namespace stegvis::handlers
