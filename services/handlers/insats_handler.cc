#include "services/handlers/insats_handler.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert.h"
#include "services/handlers/convert_insats.h"
#include "services/handlers/page.h"
#include "services/handlers/reading.h"
#include "services/handlers/sight.h"
#include "services/validation/field_mask.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

using domain::Insats;
using storage::Versioned;

ResultRef Result(ForbundId forbund, const Versioned<Insats>& stored) {
  return {validation::InsatsName(InsatsKey{forbund, stored.value.id}),
          stored.version};
}

absl::Status CheckTitleIsFree(const Insats& insats, ForbundId forbund,
                              storage::ReadTransaction& tx) {
  ASSIGN_OR_RETURN(const std::vector<Versioned<Insats>> all,
                   tx.ListInsatser(forbund));
  const bool taken =
      std::any_of(all.begin(), all.end(), [&](const Versioned<Insats>& other) {
        return other.value.id != insats.id && other.value.title == insats.title;
      });
  return taken ? errors::TitleTaken() : absl::OkStatus();
}

// The insats that `stored` becomes by the fields of `request` in its mask.
absl::StatusOr<Insats> Updated(ForbundId forbund,
                               const Versioned<Insats>& stored,
                               const v1::UpdateInsatsRequest& request,
                               const domain::CodeBook& codes, Day today) {
  v1::Insats message = ToProto(forbund, stored);
  validation::ApplyMask(request.update_mask(), request.insats(), message);
  Reading reading;
  Insats updated = ReadInsats(message, stored.value.id, reading);
  Faults rules;
  rules.AddFrom("", domain::CheckInsats(updated, codes, today));
  rules.AddFrom("", domain::CheckUnchangeable(stored.value, updated));
  RETURN_IF_ERROR(InField("insats", reading.With(rules.ToStatus())));
  return updated;
}

// Whether a participation lies within the period of `insats`, at its ends.
absl::Status CheckWithin(const domain::Participation& participation,
                         const Insats& insats) {
  const bool reaches_beyond =
      insats.end.has_value() && (!participation.exit.has_value() ||
                                 participation.exit->day > *insats.end);
  if (reaches_beyond) return errors::StillOngoing();
  Faults faults;
  if (participation.entry.day < insats.start) {
    faults.Add("insats.start_date", reasons::kOutsideInsats);
  }
  return faults.ToStatus();
}

// Whether every participation of an insats lies in its period. DATA_LOSS when
// that cannot be said.
absl::Status CheckAllWithin(ForbundId forbund, const Insats& insats,
                            const domain::CodeBook& codes,
                            storage::ReadTransaction& tx) {
  std::optional<ParticipationId> after;
  while (true) {
    ASSIGN_OR_RETURN(const std::vector<storage::ListedParticipation> listed,
                     tx.ListParticipations({forbund, insats.id}, after,
                                           limits::kMaxPageSize));
    if (listed.empty()) return absl::OkStatus();
    for (const storage::ListedParticipation& one : listed) {
      RETURN_IF_ERROR(one.participation.status());
      const domain::Participation& participation = one.participation->value;
      if (domain::IsRegisteredWrongly(participation, codes)) continue;
      RETURN_IF_ERROR(CheckWithin(participation, insats));
    }
    after = listed.back().key.participation;
  }
}

// Whether the period of `after` leaves out a day that `before` had.
bool IsShortened(const Insats& before, const Insats& after) {
  const bool ends_earlier = after.end.has_value() && (!before.end.has_value() ||
                                                      *after.end < *before.end);
  return ends_earlier || after.start > before.start;
}

absl::StatusOr<ResultRef> PutChanged(ForbundId forbund,
                                     const Versioned<Insats>& stored,
                                     const Insats& changed,
                                     const domain::CodeBook& codes,
                                     storage::WriteTransaction& tx) {
  if (changed == stored.value) return Result(forbund, stored);
  if (IsShortened(stored.value, changed)) {
    RETURN_IF_ERROR(CheckAllWithin(forbund, changed, codes, tx));
  }
  ASSIGN_OR_RETURN(const Versioned<Insats> put, tx.PutInsats(forbund, changed));
  return Result(forbund, put);
}

}  // namespace

absl::StatusOr<ResultRef> InsatsHandler::CreateInsats(
    const access::Caller& /*caller*/, const v1::CreateInsatsRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.parent()));
  RETURN_IF_ERROR(tx.GetForbund(forbund).status());
  Reading reading;
  const Insats insats =
      ReadInsats(request.insats(), InsatsId::FromBytes(tx.NewId()), reading);
  RETURN_IF_ERROR(
      InField("insats", reading.With(domain::CheckInsats(
                            insats, codes_, SwedishDay(clock_.Now())))));
  RETURN_IF_ERROR(CheckTitleIsFree(insats, forbund, tx));
  ASSIGN_OR_RETURN(const Versioned<Insats> stored,
                   tx.PutInsats(forbund, insats));
  return Result(forbund, stored);
}

absl::Status InsatsHandler::GetInsats(const access::Caller& /*caller*/,
                                      const v1::GetInsatsRequest& request,
                                      storage::ReadTransaction& tx,
                                      v1::Insats& response) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.name()));
  ASSIGN_OR_RETURN(const Versioned<Insats> stored, tx.GetInsats(key));
  response = ToProto(key.forbund, stored);
  return absl::OkStatus();
}

absl::Status InsatsHandler::ListInsatser(
    const access::Caller& caller, const v1::ListInsatserRequest& request,
    storage::ReadTransaction& tx, v1::ListInsatserResponse& response) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.parent()));
  RETURN_IF_ERROR(tx.GetForbund(forbund).status());
  ASSIGN_OR_RETURN(const std::vector<Versioned<Insats>> all,
                   tx.ListInsatser(forbund));
  std::vector<Keyed<const Versioned<Insats>*>> seen;
  for (const Versioned<Insats>& insats : all) {
    if (!Sees(caller, InsatsKey{forbund, insats.value.id})) continue;
    seen.push_back({insats.value.id.Text(), &insats});
  }
  return FillPage(
      request, std::move(seen),
      [&](const Versioned<Insats>* one) {
        *response.add_insatser() = ToProto(forbund, *one);
      },
      response);
}

absl::StatusOr<ResultRef> InsatsHandler::UpdateInsats(
    const access::Caller& /*caller*/, const v1::UpdateInsatsRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.insats().name()));
  ASSIGN_OR_RETURN(const Versioned<Insats> stored, tx.GetInsats(key));
  RETURN_IF_ERROR(MatchEtag(stored, request.insats().etag()));
  ASSIGN_OR_RETURN(
      const Insats updated,
      Updated(key.forbund, stored, request, codes_, SwedishDay(clock_.Now())));
  RETURN_IF_ERROR(CheckTitleIsFree(updated, key.forbund, tx));
  return PutChanged(key.forbund, stored, updated, codes_, tx);
}

absl::StatusOr<ResultRef> InsatsHandler::EndInsats(
    const access::Caller& /*caller*/, const v1::EndInsatsRequest& request,
    storage::WriteTransaction& tx) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(request.name()));
  ASSIGN_OR_RETURN(const Versioned<Insats> stored, tx.GetInsats(key));
  RETURN_IF_ERROR(MatchEtag(stored, request.etag()));
  Insats ended = stored.value;
  ASSIGN_OR_RETURN(ended.end, Day::Parse(request.end_date()));
  if (*ended.end < ended.start) {
    Faults faults;
    faults.Add("end_date", reasons::kEndsBeforeStart);
    return faults.ToStatus();
  }
  return PutChanged(key.forbund, stored, ended, codes_, tx);
}

absl::Status InsatsHandler::ProposeMethod(
    const access::Caller& /*caller*/, const v1::ProposeMethodRequest& request,
    storage::ReadTransaction& /*tx*/,
    v1::ProposeMethodResponse& response) const {
  response = ToProto(domain::ProposeMethod(ReadMethodQuestions(request)));
  return absl::OkStatus();
}

absl::Status InsatsHandler::Answer(const access::Caller& /*caller*/,
                                   const ResultRef& result,
                                   storage::ReadTransaction& tx,
                                   v1::Insats& response) const {
  ASSIGN_OR_RETURN(const InsatsKey key,
                   validation::ParseInsatsName(result.resource));
  ASSIGN_OR_RETURN(const Versioned<Insats> stored,
                   tx.GetInsatsVersion(key, result.version));
  response = ToProto(key.forbund, stored);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
