#include "client/cli/words.h"

#include <utility>

namespace stegvis::cli {
namespace {

template <typename Enum>
using Word = std::pair<absl::string_view, Enum>;

constexpr Word<v1::Orientation> kOrientations[] = {
    {"individ", v1::ORIENTATION_INDIVIDUAL},
    {"struktur", v1::ORIENTATION_STRUCTURAL},
};
constexpr Word<v1::RegistrationMethod> kMethods[] = {
    {"person", v1::REGISTRATION_METHOD_PERSONAL},
    {"volym", v1::REGISTRATION_METHOD_VOLUME},
};
constexpr Word<v1::CountKind> kCountKinds[] = {
    {"anonym", v1::COUNT_KIND_ANONYMOUS},
    {"volym", v1::COUNT_KIND_VOLUME},
};
constexpr Word<v1::AnswerType> kAnswerTypes[] = {
    {"ja-nej", v1::ANSWER_TYPE_YES_NO},
    {"tal", v1::ANSWER_TYPE_NUMBER},
    {"text", v1::ANSWER_TYPE_TEXT},
    {"val", v1::ANSWER_TYPE_CHOICE},
};
constexpr Word<v1::Role> kRoles[] = {
    {"forbund_admin", v1::ROLE_FORBUND_ADMIN},
    {"samordnare", v1::ROLE_SAMORDNARE},
    {"analyst", v1::ROLE_ANALYST},
    {"dataskydd", v1::ROLE_DATASKYDD},
    {"importer", v1::ROLE_IMPORTER},
    {"national", v1::ROLE_NATIONAL},
    {"operator", v1::ROLE_OPERATOR},
};
constexpr Word<v1::Participation::State> kStates[] = {
    {"pågår", v1::Participation::STATE_ONGOING},
    {"avslutat", v1::Participation::STATE_ENDED},
    {"felregistrering", v1::Participation::STATE_REGISTERED_WRONGLY},
};
constexpr Word<absl::string_view> kFindings[] = {
    {"AGE_OUTSIDE_16_65", "ålder utanför 16–65 vid start"},
    {"CONSENT_OLD", "samtycke äldre än ett år vid start"},
    {"EXIT_LATE", "avslut flera år efter start"},
    {"SITUATION_UNCHANGED", "exakt samma situation efter som före"},
    {"FOLLOW_UP_6_OFF", "6-månadersuppföljning mer än 60 dagar från rätt dag"},
    {"FOLLOW_UP_12_OFF",
     "12-månadersuppföljning mer än 60 dagar från rätt dag"},
};

// The zero of every enum of ours is UNSPECIFIED.
template <typename Enum, size_t size>
Enum ValueOf(const Word<Enum> (&words)[size], absl::string_view word) {
  for (const Word<Enum>& entry : words) {
    if (entry.first == word) return entry.second;
  }
  return Enum();
}

template <typename Enum, size_t size>
std::string WordOf(const Word<Enum> (&words)[size], Enum value) {
  for (const Word<Enum>& entry : words) {
    if (entry.second == value) return std::string(entry.first);
  }
  return std::string();
}

}  // namespace

v1::Orientation OrientationOf(absl::string_view word) {
  return ValueOf(kOrientations, word);
}
std::string OrientationWord(v1::Orientation orientation) {
  return WordOf(kOrientations, orientation);
}

v1::RegistrationMethod MethodOf(absl::string_view word) {
  return ValueOf(kMethods, word);
}
std::string MethodWord(v1::RegistrationMethod method) {
  return WordOf(kMethods, method);
}

v1::CountKind CountKindOf(absl::string_view word) {
  return ValueOf(kCountKinds, word);
}
std::string CountKindWord(v1::CountKind kind) {
  return WordOf(kCountKinds, kind);
}

v1::AnswerType AnswerTypeOf(absl::string_view word) {
  return ValueOf(kAnswerTypes, word);
}
std::string AnswerTypeWord(v1::AnswerType type) {
  return WordOf(kAnswerTypes, type);
}

v1::Role RoleOf(absl::string_view word) { return ValueOf(kRoles, word); }
std::string RoleWord(v1::Role role) { return WordOf(kRoles, role); }

std::string StateWord(v1::Participation::State state) {
  return WordOf(kStates, state);
}

std::string YesNoWord(bool value) { return value ? "ja" : "nej"; }

std::string FindingText(absl::string_view kind) {
  const absl::string_view text = ValueOf(kFindings, kind);
  return std::string(text.empty() ? kind : text);
}

}  // namespace stegvis::cli
