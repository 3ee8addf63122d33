// What a sealed report says: made from the store itself, not from the facts in
// memory, so that it is exact at a position and can be made again.
#pragma once

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/domain/code_list.h"
#include "services/outcome/make_report.h"
#include "stegvis/v1/sealed_report.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// A förbund's year as it was known at a moment.
struct YearAt {
  ForbundId forbund;
  int year = 0;
  storage::FeedPosition position;
  absl::Time as_of;
};

// Says of a content by which definitions and code lists it is made now.
void SetDefinitions(const domain::CodeBook& codes,
                    v1::SealedReportContent& content);

// A request for all that a sealed report says.
outcome::ReportRequest EverythingOf(const YearAt& at);

// The content, without a revision. NOT_FOUND without such a förbund; DATA_LOSS
// as ReadTableAt; FAILED_PRECONDITION with UNREADABLE_RECORDS, and some of the
// names, when participations do not open.
absl::StatusOr<v1::SealedReportContent> MakeContent(
    storage::ReadTransaction& tx, const YearAt& at,
    const domain::CodeBook& codes);

// The refusal of MakeContent for the unreadable records that `report` names.
absl::Status CheckReadable(const v1::OutcomeReport& report);

// Whether the two say the same but for when they were made, and what is open.
bool SayTheSame(const v1::SealedReportContent& a,
                const v1::SealedReportContent& b);

}  // namespace stegvis::handlers
