// Sealed yearly reports as rows: inserted once, never changed. Each function is
// the call of the same name in transaction.h.
#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

absl::StatusOr<std::vector<SealedReportKey>> ListSealedReports(
    Session& session, ForbundId forbund, SealedKind kind);
absl::StatusOr<SealedReport> GetSealedReport(Session& session,
                                             ForbundId forbund, SealedKind kind,
                                             int year, int revision);

absl::StatusOr<SealedReport> PutSealedReport(WriteSession& session,
                                             const ReportToSeal& report);

}  // namespace stegvis::storage
