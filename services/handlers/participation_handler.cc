#include "services/handlers/participation_handler.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/domain/erasure.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_participation.h"
#include "services/handlers/convert_registration.h"
#include "services/handlers/insats_setting.h"
#include "services/validation/field_mask.h"
#include "services/validation/paging.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Participation;
using domain::RegisterDecision;
using storage::Versioned;

// A participation to be changed, and what the rules need around it.
struct Opened {
  ParticipationKey key;
  Versioned<Participation> current;
  InsatsSetting setting;
};

// NOT_FOUND; ABORTED with ETAG_STALE.
absl::StatusOr<Opened> Open(const std::string& name, const std::string& etag,
                            storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(name));
  ASSIGN_OR_RETURN(Versioned<Participation> current, tx.GetParticipation(key));
  RETURN_IF_ERROR(MatchEtag(current, etag));
  ASSIGN_OR_RETURN(InsatsSetting setting,
                   LoadSetting(tx, InsatsKey{key.forbund, key.insats}));
  return Opened{key, std::move(current), std::move(setting)};
}

// The person's participations in the insats.
absl::StatusOr<std::vector<Versioned<Participation>>> Known(
    const InsatsKey& insats, const domain::PersonNumber& number,
    storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(std::vector<storage::ListedParticipation> listed,
                   tx.FindByNumber(insats.forbund, insats.insats, number));
  std::vector<Versioned<Participation>> known;
  for (storage::ListedParticipation& one : listed) {
    ASSIGN_OR_RETURN(Versioned<Participation> stored,
                     std::move(one.participation));
    known.push_back(std::move(stored));
  }
  return known;
}

// Those but for `opened` itself.
absl::StatusOr<std::vector<Participation>> OthersOf(
    const Opened& opened, const domain::PersonNumber& number,
    storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(std::vector<Versioned<Participation>> known,
                   Known(opened.setting.key, number, tx));
  std::vector<Participation> others;
  for (Versioned<Participation>& one : known) {
    if (one.value.id == opened.key.participation) continue;
    others.push_back(std::move(one.value));
  }
  return others;
}

absl::StatusOr<ResultRef> Put(ForbundId forbund, Participation participation,
                              storage::WriteTransaction& tx) {
  participation.migrated = false;
  ASSIGN_OR_RETURN(const Versioned<Participation> stored,
                   tx.PutParticipation(forbund, participation, std::nullopt));
  return ResultRef{validation::ParticipationName(ParticipationKey{
                       forbund, participation.insats, participation.id}),
                   stored.version};
}

// INVALID_ARGUMENT with CONSENT_WITHDRAWN at `consent.signed_date`.
absl::Status CheckNotWithdrawn(const Participation& participation,
                               ForbundId forbund,
                               storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::optional<domain::Withdrawal> withdrawal,
                   tx.FindWithdrawal(forbund, participation.number));
  return domain::CheckNotWithdrawn(participation.consent, withdrawal);
}

// What a registration means beside what is known of the person.
struct Decided {
  RegisterDecision decision;
  int64_t known_version = 0;  // Of what is unchanged.
};

absl::StatusOr<Decided> Decide(const InsatsSetting& setting,
                               const v1::Registration& message,
                               ParticipationId new_id, const std::string& user,
                               const domain::Surroundings& around,
                               storage::ReadTransaction& tx) {
  absl::StatusOr<CheckedRegistration> checked =
      ReadAndCheck(message, around, /*migrating=*/false);
  if (!checked.ok()) return InField("registration", checked.status());
  const domain::Registration& said = checked->registration;
  ASSIGN_OR_RETURN(const std::vector<Versioned<Participation>> known,
                   Known(setting.key, said.number, tx));
  std::vector<Participation> values;
  values.reserve(known.size());
  for (const Versioned<Participation>& one : known) values.push_back(one.value);
  absl::StatusOr<RegisterDecision> decision =
      domain::DecideRegistration(values, said, new_id, user, around);
  if (!decision.ok()) return InField("registration", decision.status());
  if (decision->kind == RegisterDecision::Kind::kNew) {
    RETURN_IF_ERROR(InField(
        "registration",
        CheckNotWithdrawn(decision->participation, setting.key.forbund, tx)));
  }
  Decided decided{*std::move(decision)};
  for (const Versioned<Participation>& one : known) {
    if (one.value.id == decided.decision.participation.id) {
      decided.known_version = one.version;
    }
  }
  return decided;
}

domain::CorrectionMask MaskOf(const google::protobuf::FieldMask& mask) {
  domain::CorrectionMask moments;
  for (const std::string& path : mask.paths()) {
    if (path == "person" || path == "person.person_number") {
      moments.person = true;
    }
    if (path == "consent") moments.consent = true;
    if (path == "kommun") moments.kommun = true;
    if (path == "entry") moments.entry = true;
    if (path == "exit") moments.exit = true;
    if (path == "follow_ups") moments.follow_ups = true;
  }
  return moments;
}

// The whole registration as it would be once corrected.
v1::Registration Corrected(const Opened& opened,
                           const v1::CorrectParticipationRequest& request) {
  v1::Registration whole =
      ToRow(opened.key.forbund, opened.current, /*identities=*/true)
          .registration();
  validation::ApplyMask(request.update_mask(), request.registration(), whole);
  return whole;
}

absl::Status CheckCorrectionReason(const std::string& reason,
                                   const domain::Surroundings& around) {
  return AtField("reason",
                 around.codes.Check(domain::CodeList::kCorrectionReason, reason,
                                    around.today));
}

}  // namespace

absl::StatusOr<ResultRef> ParticipationHandler::RegisterParticipation(
    const access::Caller& caller,
    const v1::RegisterParticipationRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.parent()));
  ASSIGN_OR_RETURN(const InsatsSetting setting, LoadSetting(tx, key));
  ASSIGN_OR_RETURN(Decided decided,
                   Decide(setting, request.registration(),
                          ParticipationId::FromBytes(tx.NewId()), caller.user,
                          setting.Get(codes_, SwedishDay(clock_.Now())), tx));
  Participation& participation = decided.decision.participation;
  if (decided.decision.kind == RegisterDecision::Kind::kUnchanged) {
    return ResultRef{validation::ParticipationName(ParticipationKey{
                         key.forbund, key.insats, participation.id}),
                     decided.known_version};
  }
  return Put(key.forbund, std::move(participation), tx);
}

absl::Status ParticipationHandler::CheckRegistration(
    const access::Caller& caller,
    const v1::RegisterParticipationRequest& request,
    storage::ReadTransaction& tx, v1::Participation& response) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.parent()));
  ASSIGN_OR_RETURN(const InsatsSetting setting, LoadSetting(tx, key));
  ASSIGN_OR_RETURN(const Decided decided,
                   Decide(setting, request.registration(),
                          ParticipationId::FromBytes(RandomUuid()), caller.user,
                          setting.Get(codes_, SwedishDay(clock_.Now())), tx));
  response = Unnamed(key.forbund, decided.decision.participation, codes_);
  return absl::OkStatus();
}

absl::StatusOr<ResultRef> ParticipationHandler::EndParticipation(
    const access::Caller& caller, const v1::EndParticipationRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Opened opened,
                   Open(request.name(), request.etag(), tx));
  const Participation& current = opened.current.value;
  const domain::Surroundings around =
      opened.setting.Get(codes_, SwedishDay(clock_.Now()));
  Reading reading;
  const domain::Exit exit =
      ReadExit(request.exit(), {opened.key.forbund, around.today},
               current.entry.day, reading);
  ASSIGN_OR_RETURN(const std::vector<Participation> others,
                   OthersOf(opened, current.number, tx));
  const absl::StatusOr<Participation> ended =
      domain::End(current, exit, others, caller.user, around);
  RETURN_IF_ERROR(InField("exit", reading.With(ended.status())));
  return Put(opened.key.forbund, *ended, tx);
}

absl::StatusOr<ResultRef> ParticipationHandler::RecordFollowUp(
    const access::Caller& caller, const v1::RecordFollowUpRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Opened opened,
                   Open(request.name(), request.etag(), tx));
  const Participation& current = opened.current.value;
  const domain::Surroundings around =
      opened.setting.Get(codes_, SwedishDay(clock_.Now()));
  Reading reading;
  const domain::FollowUpMonths months = reading.OrElse(
      "months", domain::FollowUpMonthsFrom(request.follow_up().months()),
      domain::FollowUpMonths::kSix);
  RETURN_IF_ERROR(InField("follow_up", reading.With(absl::OkStatus())));
  const Day some_day =
      current.exit.has_value() ? current.exit->day.PlusDays(1) : around.today;
  const domain::FollowUp follow_up =
      ReadFollowUp(request.follow_up(), some_day, reading);
  const absl::StatusOr<Participation> followed =
      domain::RecordFollowUp(current, months, follow_up, caller.user, around);
  RETURN_IF_ERROR(InField("follow_up", reading.With(followed.status())));
  return Put(opened.key.forbund, *followed, tx);
}

absl::StatusOr<ResultRef> ParticipationHandler::CorrectParticipation(
    const access::Caller& caller,
    const v1::CorrectParticipationRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Opened opened,
                   Open(request.name(), request.etag(), tx));
  const domain::Surroundings around =
      opened.setting.Get(codes_, SwedishDay(clock_.Now()));
  RETURN_IF_ERROR(CheckCorrectionReason(request.reason(), around));
  Reading reading;
  const domain::Registration whole = ReadRegistration(
      Corrected(opened, request), {opened.key.forbund, around.today}, reading);
  ASSIGN_OR_RETURN(const std::vector<Participation> others,
                   OthersOf(opened, whole.number, tx));
  const absl::StatusOr<Participation> corrected = domain::Correct(
      opened.current.value, whole, MaskOf(request.update_mask()),
      request.reason(), others, caller.user, around);
  RETURN_IF_ERROR(InField("registration", reading.With(corrected.status())));
  if (!(corrected->number == opened.current.value.number)) {
    RETURN_IF_ERROR(InField(
        "registration", CheckNotWithdrawn(*corrected, opened.key.forbund, tx)));
  }
  return Put(opened.key.forbund, *corrected, tx);
}

absl::StatusOr<ResultRef> ParticipationHandler::AcknowledgeFinding(
    const access::Caller& caller, const v1::AcknowledgeFindingRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const Opened opened,
                   Open(request.name(), request.etag(), tx));
  const std::optional<domain::FindingKind> kind =
      domain::FindingNamed(request.kind());
  const std::vector<domain::FindingKind> findings =
      domain::FindingsOf(opened.current.value, codes_);
  if (!kind.has_value() ||
      std::find(findings.begin(), findings.end(), *kind) == findings.end()) {
    return errors::FindingNotFound();
  }
  Participation acknowledged = opened.current.value;
  std::erase_if(acknowledged.acknowledgements,
                [&](const auto& one) { return one.kind == *kind; });
  acknowledged.acknowledgements.push_back(
      {*kind, request.acknowledgement(), caller.user});
  acknowledged.changed_by = caller.user;
  acknowledged.correction_reason.clear();
  return Put(opened.key.forbund, std::move(acknowledged), tx);
}

absl::Status ParticipationHandler::Answer(const access::Caller& /*caller*/,
                                          const ResultRef& result,
                                          storage::ReadTransaction& tx,
                                          v1::Participation& response) const {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(result.resource));
  ASSIGN_OR_RETURN(const Versioned<Participation> stored,
                   tx.GetParticipationVersion(key, result.version));
  response = ToProto(key.forbund, stored, codes_);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
