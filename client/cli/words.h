// The Swedish words for what the protocol has as enums, both ways.
#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "stegvis/v1/access.pb.h"
#include "stegvis/v1/count.pb.h"
#include "stegvis/v1/forbund.pb.h"
#include "stegvis/v1/insats.pb.h"
#include "stegvis/v1/participation.pb.h"

namespace stegvis::cli {

// `individ`, `struktur`; UNSPECIFIED for other texts. Empty for other values.
v1::Orientation OrientationOf(absl::string_view word);
std::string OrientationWord(v1::Orientation orientation);

// `person`, `volym`.
v1::RegistrationMethod MethodOf(absl::string_view word);
std::string MethodWord(v1::RegistrationMethod method);

// `anonym`, `volym`.
v1::CountKind CountKindOf(absl::string_view word);
std::string CountKindWord(v1::CountKind kind);

// `ja-nej`, `tal`, `text`, `val`.
v1::AnswerType AnswerTypeOf(absl::string_view word);
std::string AnswerTypeWord(v1::AnswerType type);

// `forbund_admin`, `samordnare`, `analyst`, `dataskydd`, `importer`,
// `national`, `operator`.
v1::Role RoleOf(absl::string_view word);
std::string RoleWord(v1::Role role);

std::string StateWord(v1::Participation::State state);
std::string YesNoWord(bool value);

// What a kind of finding means; the kind itself when it is new.
std::string FindingText(absl::string_view kind);

}  // namespace stegvis::cli
