#include "client/cli/participation_calls.h"

#include <iostream>

#include "client/cli/code_labels.h"
#include "client/cli/participation_text.h"
#include "client/cli/terminal.h"
#include "services/base/status_macros.h"
#include "stegvis/v1/participation.grpc.pb.h"

namespace stegvis::cli {

absl::StatusOr<v1::Participation> GetParticipation(const std::string& name,
                                                   Session& session) {
  v1::GetParticipationRequest request;
  request.set_name(name);
  return session.Call(&v1::ParticipationService::Stub::GetParticipation,
                      request);
}

absl::Status PrintParticipation(const v1::Participation& participation,
                                const std::string& format, Session& session) {
  if (format == "json") {
    std::cout << JsonText(participation);
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const CodeLabels labels, LoadLabels(session));
  ASSIGN_OR_RETURN(Directory * names, session.Names());
  std::cout << ParticipationText(participation, labels, *names);
  return absl::OkStatus();
}

absl::StatusOr<v1::PersonIdentity> AskPerson(bool with_name) {
  v1::PersonIdentity person;
  ASSIGN_OR_RETURN(*person.mutable_person_number(),
                   AskSecret("Personnummer (visas inte):"));
  if (with_name) {
    ASSIGN_OR_RETURN(*person.mutable_display_name(), AskLine("Namn:"));
  }
  return person;
}

}  // namespace stegvis::cli
