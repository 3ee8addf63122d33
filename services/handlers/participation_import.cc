#include "services/handlers/participation_import.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/domain/erasure.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_registration.h"
#include "services/handlers/insats_setting.h"
#include "services/handlers/participation_ledger.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::RegisterDecision;
using domain::Role;

constexpr absl::string_view kMethod = "ImportParticipations";

domain::Scope ScopeOf(const InsatsKey& key) {
  return domain::Scope{key.forbund, key.insats};
}

std::optional<absl::Time> RegisteredTime(const v1::ParticipationRow& row) {
  if (!row.has_registered_time()) return std::nullopt;
  return TimeOf(row.registered_time());
}

RowOutcome OutcomeOf(RegisterDecision::Kind kind) {
  switch (kind) {
    case RegisterDecision::Kind::kNew:
      return RowOutcome::kRecorded;
    case RegisterDecision::Kind::kUpdated:
      return RowOutcome::kUpdated;
    case RegisterDecision::Kind::kUnchanged:
      return RowOutcome::kUnchanged;
  }
  return RowOutcome::kUnchanged;
}

// The rows of one message. One thread.
class ParticipationPass {
 public:
  ParticipationPass(const access::Caller& caller, const domain::CodeBook& codes,
                    const ImportMode& mode, absl::Time now,
                    storage::ReadTransaction& tx, ParticipationLedger& ledger,
                    v1::ImportProgress& progress)
      : caller_(caller),
        codes_(codes),
        mode_(mode),
        now_(now),
        ledger_(ledger),
        progress_(progress),
        settings_(tx, [this](const InsatsKey& key) { return Permit(key); }) {}

  absl::StatusOr<RowOutcome> Handle(const v1::ParticipationRow& row,
                                    RowPlace& place);

 private:
  // A row that could be read, and where it belongs.
  struct ReadRow {
    CheckedRegistration checked;
    std::optional<absl::Time> known_from;
  };

  absl::Status Permit(const InsatsKey& key) const;
  // Whether the caller may add to what others registered.
  bool MayAddToAll(const InsatsKey& key) const;
  Day TodayOf(const std::optional<absl::Time>& known_from) const {
    return SwedishDay(known_from.value_or(now_));
  }

  // A row whose end reason withdraws the consent erases the participation.
  bool Withdraws(const v1::ParticipationRow& row) const;
  absl::StatusOr<RowOutcome> Withdraw(const v1::ParticipationRow& row,
                                      const InsatsSetting& setting,
                                      RowPlace& place);

  absl::StatusOr<ReadRow> Read(const v1::ParticipationRow& row,
                               const InsatsSetting& setting) const;
  absl::StatusOr<RegisterDecision> Decide(const ReadRow& read,
                                          const InsatsSetting& setting,
                                          const KnownParticipations& known);
  absl::Status CheckNotWithdrawn(const domain::Participation& participation,
                                 const InsatsSetting& setting);
  bool IsAnothers(const domain::Registration& registration,
                  const InsatsSetting& setting,
                  const KnownParticipations& known) const;
  absl::Status Put(RegisterDecision& decision, const ReadRow& read,
                   ForbundId forbund, KnownParticipations known);
  void TellFindings(int64_t line, const domain::Participation& participation);

  const access::Caller& caller_;
  const domain::CodeBook& codes_;
  const ImportMode& mode_;
  const absl::Time now_;
  ParticipationLedger& ledger_;
  v1::ImportProgress& progress_;
  SettingCache settings_;
};

absl::Status ParticipationPass::Permit(const InsatsKey& key) const {
  if (MayAddToAll(key) || caller_.Has(Role::kImporter, ScopeOf(key))) {
    return absl::OkStatus();
  }
  return errors::NotPermitted();
}

bool ParticipationPass::MayAddToAll(const InsatsKey& key) const {
  return caller_.Has(Role::kSamordnare, ScopeOf(key)) ||
         (mode_.migrate && caller_.Has(Role::kOperator, ScopeOf(key)));
}

absl::StatusOr<RowOutcome> ParticipationPass::Handle(
    const v1::ParticipationRow& row, RowPlace& place) {
  const absl::StatusOr<const InsatsSetting*> found =
      settings_.Get(row.insats());
  if (!found.ok()) {
    place.resource = AuditableName(row.insats());
    return found.status();
  }
  const InsatsSetting& setting = **found;
  place = RowPlace{setting.key.forbund, row.insats()};
  if (Withdraws(row)) return Withdraw(row, setting, place);
  ASSIGN_OR_RETURN(const ReadRow read, Read(row, setting));
  const domain::Registration& said = read.checked.registration;
  ASSIGN_OR_RETURN(KnownParticipations known,
                   ledger_.Find(setting.key, said.number));
  ASSIGN_OR_RETURN(RegisterDecision decision, Decide(read, setting, known));
  place.resource = validation::ParticipationName(ParticipationKey{
      setting.key.forbund, setting.key.insats, decision.participation.id});
  RETURN_IF_ERROR(Put(decision, read, setting.key.forbund, std::move(known)));
  TellFindings(row.line(), decision.participation);
  if (read.checked.support_unknown) {
    progress_.set_unknown_supports(progress_.unknown_supports() + 1);
  }
  return OutcomeOf(decision.kind);
}

bool ParticipationPass::Withdraws(const v1::ParticipationRow& row) const {
  const domain::Code* const reason = codes_.Find(
      domain::CodeList::kEndReason, row.registration().exit().end_reason());
  return reason != nullptr && reason->flags.withdraws_consent;
}

// Of one that is not there, because it never was or is erased already, nothing
// may be kept.
absl::StatusOr<RowOutcome> ParticipationPass::Withdraw(
    const v1::ParticipationRow& row, const InsatsSetting& setting,
    RowPlace& place) {
  Reading reading;
  const domain::Registration said =
      ReadRegistration(row.registration(),
                       {setting.key.forbund, TodayOf(std::nullopt)}, reading);
  RETURN_IF_ERROR(InField("registration", reading.With(absl::OkStatus())));
  ASSIGN_OR_RETURN(KnownParticipations known,
                   ledger_.Find(setting.key, said.number));
  const auto same =
      std::find_if(known.participations.begin(), known.participations.end(),
                   [&](const auto& one) {
                     return one.entry.day == said.entry.day &&
                            !domain::IsRegisteredWrongly(one, codes_);
                   });
  if (same == known.participations.end()) return errors::ConsentWithdrawn();
  if (IsAnothers(said, setting, known)) return errors::NotYours();
  const domain::Participation withdrawn = *same;
  place.resource = validation::ParticipationName(
      {setting.key.forbund, setting.key.insats, withdrawn.id});
  RETURN_IF_ERROR(
      ledger_.Erase(setting.key.forbund, withdrawn, std::move(known)));
  return RowOutcome::kUpdated;
}

absl::StatusOr<ParticipationPass::ReadRow> ParticipationPass::Read(
    const v1::ParticipationRow& row, const InsatsSetting& setting) const {
  const absl::StatusOr<std::optional<absl::Time>> known_from =
      KnownFrom(mode_, RegisteredTime(row), now_);
  const Day today = TodayOf(known_from.ok() ? *known_from : std::nullopt);
  absl::StatusOr<CheckedRegistration> checked = ReadAndCheck(
      row.registration(), setting.Get(codes_, today), mode_.migrate);
  if (!checked.ok() && FaultsOf(checked.status()).empty()) {
    return checked.status();
  }
  Faults faults;
  faults.AddFrom("", known_from.status());
  faults.AddFrom("registration", checked.status());
  RETURN_IF_ERROR(faults.ToStatus());
  return ReadRow{*std::move(checked), *known_from};
}

absl::StatusOr<RegisterDecision> ParticipationPass::Decide(
    const ReadRow& read, const InsatsSetting& setting,
    const KnownParticipations& known) {
  const domain::Registration& said = read.checked.registration;
  absl::StatusOr<RegisterDecision> decision = domain::DecideRegistration(
      known.participations, said, ledger_.NewId(), caller_.user,
      setting.Get(codes_, TodayOf(read.known_from)));
  const bool changes =
      !decision.ok() || decision->kind == RegisterDecision::Kind::kUpdated;
  // Before DIFFERS_FROM_RECORDED, which says what another user recorded.
  if (changes && IsAnothers(said, setting, known)) return errors::NotYours();
  if (!decision.ok()) return InField("registration", decision.status());
  if (decision->kind == RegisterDecision::Kind::kNew) {
    RETURN_IF_ERROR(CheckNotWithdrawn(decision->participation, setting));
  }
  return decision;
}

absl::Status ParticipationPass::CheckNotWithdrawn(
    const domain::Participation& participation, const InsatsSetting& setting) {
  ASSIGN_OR_RETURN(
      const std::optional<domain::Withdrawal> withdrawal,
      ledger_.FindWithdrawal(setting.key.forbund, participation.number));
  return InField("registration",
                 domain::CheckNotWithdrawn(participation.consent, withdrawal));
}

bool ParticipationPass::IsAnothers(const domain::Registration& registration,
                                   const InsatsSetting& setting,
                                   const KnownParticipations& known) const {
  if (MayAddToAll(setting.key)) return false;
  return std::any_of(known.participations.begin(), known.participations.end(),
                     [&](const domain::Participation& one) {
                       return one.entry.day == registration.entry.day &&
                              one.registered_by != caller_.user &&
                              !domain::IsRegisteredWrongly(one, codes_);
                     });
}

absl::Status ParticipationPass::Put(RegisterDecision& decision,
                                    const ReadRow& read, ForbundId forbund,
                                    KnownParticipations known) {
  if (decision.kind == RegisterDecision::Kind::kUnchanged) {
    return absl::OkStatus();
  }
  decision.participation.migrated = mode_.migrate;
  const absl::Time* before = known.KnownFrom(decision.participation.id);
  if (before != nullptr) {
    RETURN_IF_ERROR(CheckNotKnownLater(*before, read.known_from));
  }
  return ledger_.Put(forbund, decision.participation, read.known_from,
                     std::move(known));
}

void ParticipationPass::TellFindings(
    int64_t line, const domain::Participation& participation) {
  v1::RowFinding* told = nullptr;
  const auto& acknowledged = participation.acknowledgements;
  for (const domain::FindingKind kind :
       domain::FindingsOf(participation, codes_)) {
    if (std::any_of(acknowledged.begin(), acknowledged.end(),
                    [&](const auto& one) { return one.kind == kind; })) {
      continue;
    }
    if (told == nullptr) {
      told = progress_.add_findings();
      told->set_line(line);
    }
    const absl::string_view name = domain::FindingName(kind);
    told->add_kinds(name.data(), name.size());
  }
}

}  // namespace

ParticipationImport::ParticipationImport(const domain::CodeBook& codes,
                                         const Clock& clock)
    : codes_(codes), clock_(clock), memory_(std::make_unique<ImportMemory>()) {}

ParticipationImport::ParticipationImport(ParticipationImport&&) noexcept =
    default;

ParticipationImport::~ParticipationImport() = default;

absl::Status ParticipationImport::Begin(const access::Caller& caller,
                                        const v1::ImportOptions& options) {
  ASSIGN_OR_RETURN(mode_, ImportModeFrom(caller, options));
  return absl::OkStatus();
}

absl::Status ParticipationImport::Apply(const access::Caller& caller,
                                        const v1::ParticipationRows& rows,
                                        storage::WriteTransaction& tx,
                                        v1::ImportProgress& progress) const {
  const absl::Time now = clock_.Now();
  StoreLedger ledger(tx, codes_, now);
  ParticipationPass pass(caller, codes_, mode_, now, tx, ledger, progress);
  return AnswerRows(
      rows.rows(), caller, kMethod,
      [&](const auto& row, RowPlace& place) { return pass.Handle(row, place); },
      [&](const storage::AuditEntry& entry) { return tx.AppendAudit(entry); },
      progress);
}

absl::Status ParticipationImport::Check(const access::Caller& caller,
                                        const v1::ParticipationRows& rows,
                                        storage::ReadTransaction& tx,
                                        v1::ImportProgress& progress) {
  const absl::Time now = clock_.Now();
  DryLedger ledger(tx, now, *memory_);
  ParticipationPass pass(caller, codes_, mode_, now, tx, ledger, progress);
  return AnswerRows(
      rows.rows(), caller, kMethod,
      [&](const auto& row, RowPlace& place) { return pass.Handle(row, place); },
      AppendNothing, progress);
}

}  // namespace stegvis::handlers
