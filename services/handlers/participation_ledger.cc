#include "services/handlers/participation_ledger.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/status_macros.h"
#include "services/handlers/erasure_handler.h"

namespace stegvis::handlers {
namespace {

template <typename Id>
std::string MemoryKey(const Id& place, const domain::PersonNumber& number) {
  return absl::StrCat(
      place.View(),
      number.Digits(RevealKey::For("the memory of one dry run, never kept")));
}

absl::StatusOr<KnownParticipations> FindIn(storage::ReadTransaction& tx,
                                           const InsatsKey& insats,
                                           const domain::PersonNumber& number) {
  ASSIGN_OR_RETURN(std::vector<storage::ListedParticipation> listed,
                   tx.FindByNumber(insats.forbund, insats.insats, number));
  KnownParticipations known;
  for (storage::ListedParticipation& one : listed) {
    ASSIGN_OR_RETURN(storage::Versioned<domain::Participation> stored,
                     std::move(one.participation));
    known.known_from.push_back(stored.known_from);
    known.participations.push_back(std::move(stored.value));
  }
  return known;
}

}  // namespace

void KnownParticipations::Put(const domain::Participation& participation,
                              absl::Time from) {
  for (size_t i = 0; i < participations.size(); ++i) {
    if (participations[i].id != participation.id) continue;
    participations[i] = participation;
    known_from[i] = from;
    return;
  }
  participations.push_back(participation);
  known_from.push_back(from);
}

void KnownParticipations::Remove(ParticipationId id) {
  for (size_t i = 0; i < participations.size(); ++i) {
    if (participations[i].id != id) continue;
    const auto place = static_cast<ptrdiff_t>(i);
    participations.erase(participations.begin() + place);
    known_from.erase(known_from.begin() + place);
    return;
  }
}

const absl::Time* KnownParticipations::KnownFrom(ParticipationId id) const {
  for (size_t i = 0; i < participations.size(); ++i) {
    if (participations[i].id == id) return &known_from[i];
  }
  return nullptr;
}

const KnownParticipations* ImportMemory::Find(
    InsatsId insats, const domain::PersonNumber& number) const {
  const auto found = known_.find(MemoryKey(insats, number));
  return found == known_.end() ? nullptr : &found->second;
}

void ImportMemory::Put(InsatsId insats, const domain::PersonNumber& number,
                       KnownParticipations known) {
  known_[MemoryKey(insats, number)] = std::move(known);
}

std::optional<domain::Withdrawal> ImportMemory::FindWithdrawal(
    ForbundId forbund, const domain::PersonNumber& number) const {
  const auto found = withdrawn_.find(MemoryKey(forbund, number));
  if (found == withdrawn_.end()) return std::nullopt;
  return found->second;
}

void ImportMemory::Withdraw(ForbundId forbund,
                            const domain::PersonNumber& number,
                            const domain::Withdrawal& withdrawal) {
  withdrawn_.insert_or_assign(MemoryKey(forbund, number), withdrawal);
}

absl::StatusOr<KnownParticipations> StoreLedger::Find(
    const InsatsKey& insats, const domain::PersonNumber& number) {
  return FindIn(tx_, insats, number);
}

absl::Status StoreLedger::Put(ForbundId forbund,
                              const domain::Participation& participation,
                              std::optional<absl::Time> known_from,
                              KnownParticipations /*known*/) {
  return tx_.PutParticipation(forbund, participation, known_from).status();
}

absl::Status StoreLedger::Erase(ForbundId forbund,
                                const domain::Participation& participation,
                                KnownParticipations /*known*/) {
  return handlers::Erase({forbund, participation.insats, participation.id},
                         codes_, SwedishDay(now_), tx_);
}

absl::StatusOr<std::optional<domain::Withdrawal>> StoreLedger::FindWithdrawal(
    ForbundId forbund, const domain::PersonNumber& number) {
  return tx_.FindWithdrawal(forbund, number);
}

ParticipationId StoreLedger::NewId() {
  return ParticipationId::FromBytes(tx_.NewId());
}

absl::StatusOr<KnownParticipations> DryLedger::Find(
    const InsatsKey& insats, const domain::PersonNumber& number) {
  const KnownParticipations* remembered = memory_.Find(insats.insats, number);
  if (remembered != nullptr) return *remembered;
  return FindIn(tx_, insats, number);
}

absl::Status DryLedger::Put(ForbundId /*forbund*/,
                            const domain::Participation& participation,
                            std::optional<absl::Time> known_from,
                            KnownParticipations known) {
  known.Put(participation, known_from.value_or(now_));
  memory_.Put(participation.insats, participation.number, std::move(known));
  return absl::OkStatus();
}

// As far as the rows that follow are concerned: how long the withdrawal is kept
// in mind does not matter to them.
absl::Status DryLedger::Erase(ForbundId forbund,
                              const domain::Participation& participation,
                              KnownParticipations known) {
  const Day today = SwedishDay(now_);
  memory_.Withdraw(forbund, participation.number, {today, today});
  known.Remove(participation.id);
  memory_.Put(participation.insats, participation.number, std::move(known));
  return absl::OkStatus();
}

absl::StatusOr<std::optional<domain::Withdrawal>> DryLedger::FindWithdrawal(
    ForbundId forbund, const domain::PersonNumber& number) {
  const std::optional<domain::Withdrawal> remembered =
      memory_.FindWithdrawal(forbund, number);
  if (remembered.has_value()) return remembered;
  return tx_.FindWithdrawal(forbund, number);
}

ParticipationId DryLedger::NewId() {
  return ParticipationId::FromBytes(RandomUuid());
}

}  // namespace stegvis::handlers
