// Every error of Stegvis as a function: one wording, one code, one reason. None
// takes what a person typed, so none can leak it.
//
// An error made here carries its reason (a name of stegvis.v1.Reason without
// prefix) and, for input, the faults by field path. ReasonOf and FaultsOf read
// them back.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace stegvis {

// One fault of an input: the path of the field in the request and the reason.
struct Fault {
  std::string field;
  std::string reason;

  friend bool operator==(const Fault&, const Fault&) = default;
};

// The reason of an error; empty when it has none (a bug: becomes INTERNAL).
std::string ReasonOf(const absl::Status& status);

// The faults of an input error, in the order found; empty for others.
std::vector<Fault> FaultsOf(const absl::Status& status);

// Puts `prefix` and a dot before every field path of `status`; a status with a
// reason but without faults becomes one fault of the field `prefix`.
absl::Status AtField(absl::string_view prefix, const absl::Status& status);

// Gathers every fault of an input, so that all are named at once. One thread.
class Faults {
 public:
  void Add(absl::string_view field, absl::string_view reason);

  // Adds the faults of `status`, if it is an error, under `prefix`.
  void AddFrom(absl::string_view prefix, const absl::Status& status);

  bool Empty() const { return faults_.empty(); }

  // OK without faults, else INVALID_ARGUMENT; its reason is that of the first.
  absl::Status ToStatus() const;

 private:
  std::vector<Fault> faults_;
};

// Reasons that stand in Faults. The others are in the functions below.
namespace reasons {
inline constexpr absl::string_view kMissing = "MISSING";
inline constexpr absl::string_view kTooLong = "TOO_LONG";
inline constexpr absl::string_view kTooMany = "TOO_MANY";
inline constexpr absl::string_view kOutOfRange = "OUT_OF_RANGE";
inline constexpr absl::string_view kNotUtf8 = "NOT_UTF8";
inline constexpr absl::string_view kNotAllowed = "NOT_ALLOWED";
inline constexpr absl::string_view kDuplicate = "DUPLICATE";
inline constexpr absl::string_view kImmutable = "IMMUTABLE";
inline constexpr absl::string_view kUnknownField = "UNKNOWN_FIELD";
inline constexpr absl::string_view kDateInvalid = "DATE_INVALID";
inline constexpr absl::string_view kWholeDaysOnly = "WHOLE_DAYS_ONLY";
inline constexpr absl::string_view kDateInFuture = "DATE_IN_FUTURE";
inline constexpr absl::string_view kEndsBeforeStart = "ENDS_BEFORE_START";
inline constexpr absl::string_view kCodeUnknown = "CODE_UNKNOWN";
inline constexpr absl::string_view kCodeNotInForce = "CODE_NOT_IN_FORCE";
inline constexpr absl::string_view kSourcesExclude = "SOURCES_EXCLUDE";
inline constexpr absl::string_view kExtentOutOfRange = "EXTENT_OUT_OF_RANGE";
inline constexpr absl::string_view kHoursOutOfRange = "HOURS_OUT_OF_RANGE";
inline constexpr absl::string_view kStructuralNeedsVolume =
    "STRUCTURAL_NEEDS_VOLUME";
inline constexpr absl::string_view kPersonNumberMalformed =
    "PERSON_NUMBER_MALFORMED";
inline constexpr absl::string_view kPersonNumberImpossible =
    "PERSON_NUMBER_IMPOSSIBLE";
inline constexpr absl::string_view kOrganizationNumberInvalid =
    "ORGANIZATION_NUMBER_INVALID";
inline constexpr absl::string_view kConsentMissing = "CONSENT_MISSING";
inline constexpr absl::string_view kProtectedIdentity = "PROTECTED_IDENTITY";
inline constexpr absl::string_view kOutsideInsats = "OUTSIDE_INSATS";
inline constexpr absl::string_view kOutsideForbund = "OUTSIDE_FORBUND";
inline constexpr absl::string_view kQuestionUnknown = "QUESTION_UNKNOWN";
inline constexpr absl::string_view kQuestionNotAsked = "QUESTION_NOT_ASKED";
inline constexpr absl::string_view kAnswerInvalid = "ANSWER_INVALID";
inline constexpr absl::string_view kFollowUpBeforeExit =
    "FOLLOW_UP_BEFORE_EXIT";
inline constexpr absl::string_view kBornAfterEntry = "BORN_AFTER_ENTRY";
inline constexpr absl::string_view kSumDiffers = "SUM_DIFFERS";
inline constexpr absl::string_view kDiffersFromRecorded =
    "DIFFERS_FROM_RECORDED";
}  // namespace reasons

namespace errors {

// INVALID_ARGUMENT: wrong whatever the state.
absl::Status DateInvalid();
absl::Status NameInvalid();
absl::Status PersonNumberMalformed();
absl::Status PersonNumberImpossible();
absl::Status OrganizationNumberInvalid();
absl::Status PageTokenMismatch();
absl::Status RequestIdInvalid();
absl::Status UnknownFilter();
absl::Status UnknownBreakdown();
absl::Status ReleaseInvalid();
absl::Status MigrationNeedsMoment();
absl::Status MomentNeedsMigration();
absl::Status KeyShareGroupWrong();
absl::Status KeyShareIncomplete();
absl::Status KeyShareUnreadable();

// UNAUTHENTICATED.
absl::Status CertificateMissing();

// PERMISSION_DENIED: the same whether the thing exists or not.
absl::Status NotPermitted();

// NOT_FOUND.
absl::Status NotFound();
absl::Status FindingNotFound();
absl::Status ProofElsewhere();

// ALREADY_EXISTS.
absl::Status OrganizationNumberTaken();
absl::Status TitleTaken();
absl::Status QuestionTaken();

// FAILED_PRECONDITION: the state forbids it.
absl::Status AlreadyEnded();
absl::Status NotEnded();
absl::Status StillOngoing();
absl::Status Deceased();
absl::Status AlreadyFollowedUp();
absl::Status Overlaps();
absl::Status MethodIsVolume();
absl::Status MethodIsPersonal();
absl::Status RegisteredWrongly();
absl::Status ConsentWithdrawn();
absl::Status RolesExcludeEachOther();
absl::Status RequestIdReused();
absl::Status KnownLater();
absl::Status NotYours();
absl::Status SchemaTooNew();
absl::Status SchemaChanged();
absl::Status DatabaseInUse();
absl::Status KeySourceMissing();
absl::Status ErasuresBroken();
absl::Status ErasuresOlder();
absl::Status BackupDamaged();
absl::Status RetentionNotPassed();
absl::Status KeySourceUnreadable();
absl::Status KeysRotating();
absl::Status KeySourceWrong();
absl::Status KeySourceExists();
absl::Status KeySharesTooFew();
absl::Status KeySharesMixed();
absl::Status KeyShareTwice();
absl::Status KeySharesWrong();
absl::Status FileUnreadable();
absl::Status FolderNotEmpty();
absl::Status YearNotEnded();
absl::Status ReleaseUnsafe();
absl::Status ReleaseUnderWay();
absl::Status ReleaseOfOtherLevel();
absl::Status ReleaseDiffers();
// `names` are resource names of records.
absl::Status UnreadableRecords(const std::vector<std::string>& names);
absl::Status EnvelopeInvalid();
absl::Status PublicKeyInvalid();
absl::Status KeyDiffers();
absl::Status SignatureInvalid();
absl::Status FormatTooNew();
absl::Status ConfigurationInvalid(absl::string_view key,
                                  absl::string_view nearest_known);

// ABORTED.
absl::Status EtagStale();

// RESOURCE_EXHAUSTED.
absl::Status TooManyRows();
absl::Status DiskFull();
absl::Status FileUnwritable();

// UNAVAILABLE: try again with the same request id.
absl::Status DatabaseAway();
absl::Status FactsBehind();
absl::Status ShuttingDown();

// DEADLINE_EXCEEDED, CANCELLED.
absl::Status DeadlineExceeded();
absl::Status Cancelled();

// DATA_LOSS: sealed bytes do not open. Never retried.
absl::Status RecordUnreadable();

// INTERNAL: a bug. `event` is a name for developers, never a value.
absl::Status Bug(absl::string_view event);

}  // namespace errors
}  // namespace stegvis
