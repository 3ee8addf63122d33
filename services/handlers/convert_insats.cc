#include "services/handlers/convert_insats.h"

#include "services/handlers/convert.h"
#include "services/validation/resource_name.h"

namespace stegvis::handlers {
namespace {

domain::Orientation ReadOrientation(v1::Orientation orientation,
                                    Reading& reading) {
  switch (orientation) {
    case v1::ORIENTATION_INDIVIDUAL:
      return domain::Orientation::kIndividual;
    case v1::ORIENTATION_STRUCTURAL:
      return domain::Orientation::kStructural;
    case v1::ORIENTATION_UNSPECIFIED:
      reading.Add("orientation", reasons::kMissing);
      return domain::Orientation::kIndividual;
    default:  // A value of a later version.
      reading.Add("orientation", reasons::kOutOfRange);
      return domain::Orientation::kIndividual;
  }
}

domain::RegistrationMethod ReadMethod(v1::RegistrationMethod method,
                                      Reading& reading) {
  switch (method) {
    case v1::REGISTRATION_METHOD_PERSONAL:
      return domain::RegistrationMethod::kPersonal;
    case v1::REGISTRATION_METHOD_VOLUME:
      return domain::RegistrationMethod::kVolume;
    case v1::REGISTRATION_METHOD_UNSPECIFIED:
      reading.Add("registration_method", reasons::kMissing);
      return domain::RegistrationMethod::kVolume;
    default:  // A value of a later version.
      reading.Add("registration_method", reasons::kOutOfRange);
      return domain::RegistrationMethod::kVolume;
  }
}

v1::Orientation ToProto(domain::Orientation orientation) {
  switch (orientation) {
    case domain::Orientation::kIndividual:
      return v1::ORIENTATION_INDIVIDUAL;
    case domain::Orientation::kStructural:
      return v1::ORIENTATION_STRUCTURAL;
  }
  return v1::ORIENTATION_UNSPECIFIED;
}

v1::RegistrationMethod ToProto(domain::RegistrationMethod method) {
  switch (method) {
    case domain::RegistrationMethod::kPersonal:
      return v1::REGISTRATION_METHOD_PERSONAL;
    case domain::RegistrationMethod::kVolume:
      return v1::REGISTRATION_METHOD_VOLUME;
  }
  return v1::REGISTRATION_METHOD_UNSPECIFIED;
}

v1::ProposalReason ToProto(domain::ProposalReason reason) {
  switch (reason) {
    case domain::ProposalReason::kWorksWithStructures:
      return v1::PROPOSAL_REASON_WORKS_WITH_STRUCTURES;
    case domain::ProposalReason::kTeamWithOwnMethod:
      return v1::PROPOSAL_REASON_TEAM_WITH_OWN_METHOD;
    case domain::ProposalReason::kNeitherSteeredNorCoordinated:
      return v1::PROPOSAL_REASON_NEITHER_STEERED_NOR_COORDINATED;
    case domain::ProposalReason::kNoTeamOfItsOwn:
      return v1::PROPOSAL_REASON_NO_TEAM_OF_ITS_OWN;
  }
  return v1::PROPOSAL_REASON_UNSPECIFIED;
}

}  // namespace

domain::Insats ReadInsats(const v1::Insats& message, InsatsId id,
                          Reading& reading) {
  domain::Insats insats{
      .id = id,
      .title = message.title(),
      .description = message.description(),
      // A first day that cannot be read is before every last day.
      .start = reading.Required("start_date", message.start_date())
                   .value_or(Day::FirstOfYear(1800)),
      .end = reading.Optional("end_date", message.end_date()),
      .orientation = ReadOrientation(message.orientation(), reading),
      .focus = message.focus(),
      .target_groups = {message.target_groups().begin(),
                        message.target_groups().end()},
      .method = ReadMethod(message.registration_method(), reading),
      .esf_financed = message.esf_financed(),
      .parties = {message.parties().begin(), message.parties().end()},
      .planned_years = {}};
  for (const v1::PlannedYear& planned : message.planned_years()) {
    insats.planned_years.push_back({planned.year(), planned.participants()});
  }
  return insats;
}

v1::Insats ToProto(ForbundId forbund,
                   const storage::Versioned<domain::Insats>& stored) {
  const domain::Insats& insats = stored.value;
  v1::Insats message;
  message.set_name(validation::InsatsName(InsatsKey{forbund, insats.id}));
  message.set_title(insats.title);
  message.set_description(insats.description);
  message.set_start_date(insats.start.Text());
  message.set_end_date(DayText(insats.end));
  message.set_orientation(ToProto(insats.orientation));
  message.set_focus(insats.focus);
  message.mutable_target_groups()->Assign(insats.target_groups.begin(),
                                          insats.target_groups.end());
  message.set_registration_method(ToProto(insats.method));
  message.set_esf_financed(insats.esf_financed);
  message.mutable_parties()->Assign(insats.parties.begin(),
                                    insats.parties.end());
  for (const domain::PlannedYear& planned : insats.planned_years) {
    v1::PlannedYear& added = *message.add_planned_years();
    added.set_year(planned.year);
    added.set_participants(planned.participants);
  }
  *message.mutable_create_time() = TimestampOf(stored.created_at);
  *message.mutable_update_time() = TimestampOf(stored.recorded_at);
  message.set_etag(EtagOf(stored));
  return message;
}

domain::MethodQuestions ReadMethodQuestions(
    const v1::ProposeMethodRequest& message) {
  return {message.steered(), message.own_team(), message.structural()};
}

v1::ProposeMethodResponse ToProto(const domain::MethodProposal& proposal) {
  v1::ProposeMethodResponse message;
  message.set_registration_method(ToProto(proposal.method));
  message.set_reason(ToProto(proposal.reason));
  return message;
}

}  // namespace stegvis::handlers
