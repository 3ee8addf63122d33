// What became of people, in figures that are fixed beforehand: how many had
// which support, how many worked or studied, before and after.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "client/cli/demo/chance.h"

namespace stegvis::demo {

// The sets of support sources that people of the demo data have.
enum class SupportSet : uint8_t {
  kSickness,
  kSicknessAndSocial,
  kSicknessAndUnemployment,
  kActivity,
  kActivityAndSocial,
  kDisability,
  kRehabilitation,
  kProgramme,
  kProgrammeAndSocial,
  kUnemployment,
  kDevelopment,
  kEstablishment,
  kSocial,
  kStudent,
  kParental,
  kOther,
  kNone,
  kUnknown,
};
inline constexpr size_t kSupportSets = 18;

// The codes of a set: one or two.
absl::Span<const absl::string_view> SourcesOf(SupportSet set);

// How many people have each set before, or numbers in that proportion.
using SupportBefore = std::array<int64_t, kSupportSets>;

// How a group of people fares.
struct Outlook {
  const SupportBefore* support_before;
  // Of a thousand who take part, those in work or studies.
  int64_t works_before;
  int64_t works_after;
};

struct Course {
  SupportSet before;
  SupportSet after;
  bool works_before;
  bool works_after;
};

// The courses of `people` people. One thread.
class Courses {
 public:
  Courses(int64_t people, const Outlook& outlook);

  bool Empty() const { return sets_.Empty(); }

  // The course of the next person, left to chance; those of all people together
  // are exactly what the outlook says. Not when empty.
  Course Draw(Chance& chance);

 private:
  // Urns with the kinds 0 = no, 1 = yes.
  struct OfSet {
    Urn works_before;
    std::array<Urn, 2> works_after;    // By works_before.
    std::array<Urn, 2> support_after;  // By works_after; see courses.cc.
  };

  Urn sets_;
  std::array<OfSet, kSupportSets> of_set_;
};

}  // namespace stegvis::demo
