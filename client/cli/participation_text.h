// Participations as text.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "client/cli/directory.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::cli {

// Everything that is known of one, as lines; nothing of who the person is.
std::string ParticipationText(const v1::Participation& participation,
                              const CodeLabels& labels, Directory& names);

// What people call the insats of the participation with this resource name.
std::string InsatsOf(const std::string& participation, Directory& names);

// A line each, and loudly the `unreadable` ones.
std::string ParticipationTable(
    const google::protobuf::RepeatedPtrField<v1::Participation>& participations,
    const google::protobuf::RepeatedPtrField<std::string>& unreadable,
    const CodeLabels& labels, Directory& names);

}  // namespace stegvis::cli
