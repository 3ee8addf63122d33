#include "services/handlers/erasure_handler.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/btree_map.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/domain/erasure.h"
#include "services/handlers/convert.h"
#include "services/handlers/page.h"
#include "services/validation/resource_name.h"
#include "storage/store/erase.h"

namespace stegvis::handlers {
namespace {

using domain::ErasureReason;
using domain::Role;
using storage::ScannedVersion;

// Whether the caller may erase for that reason: who registers persons may only
// keep one from harm.
bool MayErase(const access::Caller& caller, const ParticipationKey& key,
              ErasureReason reason) {
  if (caller.Has(Role::kDataskydd, {key.forbund, key.insats})) return true;
  return reason == ErasureReason::kProtectedIdentity;
}

// Of one that does not open nobody can tell; it is not removed for its age.
absl::Status CheckRetentionPassed(storage::ReadTransaction& tx,
                                  const ParticipationKey& key,
                                  const domain::CodeBook& codes, Day today) {
  ASSIGN_OR_RETURN(const auto current, tx.GetParticipation(key));
  ASSIGN_OR_RETURN(const auto forbund, tx.GetForbund(key.forbund));
  const Day kept_until =
      domain::KeptUntil(current.value, SwedishDay(current.known_from),
                        forbund.value.retention_months, codes);
  return kept_until < today ? absl::OkStatus() : errors::RetentionNotPassed();
}

// The last day of each participation, by its newest version.
struct KeptRecord {
  ParticipationKey key;
  std::optional<Day> until;  // Nothing when it does not open.
};
using KeptRecords = absl::btree_map<ParticipationId, KeptRecord>;

absl::StatusOr<KeptRecords> ReadKept(storage::ReadTransaction& tx,
                                     ForbundId forbund,
                                     const domain::CodeBook& codes) {
  ASSIGN_OR_RETURN(const auto stored, tx.GetForbund(forbund));
  const int months = stored.value.retention_months;
  KeptRecords kept;
  RETURN_IF_ERROR(
      tx.ScanParticipations(forbund, [&](const ScannedVersion& version) {
        KeptRecord record{version.key, std::nullopt};
        if (version.participation != nullptr) {
          record.until =
              domain::KeptUntil(*version.participation,
                                SwedishDay(version.known_from), months, codes);
        }
        kept.insert_or_assign(version.key.participation, record);
        return absl::OkStatus();
      }));
  return kept;
}

}  // namespace

absl::Status Erase(const ParticipationKey& key, const domain::CodeBook& codes,
                   Day today, storage::WriteTransaction& tx) {
  ASSIGN_OR_RETURN(const storage::ParticipationToErase what,
                   storage::WhatToErase(tx, key, codes, today));
  return tx.EraseParticipation(what).status();
}

absl::StatusOr<ResultRef> ErasureHandler::EraseOnce(
    const ParticipationKey& key, const std::string& etag,
    storage::WriteTransaction& tx) const {
  const ResultRef result{validation::ParticipationName(key), 1};
  ASSIGN_OR_RETURN(const std::optional<storage::Erasure> erased,
                   tx.FindErasure(key));
  if (erased.has_value()) return result;
  if (!etag.empty()) {
    ASSIGN_OR_RETURN(const auto current, tx.GetParticipation(key));
    RETURN_IF_ERROR(MatchEtag(current, etag));
  }
  RETURN_IF_ERROR(Erase(key, codes_, SwedishDay(clock_.Now()), tx));
  return result;
}

absl::StatusOr<ResultRef> ErasureHandler::WithdrawConsent(
    const access::Caller& /*caller*/, const v1::WithdrawConsentRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(request.name()));
  return EraseOnce(key, request.etag(), tx);
}

absl::StatusOr<ResultRef> ErasureHandler::ErasePerson(
    const access::Caller& caller, const v1::ErasePersonRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(request.name()));
  ASSIGN_OR_RETURN(const ErasureReason reason,
                   domain::ErasureReasonNamed(request.reason()));
  if (!MayErase(caller, key, reason)) return errors::NotPermitted();
  ASSIGN_OR_RETURN(const std::optional<storage::Erasure> erased,
                   tx.FindErasure(key));
  if (reason == ErasureReason::kRetention && !erased.has_value()) {
    const Day today = SwedishDay(clock_.Now());
    RETURN_IF_ERROR(CheckRetentionPassed(tx, key, codes_, today));
    RETURN_IF_ERROR(tx.ForgetWithdrawals(key.forbund, today));
  }
  return EraseOnce(key, request.etag(), tx);
}

absl::Status ErasureHandler::ListRetentionDue(
    const access::Caller& /*caller*/,
    const v1::ListRetentionDueRequest& request, storage::ReadTransaction& tx,
    v1::ListRetentionDueResponse& response) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.parent()));
  ASSIGN_OR_RETURN(const KeptRecords kept, ReadKept(tx, forbund, codes_));
  const Day today = SwedishDay(clock_.Now());
  std::vector<Keyed<const KeptRecord*>> due;
  for (const auto& [id, record] : kept) {
    if (record.until.has_value() && *record.until < today) {
      due.push_back({id.Text(), &record});
    }
    if (!record.until.has_value() && request.page_token().empty()) {
      response.add_unreadable(validation::ParticipationName(record.key));
    }
  }
  return FillPage(
      request, std::move(due),
      [&](const KeptRecord* record) {
        v1::RetentionDue& added = *response.add_due();
        added.set_name(validation::ParticipationName(record->key));
        added.set_kept_until_date(record->until->Text());
      },
      response);
}

absl::Status ErasureHandler::Answer(const access::Caller& /*caller*/,
                                    const ResultRef& result,
                                    storage::ReadTransaction& tx,
                                    v1::Erasure& response) const {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(result.resource));
  ASSIGN_OR_RETURN(const std::optional<storage::Erasure> erased,
                   tx.FindErasure(key));
  if (!erased.has_value()) return errors::NotFound();
  response.set_name(result.resource);
  *response.mutable_erase_time() = TimestampOf(erased->erased_at);
  response.set_counted(erased->count.has_value());
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
