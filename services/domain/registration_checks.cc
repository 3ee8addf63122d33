// What can be wrong with a registration whatever is stored; declared in
// participation.h and participation_parts.h.
#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/limits.h"
#include "services/domain/participation.h"
#include "services/domain/participation_parts.h"
#include "services/domain/text_checks.h"

namespace stegvis::domain {
namespace {

constexpr RevealKey kMeasureName = RevealKey::For("how long the name is");

template <typename Period>
bool Within(Day day, const Period& period) {
  return period.start <= day && (!period.end.has_value() || day <= *period.end);
}

void CheckEntryDay(const Registration& registration, const Surroundings& around,
                   Faults& faults) {
  const Day day = registration.entry.day;
  if (day > around.today) faults.Add("entry.date", reasons::kDateInFuture);
  if (!Within(day, around.insats)) {
    faults.Add("entry.date", reasons::kOutsideInsats);
  }
  if (!Within(day, around.forbund)) {
    faults.Add("entry.date", reasons::kOutsideForbund);
  }
  if (registration.number.BirthDay() > day) {
    faults.Add("entry.date", reasons::kBornAfterEntry);
  }
}

absl::Status CheckEntry(const Entry& entry, const Surroundings& around) {
  Faults faults;
  faults.AddFrom("situation",
                 CheckSituation(entry.situation, around.codes, entry.day));
  if (entry.education.empty()) {
    faults.Add("education", reasons::kMissing);
  } else {
    faults.AddFrom("education", around.codes.Check(CodeList::kEducation,
                                                   entry.education, entry.day));
  }
  const int months = entry.months_on_support.value_or(0);
  if (months < 0 || months > limits::kMaxMonthsOnSupport) {
    faults.Add("months_on_support", reasons::kOutOfRange);
  }
  if (!entry.referring_party.empty()) {
    faults.AddFrom("referring_party",
                   around.codes.Check(CodeList::kReferringParty,
                                      entry.referring_party, entry.day));
  }
  faults.AddFrom("", CheckAnswers(entry.answers, around.questions,
                                  AskedAt::kEntry, entry.day));
  return faults.ToStatus();
}

void CheckEndReason(const Exit& exit, const CodeBook& codes, Faults& faults) {
  if (exit.end_reason.empty()) {
    faults.Add("end_reason", reasons::kMissing);
    return;
  }
  faults.AddFrom("end_reason",
                 codes.Check(CodeList::kEndReason, exit.end_reason, exit.day));
  // A withdrawal makes the personal data unreadable. An exit would keep them.
  if (EndReasonFlags(exit, codes).withdraws_consent) {
    faults.Add("end_reason", reasons::kNotAllowed);
  }
}

bool MayBeFollowedUp(const std::optional<Exit>& exit, const CodeBook& codes) {
  return exit.has_value() && !EndReasonFlags(*exit, codes).deceased;
}

void CheckFollowUps(const Registration& registration,
                    const Surroundings& around, Faults& faults) {
  const bool allowed = MayBeFollowedUp(registration.exit, around.codes);
  for (const FollowUpMonths months : kAllFollowUpMonths) {
    const std::optional<FollowUp>& follow_up =
        registration.follow_ups[static_cast<size_t>(months)];
    if (!follow_up.has_value()) continue;
    if (!allowed) {
      faults.Add("follow_ups", reasons::kNotAllowed);
      return;
    }
    faults.AddFrom(absl::StrCat("follow_ups[", Months(months), "]"),
                   CheckFollowUp(*follow_up, registration.exit->day, around));
  }
}

void CheckPersonAndConsent(const Registration& registration, Day today,
                           Faults& faults) {
  CheckSize(registration.display_name.Reveal(kMeasureName),
            limits::kMaxTitleBytes, "person.display_name", faults);
  if (registration.consent->signed_day > today) {
    faults.Add("consent.signed_date", reasons::kDateInFuture);
  }
  CheckSize(registration.consent->reference, limits::kMaxTitleBytes,
            "consent.reference", faults);
  if (!registration.kommun.empty()) {
    faults.AddFrom("kommun", CheckKommunCode(registration.kommun));
  }
}

absl::Status Refuse(absl::string_view field, absl::string_view reason) {
  Faults faults;
  faults.Add(field, reason);
  return faults.ToStatus();
}

}  // namespace

absl::Status CheckExit(const Exit& exit, Day entry_day,
                       const Surroundings& around) {
  Faults faults;
  if (exit.day > around.today) faults.Add("date", reasons::kDateInFuture);
  if (exit.day < entry_day) faults.Add("date", reasons::kEndsBeforeStart);
  CheckEndReason(exit, around.codes, faults);
  if (exit.situation.has_value()) {
    faults.AddFrom("situation",
                   CheckSituation(*exit.situation, around.codes, exit.day));
  } else if (!EndReasonFlags(exit, around.codes).situation_optional) {
    faults.Add("situation", reasons::kMissing);
  }
  faults.AddFrom("", CheckAnswers(exit.answers, around.questions,
                                  AskedAt::kExit, exit.day));
  return faults.ToStatus();
}

absl::Status CheckFollowUp(const FollowUp& follow_up, Day exit_day,
                           const Surroundings& around) {
  Faults faults;
  if (follow_up.day > around.today) faults.Add("date", reasons::kDateInFuture);
  if (follow_up.day <= exit_day) {
    faults.Add("date", reasons::kFollowUpBeforeExit);
  }
  faults.AddFrom("situation", CheckSituation(follow_up.situation, around.codes,
                                             follow_up.day));
  return faults.ToStatus();
}

absl::Status CheckRegistration(const Registration& registration,
                               const Surroundings& around) {
  if (around.insats.method == RegistrationMethod::kVolume) {
    return errors::MethodIsVolume();
  }
  if (registration.protected_identity) {
    return Refuse("person.protected_identity", reasons::kProtectedIdentity);
  }
  if (!registration.consent.has_value()) {
    return Refuse("consent", reasons::kConsentMissing);
  }
  Faults faults;
  CheckPersonAndConsent(registration, around.today, faults);
  CheckEntryDay(registration, around, faults);
  faults.AddFrom("entry", CheckEntry(registration.entry, around));
  if (registration.exit.has_value()) {
    faults.AddFrom(
        "exit", CheckExit(*registration.exit, registration.entry.day, around));
  }
  CheckFollowUps(registration, around, faults);
  return faults.ToStatus();
}

}  // namespace stegvis::domain
