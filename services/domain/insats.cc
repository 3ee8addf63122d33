#include "services/domain/insats.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/domain/text_checks.h"

namespace stegvis::domain {
namespace {

constexpr int kLastPlannedYear = 2100;

void CheckTargetGroups(const Insats& insats, const CodeBook& codes, Day today,
                       Faults& faults) {
  const std::vector<std::string>& groups = insats.target_groups;
  if (groups.empty()) faults.Add("target_groups", reasons::kMissing);
  if (groups.size() > limits::kMaxTargetGroups) {
    faults.Add("target_groups", reasons::kTooMany);
  }
  absl::flat_hash_set<absl::string_view> seen;
  for (size_t i = 0; i < groups.size(); ++i) {
    const std::string path = absl::StrCat("target_groups[", i, "]");
    faults.AddFrom(path, codes.Check(CodeList::kTargetGroup, groups[i], today));
    if (!seen.insert(groups[i]).second) faults.Add(path, reasons::kDuplicate);
  }
}

void CheckParties(const std::vector<std::string>& parties, Faults& faults) {
  if (parties.size() > limits::kMaxParties) {
    faults.Add("parties", reasons::kTooMany);
  }
  absl::flat_hash_set<absl::string_view> seen;
  for (size_t i = 0; i < parties.size(); ++i) {
    const std::string path = absl::StrCat("parties[", i, "]");
    CheckTitle(parties[i], path, faults);
    if (!seen.insert(parties[i]).second) faults.Add(path, reasons::kDuplicate);
  }
}

void CheckPlannedYears(const std::vector<PlannedYear>& years, Faults& faults) {
  absl::flat_hash_set<int> seen;
  for (size_t i = 0; i < years.size(); ++i) {
    const std::string path = absl::StrCat("planned_years[", i, "]");
    const PlannedYear& planned = years[i];
    if (planned.year < limits::kFirstYear || planned.year > kLastPlannedYear) {
      faults.Add(absl::StrCat(path, ".year"), reasons::kOutOfRange);
    }
    if (!seen.insert(planned.year).second) {
      faults.Add(absl::StrCat(path, ".year"), reasons::kDuplicate);
    }
    if (planned.participants < 0 || planned.participants > limits::kMaxCount) {
      faults.Add(absl::StrCat(path, ".participants"), reasons::kOutOfRange);
    }
  }
}

}  // namespace

CodeList FocusList(Orientation orientation) {
  switch (orientation) {
    case Orientation::kIndividual:
      return CodeList::kFocusIndividual;
    case Orientation::kStructural:
      return CodeList::kFocusStructural;
  }
  return CodeList::kFocusIndividual;
}

absl::Status CheckInsats(const Insats& insats, const CodeBook& codes,
                         Day today) {
  Faults faults;
  CheckTitle(insats.title, "title", faults);
  CheckSize(insats.description, limits::kMaxDescriptionBytes, "description",
            faults);
  if (insats.end.has_value() && *insats.end < insats.start) {
    faults.Add("end_date", reasons::kEndsBeforeStart);
  }
  if (insats.focus.empty()) {
    faults.Add("focus", reasons::kMissing);
  } else {
    faults.AddFrom("focus", codes.Check(FocusList(insats.orientation),
                                        insats.focus, today));
  }
  CheckTargetGroups(insats, codes, today, faults);
  if (insats.orientation == Orientation::kStructural &&
      insats.method != RegistrationMethod::kVolume) {
    faults.Add("registration_method", reasons::kStructuralNeedsVolume);
  }
  CheckParties(insats.parties, faults);
  CheckPlannedYears(insats.planned_years, faults);
  return faults.ToStatus();
}

absl::Status CheckUnchangeable(const Insats& before, const Insats& after) {
  Faults faults;
  if (before.orientation != after.orientation) {
    faults.Add("orientation", reasons::kImmutable);
  }
  if (before.method != after.method) {
    faults.Add("registration_method", reasons::kImmutable);
  }
  if (before.esf_financed != after.esf_financed) {
    faults.Add("esf_financed", reasons::kImmutable);
  }
  return faults.ToStatus();
}

MethodProposal ProposeMethod(const MethodQuestions& answers) {
  if (answers.structural) {
    return {RegistrationMethod::kVolume, ProposalReason::kWorksWithStructures};
  }
  if (answers.own_team) {
    return {RegistrationMethod::kPersonal, ProposalReason::kTeamWithOwnMethod};
  }
  return {RegistrationMethod::kVolume,
          answers.steered ? ProposalReason::kNoTeamOfItsOwn
                          : ProposalReason::kNeitherSteeredNorCoordinated};
}

}  // namespace stegvis::domain
