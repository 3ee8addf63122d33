// What a body of Store::Read or Store::Write can do.
//
// A transaction belongs to the thread that runs the body and to that time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/domain/access.h"
#include "services/domain/counts.h"
#include "services/domain/erasure.h"
#include "services/domain/forbund.h"
#include "services/domain/insats.h"
#include "services/domain/participation.h"
#include "storage/audit/merkle.h"

namespace stegvis::storage {

// A place in the change feed; 0 is before the first change.
struct FeedPosition {
  int64_t value = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads <=>.
  friend auto operator<=>(const FeedPosition&, const FeedPosition&) = default;
};

// A version of a stored thing.
template <typename T>
struct Versioned {
  T value;
  int64_t version = 1;     // 1, 2, … without gaps.
  absl::Time created_at;   // recorded_at of version 1.
  absl::Time recorded_at;  // Strictly increasing over all writes.
  absl::Time known_from;   // recorded_at, except for migrated versions.
  FeedPosition position;   // Its change in the feed.
};

// A participation in a list; DATA_LOSS with RECORD_UNREADABLE where its seal
// does not open, so that the others can be shown.
struct ListedParticipation {
  ParticipationKey key;
  absl::StatusOr<Versioned<domain::Participation>> participation;
};

// One version of a participation, as the fact table wants it.
struct ScannedVersion {
  ParticipationKey key;
  int64_t version = 0;
  FeedPosition position;
  absl::Time known_from;
  // Null where the seal does not open. Valid during the visit only.
  const domain::Participation* participation = nullptr;
};

enum class ChangeKind : uint8_t {
  kForbund = 1,
  kQuestion = 2,
  kInsats = 3,
  kParticipation = 4,
  kCount = 5,
  kGrant = 6,
  kErasure = 7,
};

// An entry of the change feed: which thing has a new version. No content.
struct Change {
  FeedPosition position;
  ChangeKind kind = ChangeKind::kForbund;
  std::optional<ForbundId> forbund;
  std::optional<InsatsId> insats;
  std::optional<ParticipationId> participation;
  int64_t version = 0;
};

// An entry of the audit log: who did what to which resource, and if it was
// refused, why. No content, no free text.
struct AuditEntry {
  std::optional<ForbundId> forbund;  // Nothing: the installation's log.
  std::string user;
  std::string method;
  std::string resource;
  std::string reason;  // A reason or code; empty when it was simply done.
  bool refused = false;
};
struct RecordedAuditEntry {
  int64_t sequence = 0;  // 1, 2, … in its log, without gaps.
  absl::Time recorded_at;
  audit::Hash leaf;      // Of the log's tree, worked out from the entry.
  audit::Hash recorded;  // As it was recorded.
  absl::StatusOr<AuditEntry> entry;  // DATA_LOSS when the seal does not open.
};

// A log as it was at a moment, signed with its scope's key.
struct AuditHead {
  std::optional<ForbundId> forbund;  // Nothing: the installation's log.
  audit::TreeHead tree;
  absl::Time signed_at;
  std::string signature;  // Ed25519 of HeadText.
};
// What is signed: lines of text, the scope, the size, the root and the moment.
std::string HeadText(const AuditHead& head);

// What is remembered of a write, so that it can be sent twice.
struct RequestKey {
  std::string user;
  std::string method;
  IdBytes request_id;
};
struct RequestMemory {
  std::string digest;    // Keyed; of the whole request.
  std::string resource;  // The name of the result.
  int64_t version = 0;   // Its version then.
  // The participation it was about: whoever is erased is not remembered.
  std::optional<ParticipationId> participation = std::nullopt;
};

// A participation that was erased: what is left of it.
struct Erasure {
  ParticipationKey key;
  absl::Time erased_at;   // As it stands on the list of erasures.
  absl::Time known_from;  // Of the participation's first version.
  FeedPosition position;
  std::optional<domain::AnonymousRemainder> count;
};

// Who must not be registered again on an older consent.
struct WithdrawnPerson {
  domain::PersonNumber number;
  domain::Withdrawal withdrawal;
};
struct ParticipationToErase {
  ParticipationKey key;
  std::optional<domain::AnonymousRemainder> count;
  std::optional<WithdrawnPerson> withdrawn;
};

// What is sealed for good: a yearly report of a förbund, a release of one, or
// how it was proved beside others.
enum class SealedKind : uint8_t { kReport = 1, kRelease = 2, kBeside = 3 };
// Under this id lie the releases of the nation.
inline const ForbundId kNation = ForbundId::FromBytes({});
// One of them without its content.
struct SealedReportKey {
  ForbundId forbund;
  int year = 0;
  int revision = 0;  // 1, 2, … of the year, without gaps.
  absl::Time recorded_at;
  uint32_t key_version = 0;  // Of the key that signed it.
  SealedKind kind = SealedKind::kReport;
};
struct SealedReport {
  SealedReportKey key;
  std::string payload;
  std::string signature;   // Ed25519.
  std::string public_key;  // That verifies it: 32 bytes.
};
// What becomes one.
struct ReportToSeal {
  ForbundId forbund;
  int year = 0;
  int revision = 0;
  std::string payload;
  std::string signed_text;  // What is signed of the payload.
  SealedKind kind = SealedKind::kReport;
};

// Reads a snapshot of one moment. "As of" T, every Get, List and Find gives the
// newest version with known_from ≤ T.
//
// Every call fails with UNAVAILABLE (DATABASE_AWAY) when the database does not
// answer. Gets fail with NOT_FOUND, and with DATA_LOSS (RECORD_UNREADABLE) when
// the seal does not open. Lists of förbund, questions, insatser and counts fail
// with DATA_LOSS as a whole.
class ReadTransaction {
 public:
  virtual ~ReadTransaction() = default;

  virtual absl::StatusOr<Versioned<domain::Forbund>> GetForbund(
      ForbundId id) = 0;
  // The version of that number, or the last one before it; no as-of. So all
  // Get…Version below.
  virtual absl::StatusOr<Versioned<domain::Forbund>> GetForbundVersion(
      ForbundId id, int64_t version) = 0;
  // By id, that is in the order they were created; so all lists below.
  virtual absl::StatusOr<std::vector<Versioned<domain::Forbund>>>
  ListForbund() = 0;

  virtual absl::StatusOr<Versioned<domain::Question>> GetQuestion(
      const QuestionKey& key) = 0;
  virtual absl::StatusOr<Versioned<domain::Question>> GetQuestionVersion(
      const QuestionKey& key, int64_t version) = 0;
  virtual absl::StatusOr<std::vector<Versioned<domain::Question>>>
  ListQuestions(ForbundId forbund) = 0;

  virtual absl::StatusOr<Versioned<domain::Insats>> GetInsats(
      const InsatsKey& key) = 0;
  virtual absl::StatusOr<Versioned<domain::Insats>> GetInsatsVersion(
      const InsatsKey& key, int64_t version) = 0;
  virtual absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatser(
      ForbundId forbund) = 0;
  // Every version of every insats of the förbund, oldest first; no as-of.
  virtual absl::StatusOr<std::vector<Versioned<domain::Insats>>>
  ListInsatsVersions(ForbundId forbund) = 0;

  virtual absl::StatusOr<Versioned<domain::Participation>> GetParticipation(
      const ParticipationKey& key) = 0;
  // That version itself.
  virtual absl::StatusOr<Versioned<domain::Participation>>
  GetParticipationVersion(const ParticipationKey& key, int64_t version) = 0;
  // At most `limit`, after `after` if given.
  virtual absl::StatusOr<std::vector<ListedParticipation>> ListParticipations(
      const InsatsKey& insats, std::optional<ParticipationId> after,
      int limit) = 0;
  // Those of a person, by the number they have now; in one insats or in all.
  virtual absl::StatusOr<std::vector<ListedParticipation>> FindByNumber(
      ForbundId forbund, std::optional<InsatsId> insats,
      const domain::PersonNumber& number) = 0;
  // Visits every version of every participation of the förbund, versions of a
  // participation in order; no as-of. Stops at the first error of `visit`.
  using VersionVisitor = std::function<absl::Status(const ScannedVersion&)>;
  virtual absl::Status ScanParticipations(ForbundId forbund,
                                          const VersionVisitor& visit) = 0;

  // Nothing when the participation is not erased.
  virtual absl::StatusOr<std::optional<Erasure>> FindErasure(
      const ParticipationKey& key) = 0;
  // In the order they were erased; no as-of.
  virtual absl::StatusOr<std::vector<Erasure>> ListErasures(
      ForbundId forbund) = 0;
  // Nothing when the person has not withdrawn a consent in the förbund, or that
  // is forgotten. NOT_FOUND without such a förbund.
  virtual absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) = 0;

  virtual absl::StatusOr<Versioned<domain::Count>> GetCount(
      const InsatsKey& insats, domain::CountKind kind, int year) = 0;
  virtual absl::StatusOr<Versioned<domain::Count>> GetCountVersion(
      const InsatsKey& insats, domain::CountKind kind, int year,
      int64_t version) = 0;
  // By year and kind.
  virtual absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCounts(
      const InsatsKey& insats) = 0;
  // Every version of every count of the förbund, oldest first; no as-of.
  virtual absl::StatusOr<std::vector<Versioned<domain::Count>>>
  ListCountVersions(ForbundId forbund) = 0;

  // By year and revision, of any moment; none without such a förbund.
  virtual absl::StatusOr<std::vector<SealedReportKey>> ListSealedReports(
      ForbundId forbund, SealedKind kind) = 0;
  virtual absl::StatusOr<SealedReport> GetSealedReport(ForbundId forbund,
                                                       SealedKind kind,
                                                       int year,
                                                       int revision) = 0;

  // Grants are as they are now, whatever the as-of.
  virtual absl::StatusOr<std::vector<Versioned<domain::Grant>>>
  ListGrants() = 0;
  virtual absl::StatusOr<std::vector<domain::Grant>> GrantsOf(
      absl::string_view user) = 0;

  virtual absl::StatusOr<FeedPosition> Tail() = 0;
  // At most `limit` changes after `after`, in order and without gaps.
  virtual absl::StatusOr<std::vector<Change>> ReadChanges(FeedPosition after,
                                                          int limit) = 0;

  // A keyed digest of `request`, under the förbund's own key or the
  // installation's.
  virtual absl::StatusOr<std::string> RequestDigest(
      std::optional<ForbundId> forbund, absl::string_view request) = 0;
  // What was remembered in the last 7 days; nothing when nothing was.
  virtual absl::StatusOr<std::optional<RequestMemory>> FindRequest(
      const RequestKey& key) = 0;

  // Entries of a log after `after`, in order, at most `limit`. One that does
  // not open is listed as such.
  virtual absl::StatusOr<std::vector<RecordedAuditEntry>> ListAudit(
      std::optional<ForbundId> forbund, int64_t after, int limit) = 0;
  virtual absl::StatusOr<int64_t> CountAuditEntries() = 0;
  // The end of a log, signed now. NOT_FOUND without such a förbund.
  virtual absl::StatusOr<AuditHead> SignAuditHead(
      std::optional<ForbundId> forbund) = 0;
  // The heads that were kept as the log grew, the smallest first.
  virtual absl::StatusOr<std::vector<AuditHead>> ListAuditHeads(
      std::optional<ForbundId> forbund) = 0;
  // Whether a head is signed with the key of its log.
  virtual absl::StatusOr<bool> IsSigned(const AuditHead& head) = 0;
  // The public key of that: 32 bytes.
  virtual absl::StatusOr<std::string> SigningPublicKey(
      std::optional<ForbundId> forbund) = 0;
};

// Writes besides. Each Put makes a new version and its change in the feed; what
// a failing body did is undone. Fails besides with RESOURCE_EXHAUSTED
// (DISK_FULL).
class WriteTransaction : public ReadTransaction {
 public:
  // The recorded_at of everything this transaction writes.
  virtual absl::Time RecordedAt() const = 0;
  // A new time-ordered id.
  virtual IdBytes NewId() = 0;

  // A förbund that is new gets keys of its own.
  virtual absl::StatusOr<Versioned<domain::Forbund>> PutForbund(
      const domain::Forbund& forbund) = 0;
  virtual absl::StatusOr<Versioned<domain::Question>> PutQuestion(
      ForbundId forbund, const domain::Question& question) = 0;
  virtual absl::StatusOr<Versioned<domain::Insats>> PutInsats(
      ForbundId forbund, const domain::Insats& insats) = 0;
  // `known_from` is given for migrated versions only; then FAILED_PRECONDITION
  // with KNOWN_LATER when the version before has a later one.
  virtual absl::StatusOr<Versioned<domain::Participation>> PutParticipation(
      ForbundId forbund, const domain::Participation& participation,
      std::optional<absl::Time> known_from) = 0;
  // Destroys the participation's key and every version, and what is remembered
  // of requests about it. It stands on the list of erasures before this is
  // committed, and no trace of it is left in the database's files once the
  // write is told done. NOT_FOUND.
  virtual absl::StatusOr<Erasure> EraseParticipation(
      const ParticipationToErase& erased) = 0;
  // Removes the withdrawals that were kept until before `today`.
  virtual absl::Status ForgetWithdrawals(ForbundId forbund, Day today) = 0;

  virtual absl::StatusOr<Versioned<domain::Count>> PutCount(
      ForbundId forbund, const domain::Count& count,
      std::optional<absl::Time> known_from) = 0;

  // Signs with the förbund's key and stores for good. INTERNAL unless the
  // revision is the one after the newest of its year.
  virtual absl::StatusOr<SealedReport> PutSealedReport(
      const ReportToSeal& report) = 0;

  // Putting a grant that is there already changes nothing.
  virtual absl::StatusOr<Versioned<domain::Grant>> PutGrant(
      const domain::Grant& grant) = 0;
  // NOT_FOUND when there is none such.
  virtual absl::Status RemoveGrant(const domain::Grant& grant) = 0;

  // Begins a rotation of all keys once this is committed; nothing while one is
  // under way.
  virtual absl::Status BeginKeyRotation() = 0;

  virtual absl::Status AppendAudit(const AuditEntry& entry) = 0;
  virtual absl::Status RememberRequest(const RequestKey& key,
                                       const RequestMemory& memory) = 0;
};

}  // namespace stegvis::storage
