// Handles SealedReportService. See forbund_handler.h for what all handlers
// promise.
#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/access/caller.h"
#include "services/base/clock.h"
#include "services/domain/code_list.h"
#include "services/handlers/result_ref.h"
#include "services/outcome/fact_feed.h"
#include "stegvis/v1/sealed_report.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

class SealedReportHandler {
 public:
  // How many cells a recomputation names.
  static constexpr int kMostCells = 1000;

  // All must outlive the handler.
  SealedReportHandler(const domain::CodeBook& codes, const Clock& clock,
                      const outcome::FactFeed& facts)
      : codes_(codes), clock_(clock), facts_(facts) {}

  // FAILED_PRECONDITION with YEAR_NOT_ENDED or UNREADABLE_RECORDS.
  absl::Status PreviewSealedReport(
      const access::Caller& caller,
      const v1::PreviewSealedReportRequest& request,
      storage::ReadTransaction& tx,
      v1::PreviewSealedReportResponse& response) const;

  // The same errors. Everybody else's writes wait while the förbund is read, so
  // that nothing can come between what is sealed and its moment.
  absl::StatusOr<ResultRef> SealReport(const access::Caller& caller,
                                       const v1::SealReportRequest& request,
                                       storage::WriteTransaction& tx) const;
  absl::Status Answer(const access::Caller& caller, const ResultRef& result,
                      storage::ReadTransaction& tx,
                      v1::SealReportResponse& response) const;

  // Those of the förbund whose reports the caller may read.
  absl::Status ListSealedReports(const access::Caller& caller,
                                 const v1::ListSealedReportsRequest& request,
                                 storage::ReadTransaction& tx,
                                 v1::ListSealedReportsResponse& response) const;

  absl::Status GetSealedReport(const access::Caller& caller,
                               const v1::GetSealedReportRequest& request,
                               storage::ReadTransaction& tx,
                               v1::SealedReport& response) const;

  // NOT_FOUND for a first revision.
  absl::Status CompareSealedReports(
      const access::Caller& caller,
      const v1::CompareSealedReportsRequest& request,
      storage::ReadTransaction& tx,
      v1::CompareSealedReportsResponse& response) const;

  // FAILED_PRECONDITION with UNREADABLE_RECORDS.
  absl::Status RecomputeSealedReport(
      const access::Caller& caller,
      const v1::RecomputeSealedReportRequest& request,
      storage::ReadTransaction& tx,
      v1::RecomputeSealedReportResponse& response) const;

  absl::Status GetSigningKeys(const access::Caller& caller,
                              const v1::GetSigningKeysRequest& request,
                              storage::ReadTransaction& tx,
                              v1::GetSigningKeysResponse& response) const;

 private:
  // What could be sealed in `tx` as of `as_of`; without a revision.
  absl::StatusOr<v1::SealedReportContent> Sealable(storage::ReadTransaction& tx,
                                                   ForbundId forbund, int year,
                                                   absl::Time as_of) const;

  const domain::CodeBook& codes_;
  const Clock& clock_;
  const outcome::FactFeed& facts_;
};

}  // namespace stegvis::handlers
