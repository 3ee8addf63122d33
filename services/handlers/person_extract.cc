// PersonHandler's extract; declared in person_handler.h.
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/handlers/audit_scan.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_audit.h"
#include "services/handlers/convert_participation.h"
#include "services/handlers/person_handler.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using storage::ListedParticipation;
using storage::ReadTransaction;
using storage::RecordedAuditEntry;
using storage::Versioned;

// The one reason to correct a number under which the old one was the person's
// too.
constexpr absl::string_view kNewNumber = "nytt_personnummer";

// Of which of the versions, the oldest first, the number was that of the person
// whose the last one is.
std::vector<bool> OfThePerson(
    const std::vector<Versioned<domain::Participation>>& versions) {
  std::vector<bool> of_the_person(versions.size(), true);
  for (size_t i = versions.size() - 1; i-- > 0;) {
    const domain::Participation& after = versions[i + 1].value;
    const bool corrected = versions[i].value.number != after.number;
    of_the_person[i] =
        versions[i].value.number == versions.back().value.number ||
        (of_the_person[i + 1] &&
         (!corrected || after.correction_reason == kNewNumber));
  }
  return of_the_person;
}

v1::ExtractedVersion ToExtract(ForbundId forbund,
                               const Versioned<domain::Participation>& version,
                               bool of_the_person,
                               const domain::CodeBook& codes) {
  v1::ExtractedVersion extract;
  *extract.mutable_participation() = ToProto(forbund, version, codes);
  if (of_the_person) *extract.mutable_person() = IdentityOf(version.value);
  extract.set_user(version.value.changed_by);
  extract.set_correction_reason(version.value.correction_reason);
  return extract;
}

// All versions up to the newest, which is `listed`.
absl::Status AddVersions(const ListedParticipation& listed,
                         const domain::CodeBook& codes, ReadTransaction& tx,
                         v1::ExtractedParticipation& extract) {
  std::vector<Versioned<domain::Participation>> versions;
  for (int64_t i = 1; i < listed.participation->version; ++i) {
    ASSIGN_OR_RETURN(Versioned<domain::Participation> version,
                     tx.GetParticipationVersion(listed.key, i));
    versions.push_back(std::move(version));
  }
  versions.push_back(*listed.participation);
  const std::vector<bool> of_the_person = OfThePerson(versions);
  for (size_t i = 0; i < versions.size(); ++i) {
    *extract.add_versions() =
        ToExtract(listed.key.forbund, versions[i], of_the_person[i], codes);
  }
  return absl::OkStatus();
}

// Names what of `listed` does not open.
absl::Status AddParticipation(const ListedParticipation& listed,
                              const domain::CodeBook& codes,
                              ReadTransaction& tx,
                              v1::PersonExtract& response) {
  const std::string name = validation::ParticipationName(listed.key);
  v1::ExtractedParticipation extract;
  absl::Status added = listed.participation.status();
  if (added.ok()) added = AddVersions(listed, codes, tx, extract);
  if (absl::IsDataLoss(added)) {
    response.add_unreadable(name);
    return absl::OkStatus();
  }
  RETURN_IF_ERROR(added);
  ASSIGN_OR_RETURN(const auto insats,
                   tx.GetInsats({listed.key.forbund, listed.key.insats}));
  extract.set_name(name);
  extract.set_insats_title(insats.value.title);
  *response.add_participations() = std::move(extract);
  return absl::OkStatus();
}

// Puts each entry of the förbund's log with the participation it is about.
absl::Status AddEntries(ForbundId forbund, ReadTransaction& tx,
                        v1::PersonExtract& response) {
  absl::flat_hash_map<std::string, v1::ExtractedParticipation*> places;
  for (auto& extract : *response.mutable_participations()) {
    places[extract.name()] = &extract;
  }
  if (places.empty()) return absl::OkStatus();
  int64_t unreadable = 0;
  const std::string scope = validation::ForbundName(forbund);
  const auto visit = [&](const RecordedAuditEntry& entry) {
    if (!entry.entry.ok()) {
      ++unreadable;
      return true;
    }
    const auto place = places.find(entry.entry->resource);
    if (place != places.end()) {
      *place->second->add_entries() = ToProto(entry, scope);
    }
    return true;
  };
  RETURN_IF_ERROR(ScanAudit(tx, forbund, 0, visit));
  response.set_unreadable_entries(unreadable);
  return absl::OkStatus();
}

}  // namespace

absl::Status PersonHandler::ExtractPerson(
    const access::Caller& /*caller*/, const v1::ExtractPersonRequest& request,
    ReadTransaction& tx, v1::PersonExtract& response) const {
  ASSIGN_OR_RETURN(const ForbundId id,
                   validation::ParseForbundName(request.parent()));
  const absl::StatusOr<domain::PersonNumber> number =
      domain::PersonNumber::Parse(request.person_number(),
                                  SwedishDay(clock_.Now()));
  if (!number.ok()) return AtField("person_number", number.status());
  ASSIGN_OR_RETURN(const auto forbund, tx.GetForbund(id));
  response.set_forbund_title(forbund.value.display_name);
  *response.mutable_extract_time() = TimestampOf(clock_.Now());
  ASSIGN_OR_RETURN(const std::vector<ListedParticipation> found,
                   tx.FindByNumber(id, std::nullopt, *number));
  for (const ListedParticipation& listed : found) {
    RETURN_IF_ERROR(AddParticipation(listed, codes_, tx, response));
  }
  RETURN_IF_ERROR(AddEntries(id, tx, response));
  ASSIGN_OR_RETURN(const std::optional<domain::Withdrawal> withdrawal,
                   tx.FindWithdrawal(id, *number));
  if (withdrawal.has_value()) {
    response.set_withdrawn_date(withdrawal->withdrawn.Text());
    response.set_withdrawal_kept_until_date(withdrawal->kept_until.Text());
  }
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
