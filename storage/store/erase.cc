#include "storage/store/erase.h"

#include "absl/time/time.h"
#include "services/base/status_macros.h"

namespace stegvis::storage {
namespace {

// How long the förbund keeps; the usual time when its record does not open or
// is lost.
absl::StatusOr<int> RetentionMonths(ReadTransaction& tx, ForbundId id) {
  const absl::StatusOr<Versioned<domain::Forbund>> forbund = tx.GetForbund(id);
  if (absl::IsDataLoss(forbund.status()) ||
      absl::IsNotFound(forbund.status())) {
    return domain::kDefaultRetentionMonths;
  }
  RETURN_IF_ERROR(forbund.status());
  return forbund->value.retention_months;
}

absl::Status Finish(WriteTransaction& tx, const ErasureEntry& listed,
                    const domain::CodeBook& codes) {
  const Day day = SwedishDay(absl::FromUnixMicros(listed.erased_at));
  const absl::StatusOr<ParticipationToErase> erased =
      WhatToErase(tx, listed.key, codes, day);
  // A list may be longer than the database is old.
  if (absl::IsNotFound(erased.status())) return absl::OkStatus();
  RETURN_IF_ERROR(erased.status());
  RETURN_IF_ERROR(tx.EraseParticipation(*erased).status());
  AuditEntry entry;
  entry.forbund = listed.key.forbund;
  entry.user = "stegvisd";
  entry.method = "FinishErasure";
  entry.resource = NameOf(listed.key);
  return tx.AppendAudit(entry);
}

}  // namespace

absl::StatusOr<ParticipationToErase> WhatToErase(ReadTransaction& tx,
                                                 const ParticipationKey& key,
                                                 const domain::CodeBook& codes,
                                                 Day today) {
  const absl::StatusOr<Versioned<domain::Participation>> current =
      tx.GetParticipation(key);
  if (absl::IsDataLoss(current.status())) {
    return ParticipationToErase{key, std::nullopt, std::nullopt};
  }
  RETURN_IF_ERROR(current.status());
  ASSIGN_OR_RETURN(const int months, RetentionMonths(tx, key.forbund));
  const domain::Remains remains = domain::RemainsOf(
      current->value, SwedishDay(current->known_from), months, today, codes);
  ParticipationToErase erased{key, remains.count, std::nullopt};
  if (remains.withdrawal.has_value()) {
    erased.withdrawn =
        WithdrawnPerson{current->value.number, *remains.withdrawal};
  }
  return erased;
}

absl::Status FinishErasures(Store& store,
                            const std::vector<ErasureEntry>& listed) {
  for (const ErasureEntry& entry : listed) {
    RETURN_IF_ERROR(store.WriteAndWait([&](WriteTransaction& tx) {
      return Finish(tx, entry, store.Codes());
    }));
  }
  return absl::OkStatus();
}

}  // namespace stegvis::storage
