#include "services/handlers/person_handler.h"

#include <vector>

#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/base/status_macros.h"
#include "services/handlers/convert_participation.h"
#include "services/handlers/sight.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {

absl::Status PersonHandler::FindPerson(const access::Caller& caller,
                                       const v1::FindPersonRequest& request,
                                       storage::ReadTransaction& tx,
                                       v1::FindPersonResponse& response) const {
  ASSIGN_OR_RETURN(const ForbundId forbund,
                   validation::ParseForbundName(request.parent()));
  const absl::StatusOr<domain::PersonNumber> number =
      domain::PersonNumber::Parse(request.person_number(),
                                  SwedishDay(clock_.Now()));
  if (!number.ok()) return AtField("person_number", number.status());
  ASSIGN_OR_RETURN(const std::vector<storage::ListedParticipation> found,
                   tx.FindByNumber(forbund, std::nullopt, *number));
  for (const storage::ListedParticipation& one : found) {
    if (!SeesPersons(caller, {one.key.forbund, one.key.insats})) continue;
    if (response.participations_size() == limits::kMaxPageSize) break;
    if (one.participation.ok()) {
      *response.add_participations() =
          ToProto(forbund, *one.participation, codes_);
    } else {
      response.add_unreadable(validation::ParticipationName(one.key));
    }
  }
  return absl::OkStatus();
}

absl::Status PersonHandler::RevealPerson(const access::Caller& /*caller*/,
                                         const v1::RevealPersonRequest& request,
                                         storage::ReadTransaction& tx,
                                         v1::PersonIdentity& response) const {
  ASSIGN_OR_RETURN(const ParticipationKey key,
                   validation::ParseParticipationName(request.name()));
  RETURN_IF_ERROR(AtField(
      "purpose", codes_.Check(domain::CodeList::kPurpose, request.purpose(),
                              SwedishDay(clock_.Now()))));
  ASSIGN_OR_RETURN(const storage::Versioned<domain::Participation> stored,
                   tx.GetParticipation(key));
  response = IdentityOf(stored.value);
  return absl::OkStatus();
}

}  // namespace stegvis::handlers
