// What the imports of insatser, participants and counts share: who may import,
// and how the rows of a message are answered for.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "stegvis/v1/import.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// How a stream is carried out; fixed by its first message.
struct ImportMode {
  bool validate_only = false;
  bool migrate = false;
};

// The mode that `options` ask for. PERMISSION_DENIED to migrate without the
// role operator.
absl::StatusOr<ImportMode> ImportModeFrom(const access::Caller& caller,
                                          const v1::ImportOptions& options);

// What became of a row that was not refused.
enum class RowOutcome : uint8_t { kRecorded, kUpdated, kUnchanged };

// Where a row stands in the audit log.
struct RowPlace {
  // Nothing while it is not certain that there is such a förbund.
  std::optional<ForbundId> forbund;
  std::string resource;
};

// Counts `outcome` in `progress`.
void Tell(RowOutcome outcome, v1::ImportProgress& progress);

// Names the row at `line`, with every fault of `refusal`, in `progress`.
void TellRefused(int64_t line, const absl::Status& refusal,
                 v1::ImportProgress& progress);

// Whether `status` ends the whole message rather than one row: the database is
// away, the disk is full, or the program has a bug.
bool EndsTheMessage(const absl::Status& status);

// The audit entry of a row; `refusal` is OK when it was not refused.
storage::AuditEntry RowEntry(const access::Caller& caller,
                             absl::string_view method, const RowPlace& place,
                             const absl::Status& refusal);

// The moment that a row counts as known from: the given one when migrating,
// else nothing. INVALID_ARGUMENT at `registered_time`:
// REGISTERED_TIME_MISSING, REGISTERED_TIME_NOT_ALLOWED, DATE_IN_FUTURE.
absl::StatusOr<std::optional<absl::Time>> KnownFrom(
    const ImportMode& mode, bool given,
    const google::protobuf::Timestamp& registered, absl::Time now);

}  // namespace stegvis::handlers
