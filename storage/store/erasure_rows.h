// Erased participations and withdrawn consents as rows. Each function is the
// call of the same name in transaction.h.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/day.h"
#include "storage/store/erasure_log.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

absl::StatusOr<std::optional<Erasure>> FindErasure(Session& session,
                                                   const ParticipationKey& key);
absl::StatusOr<std::vector<Erasure>> ListErasures(Session& session,
                                                  ForbundId forbund);
absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
    Session& session, ForbundId forbund, const domain::PersonNumber& number);

// Whether anybody has withdrawn a consent in the förbund, and that is kept in
// mind. NOT_FOUND without such a förbund.
absl::StatusOr<bool> HasWithdrawals(Session& session, ForbundId forbund);

absl::StatusOr<Erasure> EraseParticipation(WriteSession& session,
                                           const ErasureLog& log,
                                           const ParticipationToErase& erased);
absl::Status ForgetWithdrawals(WriteSession& session, ForbundId forbund,
                               Day today);

// Those that are erased, of every förbund.
absl::StatusOr<std::vector<ErasureEntry>> ListErasedKeys(
    sql::Connection& connection);

}  // namespace stegvis::storage
