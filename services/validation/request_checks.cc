#include "services/validation/request_checks.h"

#include "absl/strings/str_cat.h"
#include "services/base/day.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/validation/envelope.h"
#include "services/validation/field_mask.h"
#include "services/validation/resource_name.h"

namespace stegvis::validation {
namespace {

// A part of a correction: the name stays.
constexpr absl::string_view kPersonNumber = "person.person_number";

// `to` ENDS_BEFORE_START when both are dates and it is before `from`.
absl::Status CheckPeriod(absl::string_view from, absl::string_view to) {
  const absl::StatusOr<Day> first = Day::Parse(from);
  const absl::StatusOr<Day> last = Day::Parse(to);
  Faults faults;
  if (first.ok() && last.ok() && *last < *first) {
    faults.Add("to", reasons::kEndsBeforeStart);
  }
  return faults.ToStatus();
}

// OUT_OF_RANGE unless a year that days have.
absl::Status CheckYear(int year) {
  Faults faults;
  if (year < 1900 || year > 2199) faults.Add("year", reasons::kOutOfRange);
  return faults.ToStatus();
}

// The scope of a log, or of a list: NAME_INVALID for that of an insats, which
// has none.
absl::StatusOr<domain::Scope> ParseLogName(absl::string_view name) {
  ASSIGN_OR_RETURN(const domain::Scope scope, ParseScopeName(name));
  if (scope.insats.has_value()) return errors::NameInvalid();
  return scope;
}

// The name of the nation: NAME_INVALID for any other.
absl::StatusOr<domain::Scope> ParseNationName(absl::string_view name) {
  ASSIGN_OR_RETURN(const domain::Scope scope, ParseScopeName(name));
  if (scope.forbund.has_value()) return errors::NameInvalid();
  return scope;
}

// What is masked in a correction must be there; an exit and follow-ups may be
// left out, which opens them again.
absl::Status CheckCorrected(const v1::CorrectParticipationRequest& request) {
  Faults faults;
  for (const std::string& path : request.update_mask().paths()) {
    const bool of_person = path == "person" || path == kPersonNumber;
    if (of_person && !request.registration().has_person()) {
      faults.Add("registration.person", reasons::kMissing);
    }
    if (path == "entry" && !request.registration().has_entry()) {
      faults.Add("registration.entry", reasons::kMissing);
    }
  }
  return faults.ToStatus();
}

}  // namespace

absl::Status Check(const v1::CreateForbundRequest& request) {
  return Envelope(request).Present("forbund", request.has_forbund()).ToStatus();
}

absl::Status Check(const v1::GetForbundRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseForbundName)
      .ToStatus();
}

absl::Status Check(const v1::ListForbundRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::UpdateForbundRequest& request) {
  return Envelope(request)
      .Name("forbund.name", request.forbund().name(), ParseForbundName)
      .Required("forbund.etag", request.forbund().etag())
      .Also(CheckMask(request.update_mask(), *v1::Forbund::descriptor()))
      .ToStatus();
}

absl::Status Check(const v1::ExportForbundRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseForbundName)
      .ToStatus();
}

absl::Status Check(const v1::CreateQuestionRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .Present("question", request.has_question())
      .ToStatus();
}

absl::Status Check(const v1::ListQuestionsRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .ToStatus();
}

absl::Status Check(const v1::EndQuestionRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseQuestionName)
      .Required("etag", request.etag())
      .Date("end_date", request.end_date())
      .ToStatus();
}

absl::Status Check(const v1::CreateInsatsRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .Present("insats", request.has_insats())
      .ToStatus();
}

absl::Status Check(const v1::GetInsatsRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseInsatsName)
      .ToStatus();
}

absl::Status Check(const v1::ListInsatserRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .ToStatus();
}

absl::Status Check(const v1::UpdateInsatsRequest& request) {
  return Envelope(request)
      .Name("insats.name", request.insats().name(), ParseInsatsName)
      .Required("insats.etag", request.insats().etag())
      .Also(CheckMask(request.update_mask(), *v1::Insats::descriptor()))
      .ToStatus();
}

absl::Status Check(const v1::EndInsatsRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseInsatsName)
      .Required("etag", request.etag())
      .Date("end_date", request.end_date())
      .ToStatus();
}

absl::Status Check(const v1::ProposeMethodRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::RegisterParticipationRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseInsatsName)
      .Present("registration", request.has_registration())
      .ToStatus();
}

absl::Status Check(const v1::GetParticipationRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .ToStatus();
}

absl::Status Check(const v1::ListParticipationsRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseInsatsName)
      .ToStatus();
}

absl::Status Check(const v1::ListDueFollowUpsRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseInsatsName)
      .ToStatus();
}

absl::Status Check(const v1::EndParticipationRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .Required("etag", request.etag())
      .Present("exit", request.has_exit())
      .ToStatus();
}

absl::Status Check(const v1::RecordFollowUpRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .Required("etag", request.etag())
      .Present("follow_up", request.has_follow_up())
      .ToStatus();
}

absl::Status Check(const v1::CorrectParticipationRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .Required("etag", request.etag())
      .Present("registration", request.has_registration())
      .Also(CheckMask(request.update_mask(), *v1::Registration::descriptor(),
                      {kPersonNumber}))
      .Also(CheckCorrected(request))
      .Required("reason", request.reason())
      .ToStatus();
}

absl::Status Check(const v1::AcknowledgeFindingRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .Required("etag", request.etag())
      .Required("kind", request.kind())
      .Required("acknowledgement", request.acknowledgement())
      .AtMost("acknowledgement", request.acknowledgement(),
              limits::kMaxAcknowledgementBytes)
      .ToStatus();
}

absl::Status Check(const v1::FindPersonRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .Required("person_number", request.person_number())
      .ToStatus();
}

absl::Status Check(const v1::ExtractPersonRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .Required("person_number", request.person_number())
      .ToStatus();
}

absl::Status Check(const v1::RevealPersonRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .Required("purpose", request.purpose())
      .ToStatus();
}

absl::Status Check(const v1::WithdrawConsentRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .ToStatus();
}

absl::Status Check(const v1::ErasePersonRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseParticipationName)
      .Required("reason", request.reason())
      .ToStatus();
}

absl::Status Check(const v1::ListRetentionDueRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseForbundName)
      .ToStatus();
}

absl::Status Check(const v1::SetCountRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseInsatsName)
      .Present("count", request.has_count())
      .ToStatus();
}

absl::Status Check(const v1::ListCountsRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseInsatsName)
      .ToStatus();
}

absl::Status Check(const v1::GetOutcomeReportRequest& request) {
  Envelope envelope(request);
  for (int i = 0; i < request.forbund_size(); ++i) {
    envelope.Name(absl::StrCat("forbund[", i, "]"), request.forbund(i),
                  ParseForbundName);
  }
  return envelope.Date("from", request.from())
      .Date("to", request.to())
      .Also(CheckPeriod(request.from(), request.to()))
      .ToStatus();
}

absl::Status Check(const v1::PublishReleaseRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseLogName)
      .Also(CheckYear(request.year()))
      .ToStatus();
}

absl::Status Check(const v1::AnnounceReleaseRequest& request) {
  return Envelope(request)
      .Name("parent", request.parent(), ParseNationName)
      .Also(CheckYear(request.year()))
      .Present("release.report", request.release().has_report())
      .ToStatus();
}

absl::Status Check(const v1::ListReleasesRequest& request) {
  Envelope envelope(request);
  envelope.Name("parent", request.parent(), ParseLogName);
  if (request.year() != 0) envelope.Also(CheckYear(request.year()));
  return envelope.ToStatus();
}

absl::Status Check(const v1::GetReleaseRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseReleaseName)
      .ToStatus();
}

absl::Status Check(const v1::GetReleaseProofRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseReleaseName)
      .ToStatus();
}

absl::Status Check(const v1::PreviewSealedReportRequest& request) {
  return Envelope(request)
      .Name("forbund", request.forbund(), ParseForbundName)
      .Also(CheckYear(request.year()))
      .ToStatus();
}

absl::Status Check(const v1::SealReportRequest& request) {
  return Envelope(request)
      .Name("forbund", request.forbund(), ParseForbundName)
      .Also(CheckYear(request.year()))
      .ToStatus();
}

absl::Status Check(const v1::ListSealedReportsRequest& request) {
  Envelope envelope(request);
  envelope.Name("parent", request.parent(), ParseLogName);
  if (request.year() != 0) envelope.Also(CheckYear(request.year()));
  return envelope.ToStatus();
}

absl::Status Check(const v1::GetSealedReportRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseReportName)
      .ToStatus();
}

absl::Status Check(const v1::CompareSealedReportsRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseReportName)
      .ToStatus();
}

absl::Status Check(const v1::RecomputeSealedReportRequest& request) {
  return Envelope(request)
      .Name("name", request.name(), ParseReportName)
      .ToStatus();
}

absl::Status Check(const v1::GetSigningKeysRequest& request) {
  return Envelope(request)
      .Name("forbund", request.forbund(), ParseForbundName)
      .ToStatus();
}

absl::Status Check(const v1::GrantRoleRequest& request) {
  return Envelope(request)
      .Present("grant", request.has_grant())
      .Name("grant.scope", request.grant().scope(), ParseScopeName)
      .ToStatus();
}

absl::Status Check(const v1::RevokeRoleRequest& request) {
  return Envelope(request)
      .Present("grant", request.has_grant())
      .Name("grant.scope", request.grant().scope(), ParseScopeName)
      .ToStatus();
}

absl::Status Check(const v1::ListGrantsRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::ListCodesRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::GetStatusRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::GetKeyStatusRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::RotateKeysRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::BackupRequest& request) {
  return Envelope(request).ToStatus();
}

absl::Status Check(const v1::ListAuditEntriesRequest& request) {
  Envelope envelope(request);
  envelope.Name("parent", request.parent(), ParseLogName);
  if (!request.participation().empty()) {
    envelope.Name("participation", request.participation(),
                  ParseParticipationName);
  }
  return envelope.ToStatus();
}

absl::Status Check(const v1::GetAuditHeadRequest& request) {
  return Envelope(request)
      .Name("scope", request.scope(), ParseLogName)
      .ToStatus();
}

absl::Status Check(const v1::VerifyAuditLogRequest& request) {
  return Envelope(request)
      .Name("scope", request.scope(), ParseLogName)
      .ToStatus();
}

}  // namespace stegvis::validation
