// The transactions of transaction.h over an SQL connection: each call goes to
// the rows of its thing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "storage/store/audit_rows.h"
#include "storage/store/change_rows.h"
#include "storage/store/erasure_rows.h"
#include "storage/store/forbund_rows.h"
#include "storage/store/grant_cache.h"
#include "storage/store/grant_rows.h"
#include "storage/store/participation_rows.h"
#include "storage/store/request_rows.h"
#include "storage/store/sealed_report_rows.h"
#include "storage/store/session.h"
#include "storage/store/transaction.h"

namespace stegvis::storage {

// The reading calls, for both kinds of transaction.
template <typename Base>
class SqlReads : public Base {
 public:
  explicit SqlReads(const Session& session) : session_(session) {}

  absl::StatusOr<Versioned<domain::Forbund>> GetForbund(ForbundId id) override {
    return storage::GetForbund(session_, id, VersionBounds::AsOf(session_));
  }
  absl::StatusOr<Versioned<domain::Forbund>> GetForbundVersion(
      ForbundId id, int64_t version) override {
    return storage::GetForbund(session_, id, VersionBounds::UpTo(version));
  }
  absl::StatusOr<std::vector<Versioned<domain::Forbund>>> ListForbund()
      override {
    return storage::ListForbund(session_);
  }
  absl::StatusOr<Versioned<domain::Question>> GetQuestion(
      const QuestionKey& key) override {
    return storage::GetQuestion(session_, key, VersionBounds::AsOf(session_));
  }
  absl::StatusOr<Versioned<domain::Question>> GetQuestionVersion(
      const QuestionKey& key, int64_t version) override {
    return storage::GetQuestion(session_, key, VersionBounds::UpTo(version));
  }
  absl::StatusOr<std::vector<Versioned<domain::Question>>> ListQuestions(
      ForbundId forbund) override {
    return storage::ListQuestions(session_, forbund);
  }
  absl::StatusOr<Versioned<domain::Insats>> GetInsats(
      const InsatsKey& key) override {
    return storage::GetInsats(session_, key, VersionBounds::AsOf(session_));
  }
  absl::StatusOr<Versioned<domain::Insats>> GetInsatsVersion(
      const InsatsKey& key, int64_t version) override {
    return storage::GetInsats(session_, key, VersionBounds::UpTo(version));
  }
  absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatser(
      ForbundId forbund) override {
    return storage::ListInsatser(session_, forbund);
  }
  absl::StatusOr<std::vector<Versioned<domain::Insats>>> ListInsatsVersions(
      ForbundId forbund) override {
    return storage::ListInsatsVersions(session_, forbund);
  }
  absl::StatusOr<Versioned<domain::Participation>> GetParticipation(
      const ParticipationKey& key) override {
    return storage::GetParticipation(session_, key);
  }
  absl::StatusOr<Versioned<domain::Participation>> GetParticipationVersion(
      const ParticipationKey& key, int64_t version) override {
    return storage::GetParticipationVersion(session_, key, version);
  }
  absl::StatusOr<std::vector<ListedParticipation>> ListParticipations(
      const InsatsKey& insats, std::optional<ParticipationId> after,
      int limit) override {
    return storage::ListParticipations(session_, insats, after, limit);
  }
  absl::StatusOr<std::vector<ListedParticipation>> FindByNumber(
      ForbundId forbund, std::optional<InsatsId> insats,
      const domain::PersonNumber& number) override {
    return storage::FindByNumber(session_, forbund, insats, number);
  }
  absl::Status ScanParticipations(
      ForbundId forbund,
      const ReadTransaction::VersionVisitor& visit) override {
    return storage::ScanParticipations(session_, forbund, visit);
  }
  absl::StatusOr<std::optional<Erasure>> FindErasure(
      const ParticipationKey& key) override {
    return storage::FindErasure(session_, key);
  }
  absl::StatusOr<std::vector<Erasure>> ListErasures(
      ForbundId forbund) override {
    return storage::ListErasures(session_, forbund);
  }
  absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) override {
    return storage::FindWithdrawal(session_, forbund, number);
  }
  absl::StatusOr<Versioned<domain::Count>> GetCount(const InsatsKey& insats,
                                                    domain::CountKind kind,
                                                    int year) override {
    return storage::GetCount(session_, insats, kind, year,
                             VersionBounds::AsOf(session_));
  }
  absl::StatusOr<Versioned<domain::Count>> GetCountVersion(
      const InsatsKey& insats, domain::CountKind kind, int year,
      int64_t version) override {
    return storage::GetCount(session_, insats, kind, year,
                             VersionBounds::UpTo(version));
  }
  absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCounts(
      const InsatsKey& insats) override {
    return storage::ListCounts(session_, insats);
  }
  absl::StatusOr<std::vector<Versioned<domain::Count>>> ListCountVersions(
      ForbundId forbund) override {
    return storage::ListCountVersions(session_, forbund);
  }
  absl::StatusOr<std::vector<SealedReportKey>> ListSealedReports(
      ForbundId forbund, SealedKind kind) override {
    return storage::ListSealedReports(session_, forbund, kind);
  }
  absl::StatusOr<SealedReport> GetSealedReport(ForbundId forbund,
                                               SealedKind kind, int year,
                                               int revision) override {
    return storage::GetSealedReport(session_, forbund, kind, year, revision);
  }
  absl::StatusOr<std::vector<Versioned<domain::Grant>>> ListGrants() override {
    return storage::ListGrants(session_);
  }
  absl::StatusOr<std::vector<domain::Grant>> GrantsOf(
      absl::string_view user) override {
    return storage::GrantsOf(session_, user);
  }
  absl::StatusOr<FeedPosition> Tail() override {
    return ReadTail(session_.connection);
  }
  absl::StatusOr<std::vector<Change>> ReadChanges(FeedPosition after,
                                                  int limit) override {
    return storage::ReadChanges(session_, after, limit);
  }
  absl::StatusOr<std::string> RequestDigest(
      std::optional<ForbundId> forbund, absl::string_view request) override {
    return storage::RequestDigest(session_, forbund, request);
  }
  absl::StatusOr<std::optional<RequestMemory>> FindRequest(
      const RequestKey& key) override {
    return storage::FindRequest(session_, key);
  }
  absl::StatusOr<std::vector<RecordedAuditEntry>> ListAudit(
      std::optional<ForbundId> forbund, int64_t after, int limit) override {
    return storage::ListAudit(session_, forbund, after, limit);
  }
  absl::StatusOr<int64_t> CountAuditEntries() override {
    return storage::CountAuditEntries(session_);
  }
  absl::StatusOr<AuditHead> SignAuditHead(
      std::optional<ForbundId> forbund) override {
    return storage::SignAuditHead(session_, forbund);
  }
  absl::StatusOr<std::vector<AuditHead>> ListAuditHeads(
      std::optional<ForbundId> forbund) override {
    return storage::ListAuditHeads(session_, forbund);
  }
  absl::StatusOr<bool> IsSigned(const AuditHead& head) override {
    return storage::IsSigned(session_, head);
  }
  absl::StatusOr<std::string> SigningPublicKey(
      std::optional<ForbundId> forbund) override {
    return storage::SigningPublicKey(session_, forbund);
  }

 protected:
  Session& GetSession() { return session_; }

 private:
  Session session_;
};

class SqlReadTransaction final : public SqlReads<ReadTransaction> {
 public:
  // Before the first statement of the session.
  SqlReadTransaction(const Session& session, GrantCache& grants)
      : SqlReads(session), grants_(grants), edition_(grants.Edition()) {}

  absl::StatusOr<std::vector<domain::Grant>> GrantsOf(
      absl::string_view user) override;

 private:
  GrantCache& grants_;
  const int64_t edition_;
};

// A body's part of the writer's transaction.
class SqlWriteTransaction final : public SqlReads<WriteTransaction> {
 public:
  // How what a body wrote is undone if it fails: with all that the transaction
  // holds, or alone, for which it needs a place to go back to.
  enum class Undoing { kWithAll, kAlone };

  SqlWriteTransaction(const Session& session, Undoing undoing,
                      absl::Time recorded_at, WriterCounters& counters,
                      WriterMemory& memory, const ErasureLog& erasures,
                      IdSource& ids);

  absl::StatusOr<Versioned<domain::Forbund>> GetForbund(ForbundId id) override;
  absl::StatusOr<Versioned<domain::Insats>> GetInsats(
      const InsatsKey& key) override;
  absl::StatusOr<std::vector<Versioned<domain::Question>>> ListQuestions(
      ForbundId forbund) override;
  absl::StatusOr<Versioned<domain::Participation>> GetParticipationVersion(
      const ParticipationKey& key, int64_t version) override;
  absl::StatusOr<std::optional<domain::Withdrawal>> FindWithdrawal(
      ForbundId forbund, const domain::PersonNumber& number) override;

  absl::Time RecordedAt() const override { return recorded_at_; }
  IdBytes NewId() override { return ids_.Next(recorded_at_); }

  absl::StatusOr<Versioned<domain::Forbund>> PutForbund(
      const domain::Forbund& forbund) override;
  absl::StatusOr<Versioned<domain::Question>> PutQuestion(
      ForbundId forbund, const domain::Question& question) override;
  absl::StatusOr<Versioned<domain::Insats>> PutInsats(
      ForbundId forbund, const domain::Insats& insats) override;
  absl::StatusOr<Versioned<domain::Participation>> PutParticipation(
      ForbundId forbund, const domain::Participation& participation,
      std::optional<absl::Time> known_from) override;
  absl::StatusOr<Erasure> EraseParticipation(
      const ParticipationToErase& erased) override;
  absl::Status ForgetWithdrawals(ForbundId forbund, Day today) override;
  absl::StatusOr<Versioned<domain::Count>> PutCount(
      ForbundId forbund, const domain::Count& count,
      std::optional<absl::Time> known_from) override;
  absl::StatusOr<SealedReport> PutSealedReport(
      const ReportToSeal& report) override;
  absl::StatusOr<Versioned<domain::Grant>> PutGrant(
      const domain::Grant& grant) override;
  absl::Status RemoveGrant(const domain::Grant& grant) override;
  absl::Status BeginKeyRotation() override;
  absl::Status AppendAudit(const AuditEntry& entry) override;
  absl::Status RememberRequest(const RequestKey& key,
                               const RequestMemory& memory) override;

  // What the store does by itself, as a call of transaction.h does.
  absl::Status Do(const std::function<absl::Status(WriteSession&)>& work);
  // The write is told done once nothing is left in the files of what was
  // deleted or replaced until then.
  void LeaveNoTrace() { erased_ = true; }

  // Whether anything may have been written.
  bool HasWritten() const { return written_; }

  // Whether a grant may have changed.
  bool HasChangedGrants() const { return grants_changed_; }
  bool HasBegunRotation() const { return rotation_begun_; }
  // Whether something was erased, so that its traces must go.
  bool HasErased() const { return erased_; }

  // What the body has erased.
  const std::vector<ErasureEntry>& Erased() const { return writing_.erased; }
  // What the body has appended to the logs; once it has ended well.
  Logs& AppendedLogs() { return writing_.logs; }

  // Ends the body's part. A body that swallowed an error of the database ends
  // with it all the same: half of what it wrote must not be committed.
  absl::Status Finish(const absl::Status& result);

 private:
  // Runs `put` unless the database has refused something before.
  template <typename Put>
  auto Run(const Put& put) -> decltype(put());

  absl::Status BeforeWriting();

  const Undoing undoing_;
  const absl::Time recorded_at_;
  IdSource& ids_;
  WriterMemory& memory_;
  const ErasureLog& erasures_;
  WriteSession writing_;
  // What this body put last, so that its answer need not open it again.
  std::optional<Versioned<domain::Participation>> put_;
  bool written_ = false;
  bool grants_changed_ = false;
  bool rotation_begun_ = false;
  bool erased_ = false;
  bool savepoint_ = false;
  absl::Status broken_;
};

}  // namespace stegvis::storage
