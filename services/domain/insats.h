// Insatser: the interventions that a förbund pays for.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/domain/code_list.h"

namespace stegvis::domain {

enum class Orientation : uint8_t { kIndividual, kStructural };
enum class RegistrationMethod : uint8_t { kPersonal, kVolume };

struct PlannedYear {
  int year = 0;
  int participants = 0;

  friend bool operator==(const PlannedYear&, const PlannedYear&) = default;
};

struct Insats {
  InsatsId id;
  std::string title;
  std::string description;
  Day start;
  std::optional<Day> end;
  Orientation orientation = Orientation::kIndividual;
  std::string focus;
  std::vector<std::string> target_groups;
  RegistrationMethod method = RegistrationMethod::kPersonal;
  bool esf_financed = false;
  std::vector<std::string> parties;
  std::vector<PlannedYear> planned_years;

  friend bool operator==(const Insats&, const Insats&) = default;
};

// The focus list that belongs to an orientation.
CodeList FocusList(Orientation orientation);

// INVALID_ARGUMENT naming every fault by the field paths of proto Insats,
// STRUCTURAL_NEEDS_VOLUME among them. Codes must be in force on `today`.
absl::Status CheckInsats(const Insats& insats, const CodeBook& codes,
                         Day today);

// INVALID_ARGUMENT with IMMUTABLE at each of orientation, registration_method
// and esf_financed that differs.
absl::Status CheckUnchangeable(const Insats& before, const Insats& after);

// The proposal of a registration method, from the national training material:
// an activity with neither steering group nor coordinator → VOLUME; a team with
// a samordnare and a working method of its own → PERSONAL; a coordinator who
// works with structures between the parties → VOLUME.
struct MethodQuestions {
  bool steered = false;
  bool own_team = false;
  bool structural = false;
};
enum class ProposalReason : uint8_t {
  kWorksWithStructures,
  kTeamWithOwnMethod,
  kNeitherSteeredNorCoordinated,
  kNoTeamOfItsOwn,
};
struct MethodProposal {
  RegistrationMethod method;
  ProposalReason reason;
};
MethodProposal ProposeMethod(const MethodQuestions& answers);

}  // namespace stegvis::domain
