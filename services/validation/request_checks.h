// Checks the envelope of every request: resource names, request ids, etags,
// paging, masks, and that texts are UTF-8. What a resource contains is checked
// by the rules of services/domain, which name all faults of it at once.
//
// Pure functions. Safe from any thread. Each gives OK, or INVALID_ARGUMENT
// naming every fault of the envelope by field path.
#pragma once

#include "absl/status/status.h"
#include "stegvis/v1/access.pb.h"
#include "stegvis/v1/admin.pb.h"
#include "stegvis/v1/audit.pb.h"
#include "stegvis/v1/code_list.pb.h"
#include "stegvis/v1/count.pb.h"
#include "stegvis/v1/erasure.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "stegvis/v1/outcome.pb.h"
#include "stegvis/v1/participation.pb.h"
#include "stegvis/v1/person.pb.h"
#include "stegvis/v1/publication.pb.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::validation {

absl::Status Check(const v1::CreateForbundRequest& request);
absl::Status Check(const v1::GetForbundRequest& request);
absl::Status Check(const v1::ListForbundRequest& request);
absl::Status Check(const v1::UpdateForbundRequest& request);
absl::Status Check(const v1::ExportForbundRequest& request);
absl::Status Check(const v1::CreateQuestionRequest& request);
absl::Status Check(const v1::ListQuestionsRequest& request);
absl::Status Check(const v1::EndQuestionRequest& request);

absl::Status Check(const v1::CreateInsatsRequest& request);
absl::Status Check(const v1::GetInsatsRequest& request);
absl::Status Check(const v1::ListInsatserRequest& request);
absl::Status Check(const v1::UpdateInsatsRequest& request);
absl::Status Check(const v1::EndInsatsRequest& request);
absl::Status Check(const v1::ProposeMethodRequest& request);

absl::Status Check(const v1::RegisterParticipationRequest& request);
absl::Status Check(const v1::GetParticipationRequest& request);
absl::Status Check(const v1::ListParticipationsRequest& request);
absl::Status Check(const v1::ListDueFollowUpsRequest& request);
absl::Status Check(const v1::EndParticipationRequest& request);
absl::Status Check(const v1::RecordFollowUpRequest& request);
absl::Status Check(const v1::CorrectParticipationRequest& request);
absl::Status Check(const v1::AcknowledgeFindingRequest& request);

absl::Status Check(const v1::FindPersonRequest& request);
absl::Status Check(const v1::RevealPersonRequest& request);
absl::Status Check(const v1::ExtractPersonRequest& request);

absl::Status Check(const v1::WithdrawConsentRequest& request);
absl::Status Check(const v1::ErasePersonRequest& request);
absl::Status Check(const v1::ListRetentionDueRequest& request);

absl::Status Check(const v1::SetCountRequest& request);
absl::Status Check(const v1::ListCountsRequest& request);

absl::Status Check(const v1::GetOutcomeReportRequest& request);

absl::Status Check(const v1::PublishReleaseRequest& request);
absl::Status Check(const v1::AnnounceReleaseRequest& request);
absl::Status Check(const v1::ListReleasesRequest& request);
absl::Status Check(const v1::GetReleaseRequest& request);
absl::Status Check(const v1::GetReleaseProofRequest& request);
absl::Status Check(const v1::PreviewSealedReportRequest& request);
absl::Status Check(const v1::SealReportRequest& request);
absl::Status Check(const v1::ListSealedReportsRequest& request);
absl::Status Check(const v1::GetSealedReportRequest& request);
absl::Status Check(const v1::CompareSealedReportsRequest& request);
absl::Status Check(const v1::RecomputeSealedReportRequest& request);
absl::Status Check(const v1::GetSigningKeysRequest& request);

absl::Status Check(const v1::GrantRoleRequest& request);
absl::Status Check(const v1::RevokeRoleRequest& request);
absl::Status Check(const v1::ListGrantsRequest& request);

absl::Status Check(const v1::ListCodesRequest& request);
absl::Status Check(const v1::GetStatusRequest& request);
absl::Status Check(const v1::GetKeyStatusRequest& request);
absl::Status Check(const v1::RotateKeysRequest& request);
absl::Status Check(const v1::BackupRequest& request);

absl::Status Check(const v1::ListAuditEntriesRequest& request);
absl::Status Check(const v1::GetAuditHeadRequest& request);
absl::Status Check(const v1::VerifyAuditLogRequest& request);

}  // namespace stegvis::validation
