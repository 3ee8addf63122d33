// A store with sealed reports in it.
#pragma once

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "tests/contract/store_with_rotation.h"

namespace stegvis::contract {

inline storage::ReportToSeal AReport(int year, int revision) {
  return {kForbund, year, revision, absl::StrCat("report ", revision),
          absl::StrCat("signed ", revision)};
}

class SealedReports : public StoreWithRotation {
 protected:
  absl::StatusOr<storage::SealedReport> PutReport(
      const storage::ReportToSeal& report) {
    absl::StatusOr<storage::SealedReport> put =
        absl::InternalError("body did not run");
    const absl::Status status = store_->WriteAndWait([&](WriteTransaction& tx) {
      put = tx.PutSealedReport(report);
      return put.status();
    });
    EXPECT_EQ(status, put.status());
    return put;
  }
  absl::StatusOr<storage::SealedReport> GetReport(
      int year, int revision, ForbundId forbund = kForbund) {
    return Read<storage::SealedReport>([=](ReadTransaction& tx) {
      return tx.GetSealedReport(forbund, storage::SealedKind::kReport, year,
                                revision);
    });
  }
  // `2020.1`: year and revision.
  std::vector<std::string> ListedReports(ForbundId forbund = kForbund) {
    const auto listed =
        Read<std::vector<storage::SealedReportKey>>([=](ReadTransaction& tx) {
          return tx.ListSealedReports(forbund, storage::SealedKind::kReport);
        });
    EXPECT_THAT(listed, IsOk());
    std::vector<std::string> names;
    for (const storage::SealedReportKey& key : *listed) {
      names.push_back(absl::StrCat(key.year, ".", key.revision));
    }
    return names;
  }
};

}  // namespace stegvis::contract
