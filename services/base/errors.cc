// How errors carry what they say, and those that a request meets. Those of the
// installation, and of what leaves it, are in installation_errors.cc.
#include "services/base/errors.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/base/make_error.h"

namespace stegvis {
namespace {

constexpr char kReasonUrl[] = "stegvis/reason";
constexpr char kFaultsUrl[] = "stegvis/faults";

std::string FaultLine(const Fault& fault) {
  return absl::StrCat(fault.field, "=", fault.reason);
}

std::string Under(absl::string_view prefix, absl::string_view field) {
  if (prefix.empty()) return std::string(field);
  if (field.empty()) return std::string(prefix);
  return absl::StrCat(prefix, ".", field);
}

}  // namespace

std::string ReasonOf(const absl::Status& status) {
  const absl::optional<absl::Cord> reason = status.GetPayload(kReasonUrl);
  return reason.has_value() ? std::string(*reason) : std::string();
}

std::vector<Fault> FaultsOf(const absl::Status& status) {
  std::vector<Fault> faults;
  const absl::optional<absl::Cord> payload = status.GetPayload(kFaultsUrl);
  if (!payload.has_value()) return faults;
  const std::string text(*payload);
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(line, absl::MaxSplits('=', 1));
    faults.push_back(Fault{parts.first, parts.second});
  }
  return faults;
}

absl::Status AtField(absl::string_view prefix, const absl::Status& status) {
  if (status.ok()) return status;
  std::vector<Fault> faults = FaultsOf(status);
  if (faults.empty()) faults.push_back(Fault{"", ReasonOf(status)});
  for (Fault& fault : faults) fault.field = Under(prefix, fault.field);
  return errors::WithFaults(status, faults);
}

void Faults::Add(absl::string_view field, absl::string_view reason) {
  faults_.push_back(Fault{std::string(field), std::string(reason)});
}

void Faults::AddFrom(absl::string_view prefix, const absl::Status& status) {
  if (status.ok()) return;
  for (const Fault& fault : FaultsOf(AtField(prefix, status))) {
    faults_.push_back(fault);
  }
}

absl::Status Faults::ToStatus() const {
  if (faults_.empty()) return absl::OkStatus();
  return errors::WithFaults(
      errors::Invalid(faults_.front().reason,
                      "The request has faults. Correct the named fields."),
      faults_);
}

namespace errors {

absl::Status Fail(absl::StatusCode code, absl::string_view reason,
                  absl::string_view message) {
  absl::Status status(code, message);
  status.SetPayload(kReasonUrl, absl::Cord(reason));
  return status;
}

absl::Status Invalid(absl::string_view reason, absl::string_view message) {
  return Fail(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status Forbidden(absl::string_view reason, absl::string_view message) {
  return Fail(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status WithFaults(absl::Status status, const std::vector<Fault>& faults) {
  std::vector<std::string> lines;
  lines.reserve(faults.size());
  for (const Fault& fault : faults) lines.push_back(FaultLine(fault));
  status.SetPayload(kFaultsUrl, absl::Cord(absl::StrJoin(lines, "\n")));
  return status;
}

absl::Status DateInvalid() {
  return Invalid("DATE_INVALID", "Not a date. Write YYYY-MM-DD.");
}

absl::Status NameInvalid() {
  return Invalid("NAME_INVALID", "Not a resource name. Use one from a list.");
}

absl::Status PersonNumberMalformed() {
  return Invalid("PERSON_NUMBER_MALFORMED",
                 "Not a written form of a number. Write YYYYMMDD-NNNN.");
}

absl::Status PersonNumberImpossible() {
  return Invalid("PERSON_NUMBER_IMPOSSIBLE",
                 "No such number exists. Check date and check digit.");
}

absl::Status OrganizationNumberInvalid() {
  return Invalid("ORGANIZATION_NUMBER_INVALID",
                 "No such organisation number. Write NNNNNN-NNNN.");
}

absl::Status PageTokenMismatch() {
  return Invalid("PAGE_TOKEN_MISMATCH",
                 "The page token belongs to another query. Start over.");
}

absl::Status RequestIdInvalid() {
  return Invalid("REQUEST_ID_INVALID",
                 "A write needs a request id. Send a random UUID.");
}

absl::Status UnknownFilter() {
  return Invalid("FILTER_UNKNOWN",
                 "There is no such filter. Use one of the listed dimensions.");
}

absl::Status UnknownBreakdown() {
  return Invalid("BREAKDOWN_UNKNOWN",
                 "There is no such breakdown. Use a listed dimension, once.");
}

absl::Status MigrationNeedsMoment() {
  return Invalid("REGISTERED_TIME_MISSING",
                 "A migrated row lacks its moment. Give registered_time.");
}

absl::Status MomentNeedsMigration() {
  return Invalid("REGISTERED_TIME_NOT_ALLOWED",
                 "Only a migration carries moments. Leave it out.");
}

absl::Status CertificateMissing() {
  return Fail(absl::StatusCode::kUnauthenticated, "CERTIFICATE_MISSING",
              "No client certificate of this installation. Use a profile.");
}

absl::Status NotPermitted() {
  return Fail(absl::StatusCode::kPermissionDenied, "NOT_PERMITTED",
              "The caller may not do this here. Ask for a role.");
}

absl::Status NotFound() {
  return Fail(absl::StatusCode::kNotFound, "NOT_FOUND",
              "There is no such thing. List what exists.");
}

absl::Status FindingNotFound() {
  return Fail(absl::StatusCode::kNotFound, "FINDING_NOT_FOUND",
              "The participation has no such finding. Read it again.");
}

absl::Status OrganizationNumberTaken() {
  return Fail(absl::StatusCode::kAlreadyExists, "ORGANIZATION_NUMBER_TAKEN",
              "A förbund has this organisation number. Use that one.");
}

absl::Status TitleTaken() {
  return Fail(absl::StatusCode::kAlreadyExists, "TITLE_TAKEN",
              "An insats has this title. Use that one or another title.");
}

absl::Status QuestionTaken() {
  return Fail(absl::StatusCode::kAlreadyExists, "QUESTION_TAKEN",
              "A question has this text. Use that one or another text.");
}

absl::Status AlreadyEnded() {
  return Forbidden("ALREADY_ENDED",
                   "The participation has ended. Correct its end instead.");
}

absl::Status NotEnded() {
  return Forbidden("NOT_ENDED",
                   "The participation is ongoing. Register its exit first.");
}

absl::Status StillOngoing() {
  return Forbidden("STILL_ONGOING",
                   "Participations reach beyond that day. End them first.");
}

absl::Status Deceased() {
  return Forbidden("DECEASED",
                   "The participation ended by death. It is not followed up.");
}

absl::Status AlreadyFollowedUp() {
  return Forbidden("ALREADY_FOLLOWED_UP",
                   "The follow-up is recorded. Correct it instead.");
}

absl::Status Overlaps() {
  return Forbidden("OVERLAPS",
                   "The person takes part in the insats in that period "
                   "already. Correct the dates.");
}

absl::Status MethodIsVolume() {
  return Forbidden("METHOD_IS_VOLUME",
                   "The insats is registered by volume. Register a count.");
}

absl::Status MethodIsPersonal() {
  return Forbidden("METHOD_IS_PERSONAL",
                   "The insats is registered by person. Register an "
                   "anonymous count.");
}

absl::Status RegisteredWrongly() {
  return Forbidden("REGISTERED_WRONGLY",
                   "The participation is a wrong registration. Correct its "
                   "exit first.");
}

absl::Status ConsentWithdrawn() {
  return Forbidden("CONSENT_WITHDRAWN",
                   "The consent was withdrawn. A newer consent is needed.");
}

absl::Status RolesExcludeEachOther() {
  return Forbidden("ROLES_EXCLUDE_EACH_OTHER",
                   "One user cannot have both roles. Revoke the other first.");
}

absl::Status RequestIdReused() {
  return Forbidden(
      "REQUEST_ID_REUSED",
      "The request id belongs to another request. Draw a new one.");
}

absl::Status KnownLater() {
  return Forbidden("KNOWN_LATER",
                   "A later version is known already. Correct it instead.");
}

absl::Status NotYours() {
  return Forbidden("NOT_YOURS",
                   "Someone else registered the participation. Ask them.");
}

absl::Status RetentionNotPassed() {
  return Forbidden("RETENTION_NOT_PASSED",
                   "The participation may still be kept. Give another reason.");
}

absl::Status EtagStale() {
  return Fail(absl::StatusCode::kAborted, "ETAG_STALE",
              "It has changed since it was read. Read it again.");
}

absl::Status TooManyRows() {
  return Fail(absl::StatusCode::kResourceExhausted, "TOO_MANY_ROWS",
              "Too many rows in one message. Send fewer at a time.");
}

absl::Status FactsBehind() {
  return Fail(absl::StatusCode::kUnavailable, "FACTS_BEHIND",
              "Reports have not reached that position yet. Ask again.");
}

absl::Status ShuttingDown() {
  return Fail(absl::StatusCode::kUnavailable, "SHUTTING_DOWN",
              "The server is stopping. Send the same again later.");
}

absl::Status DeadlineExceeded() {
  return Fail(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
              "The time for the answer ran out. Allow more.");
}

absl::Status Cancelled() {
  return Fail(absl::StatusCode::kCancelled, "CANCELLED",
              "The caller went away before the request was done.");
}

absl::Status Bug(absl::string_view event) {
  return Fail(absl::StatusCode::kInternal, "BUG",
              absl::StrCat("A fault in the program: ", event, "."));
}

}  // namespace errors
}  // namespace stegvis
