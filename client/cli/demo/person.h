// The people of the demo data and what is asked of them besides the published
// figures: here the generator chooses.
#pragma once

#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"
#include "client/cli/demo/chance.h"
#include "client/cli/demo/courses.h"
#include "client/cli/demo/numbers.h"

namespace stegvis::demo {

struct Person {
  std::string number;  // In a written form, always the same for a person.
  std::string name;    // Mostly empty.
};

// Somebody new who is 16 to 64 years old (a few are not) in `year`.
Person MakePerson(int year, PersonNumbers& numbers, Chance& chance);

// Support, work, studies and job seeking, in the form of the import file.
struct SituationText {
  std::string supports;
  std::string work_hours;
  std::string study_hours;
  absl::string_view seeking;
};
SituationText MakeSituation(SupportSet set, bool works, Chance& chance);

// Answers at the entry.
absl::string_view MakeEducation(Chance& chance);
absl::string_view MakeReferringParty(Chance& chance);
std::string MakeMonthsOnSupport(Chance& chance);

// Why somebody left; never avliden or felregistrering.
absl::string_view MakeEndReason(Chance& chance);

}  // namespace stegvis::demo
