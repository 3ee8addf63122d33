#include "storage/store/sql_transaction.h"

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "storage/store/key_rows.h"

namespace stegvis::storage {
namespace {

const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <typename T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

// Whether nothing can have been written when a Put failed so: these are told
// before its first statement.
bool IsRefusal(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsFailedPrecondition(status);
}

// The value of `key` in `memory`; read and kept when it is not there.
template <typename Memory, typename Key, typename Read>
auto Remembered(Memory& memory, const Key& key, const Read& read)
    -> decltype(read()) {
  const auto known = memory.find(key);
  if (known != memory.end()) return known->second;
  auto value = read();
  if (value.ok()) memory.emplace(key, *value);
  return value;
}

}  // namespace

absl::StatusOr<std::vector<domain::Grant>> SqlReadTransaction::GrantsOf(
    absl::string_view user) {
  std::optional<std::vector<domain::Grant>> known = grants_.Find(user);
  if (known.has_value()) return *std::move(known);
  ASSIGN_OR_RETURN(std::vector<domain::Grant> grants, SqlReads::GrantsOf(user));
  grants_.Keep(edition_, user, grants);
  return grants;
}

SqlWriteTransaction::SqlWriteTransaction(
    const Session& session, Undoing undoing, absl::Time recorded_at,
    WriterCounters& counters, WriterMemory& memory, const ErasureLog& erasures,
    IdSource& ids)
    : SqlReads(session),
      undoing_(undoing),
      recorded_at_(recorded_at),
      ids_(ids),
      memory_(memory),
      erasures_(erasures),
      writing_{GetSession(), absl::ToUnixMicros(recorded_at), counters} {}

absl::Status SqlWriteTransaction::BeforeWriting() {
  RETURN_IF_ERROR(broken_);
  if (undoing_ == Undoing::kAlone && !savepoint_) {
    broken_ = GetSession().connection.SetSavepoint();
    RETURN_IF_ERROR(broken_);
    savepoint_ = true;
  }
  written_ = true;
  return absl::OkStatus();
}

template <typename Put>
auto SqlWriteTransaction::Run(const Put& put) -> decltype(put()) {
  RETURN_IF_ERROR(BeforeWriting());
  auto result = put();
  if (!result.ok() && !IsRefusal(StatusOf(result))) {
    broken_ = StatusOf(result);
  }
  return result;
}

absl::StatusOr<Versioned<domain::Forbund>> SqlWriteTransaction::GetForbund(
    ForbundId id) {
  return Remembered(memory_.forbund, id,
                    [&] { return SqlReads::GetForbund(id); });
}

absl::StatusOr<Versioned<domain::Insats>> SqlWriteTransaction::GetInsats(
    const InsatsKey& key) {
  return Remembered(memory_.insatser, std::pair(key.forbund, key.insats),
                    [&] { return SqlReads::GetInsats(key); });
}

absl::StatusOr<std::vector<Versioned<domain::Question>>>
SqlWriteTransaction::ListQuestions(ForbundId forbund) {
  return Remembered(memory_.questions, forbund,
                    [&] { return SqlReads::ListQuestions(forbund); });
}

absl::StatusOr<Versioned<domain::Participation>>
SqlWriteTransaction::GetParticipationVersion(const ParticipationKey& key,
                                             int64_t version) {
  const bool is_it = put_.has_value() && put_->version == version &&
                     put_->value.insats == key.insats &&
                     put_->value.id == key.participation;
  if (is_it) return *put_;
  return SqlReads::GetParticipationVersion(key, version);
}

absl::StatusOr<std::optional<domain::Withdrawal>>
SqlWriteTransaction::FindWithdrawal(ForbundId forbund,
                                    const domain::PersonNumber& number) {
  ASSIGN_OR_RETURN(const bool any,
                   Remembered(memory_.withdrawals, forbund, [&] {
                     return storage::HasWithdrawals(GetSession(), forbund);
                   }));
  if (!any) return std::optional<domain::Withdrawal>();
  return SqlReads::FindWithdrawal(forbund, number);
}

absl::StatusOr<Versioned<domain::Forbund>> SqlWriteTransaction::PutForbund(
    const domain::Forbund& forbund) {
  memory_.Clear();
  return Run([&] { return storage::PutForbund(writing_, forbund); });
}

absl::StatusOr<Versioned<domain::Question>> SqlWriteTransaction::PutQuestion(
    ForbundId forbund, const domain::Question& question) {
  memory_.Clear();
  return Run([&] { return storage::PutQuestion(writing_, forbund, question); });
}

absl::StatusOr<Versioned<domain::Insats>> SqlWriteTransaction::PutInsats(
    ForbundId forbund, const domain::Insats& insats) {
  memory_.Clear();
  return Run([&] { return storage::PutInsats(writing_, forbund, insats); });
}

absl::StatusOr<Versioned<domain::Participation>>
SqlWriteTransaction::PutParticipation(
    ForbundId forbund, const domain::Participation& participation,
    std::optional<absl::Time> known_from) {
  ASSIGN_OR_RETURN(put_, Run([&] {
                     return storage::PutParticipation(
                         writing_, forbund, participation, known_from);
                   }));
  return *put_;
}

absl::StatusOr<Erasure> SqlWriteTransaction::EraseParticipation(
    const ParticipationToErase& erased) {
  erased_ = true;
  put_.reset();
  memory_.withdrawals.clear();
  return Run(
      [&] { return storage::EraseParticipation(writing_, erasures_, erased); });
}

absl::Status SqlWriteTransaction::ForgetWithdrawals(ForbundId forbund,
                                                    Day today) {
  erased_ = true;
  return Run(
      [&] { return storage::ForgetWithdrawals(writing_, forbund, today); });
}

absl::StatusOr<Versioned<domain::Count>> SqlWriteTransaction::PutCount(
    ForbundId forbund, const domain::Count& count,
    std::optional<absl::Time> known_from) {
  return Run(
      [&] { return storage::PutCount(writing_, forbund, count, known_from); });
}

absl::StatusOr<SealedReport> SqlWriteTransaction::PutSealedReport(
    const ReportToSeal& report) {
  return Run([&] { return storage::PutSealedReport(writing_, report); });
}

absl::StatusOr<Versioned<domain::Grant>> SqlWriteTransaction::PutGrant(
    const domain::Grant& grant) {
  grants_changed_ = true;
  return Run([&] { return storage::PutGrant(writing_, grant); });
}

absl::Status SqlWriteTransaction::RemoveGrant(const domain::Grant& grant) {
  grants_changed_ = true;
  return Run([&] { return storage::RemoveGrant(writing_, grant); });
}

absl::Status SqlWriteTransaction::BeginKeyRotation() {
  rotation_begun_ = true;
  return Run([&] { return storage::BeginKeyRotation(writing_); });
}

absl::Status SqlWriteTransaction::Do(
    const std::function<absl::Status(WriteSession&)>& work) {
  return Run([&] { return work(writing_); });
}

absl::Status SqlWriteTransaction::AppendAudit(const AuditEntry& entry) {
  return Run([&] { return storage::AppendAudit(writing_, entry); });
}

absl::Status SqlWriteTransaction::RememberRequest(const RequestKey& key,
                                                  const RequestMemory& memory) {
  return Run([&] { return storage::RememberRequest(writing_, key, memory); });
}

absl::Status SqlWriteTransaction::Finish(const absl::Status& result) {
  absl::Status end = broken_.ok() ? result : broken_;
  if (!savepoint_) return end;
  sql::Connection& connection = GetSession().connection;
  savepoint_ = false;
  if (!connection.InTransaction()) return end;
  if (end.ok()) end = connection.ReleaseSavepoint();
  if (end.ok()) return end;
  // Without its place to go back to, the whole transaction must go.
  if (!connection.RollbackToSavepoint().ok()) connection.Rollback();
  return end;
}

}  // namespace stegvis::storage
