// What the imports of insatser, participants and counts share: how they are
// carried out, and how the rows of a message are answered for.
#pragma once

#include <google/protobuf/repeated_field.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/access/caller.h"
#include "services/base/errors.h"
#include "services/base/ids.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/import.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// How a stream is carried out; fixed by its first message. Whether it is a dry
// run is told by who calls: Apply or Check.
struct ImportMode {
  bool migrate = false;
};

// The mode that `options` ask for. PERMISSION_DENIED to migrate without the
// role operator.
absl::StatusOr<ImportMode> ImportModeFrom(const access::Caller& caller,
                                          const v1::ImportOptions& options);

// What became of a row that was not refused.
enum class RowOutcome : uint8_t { kRecorded, kUpdated, kUnchanged };

// Where a row stands in the audit log: in the installation's as long as it is
// not certain that the caller may know of the förbund.
struct RowPlace {
  std::optional<ForbundId> forbund;
  std::string resource;
};

// Keeps the audit entries of a message.
using AppendEntry = absl::FunctionRef<absl::Status(const storage::AuditEntry&)>;

// Counts `outcome` in `progress`.
void Tell(RowOutcome outcome, v1::ImportProgress& progress);

// Names the row at `line`, with every fault of `refusal`, in `progress`.
void TellRefused(int64_t line, const absl::Status& refusal,
                 v1::ImportProgress& progress);

// Whether `status` ends the whole message rather than refuses one row: the
// store is away, the disk is full, or the program has a bug.
bool EndsTheMessage(const absl::Status& status);

// The audit entry of a row; `refusal` is OK when it was not refused.
storage::AuditEntry RowEntry(const access::Caller& caller,
                             absl::string_view method, RowPlace place,
                             const absl::Status& refusal);

// `name` as the audit log may show it: what is no name of a thing, and so may
// be anything, is left out.
std::string AuditableName(const std::string& name);

// The moment from which a row counts as known: `registered`, if any, when
// migrating, else nothing. INVALID_ARGUMENT at `registered_time`:
// REGISTERED_TIME_MISSING, REGISTERED_TIME_NOT_ALLOWED or DATE_IN_FUTURE.
absl::StatusOr<std::optional<absl::Time>> KnownFrom(
    const ImportMode& mode, std::optional<absl::Time> registered,
    absl::Time now);

// KNOWN_LATER at `registered_time` when the version known has a later moment
// than the one to be migrated.
absl::Status CheckNotKnownLater(absl::Time known,
                                std::optional<absl::Time> migrated);

// Answers for each of `rows` by itself in `progress`, which is made anew.
// `handle(row, place)` does one and gives its RowOutcome; `place` is where it
// got to. RESOURCE_EXHAUSTED with TOO_MANY_ROWS.
template <typename Row, typename Handle>
absl::Status AnswerRows(const google::protobuf::RepeatedPtrField<Row>& rows,
                        const access::Caller& caller, absl::string_view method,
                        const Handle& handle, AppendEntry append,
                        v1::ImportProgress& progress) {
  progress.Clear();
  if (rows.size() > limits::kMaxRowsPerMessage) return errors::TooManyRows();
  for (const Row& row : rows) {
    RowPlace place;
    const absl::StatusOr<RowOutcome> outcome = handle(row, place);
    if (EndsTheMessage(outcome.status())) return outcome.status();
    if (outcome.ok()) {
      Tell(*outcome, progress);
    } else {
      TellRefused(row.line(), outcome.status(), progress);
    }
    RETURN_IF_ERROR(
        append(RowEntry(caller, method, std::move(place), outcome.status())));
  }
  progress.set_rows(rows.size());
  return absl::OkStatus();
}

// For dry runs, which leave nothing.
inline absl::Status AppendNothing(const storage::AuditEntry& /*entry*/) {
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
