// What the commands about participations have in common.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "client/cli/session.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::cli {

absl::StatusOr<v1::Participation> GetParticipation(const std::string& name,
                                                   Session& session);

// Prints one as the user wants it.
absl::Status PrintParticipation(const v1::Participation& participation,
                                const std::string& format, Session& session);

// Asks for a number, and with `with_name` for a name; both on stdin where that
// is no terminal, a line each.
absl::StatusOr<v1::PersonIdentity> AskPerson(bool with_name);

}  // namespace stegvis::cli
