#include "services/domain/participation.h"

#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/domain/participation_parts.h"

namespace stegvis::domain {
namespace {

// The Registration that `current` would be with the moments of `mask` replaced.
Registration Replaced(const Participation& current,
                      const Registration& corrected,
                      const CorrectionMask& mask) {
  Registration whole = AsRegistration(current);
  if (mask.person) {
    whole.number = corrected.number;
    whole.display_name = corrected.display_name;
    whole.protected_identity = corrected.protected_identity;
  }
  if (mask.consent) whole.consent = corrected.consent;
  if (mask.kommun) whole.kommun = corrected.kommun;
  if (mask.entry) whole.entry = corrected.entry;
  if (mask.exit) whole.exit = corrected.exit;
  if (mask.follow_ups) whole.follow_ups = corrected.follow_ups;
  return whole;
}

void Take(Participation& participation, Registration&& whole) {
  participation.number = std::move(whole.number);
  participation.display_name = std::move(whole.display_name);
  participation.consent = *std::move(whole.consent);
  participation.kommun = std::move(whole.kommun);
  participation.entry = std::move(whole.entry);
  participation.exit = std::move(whole.exit);
  participation.follow_ups = std::move(whole.follow_ups);
}

absl::Status CheckReason(const std::string& reason,
                         const Surroundings& around) {
  return AtField("reason", around.codes.Check(CodeList::kCorrectionReason,
                                              reason, around.today));
}

}  // namespace

int Months(FollowUpMonths months) {
  switch (months) {
    case FollowUpMonths::kSix:
      return 6;
    case FollowUpMonths::kTwelve:
      return 12;
  }
  return 0;
}

absl::StatusOr<FollowUpMonths> FollowUpMonthsFrom(int months) {
  for (const FollowUpMonths known : kAllFollowUpMonths) {
    if (Months(known) == months) return known;
  }
  Faults faults;
  faults.Add("", reasons::kOutOfRange);
  return faults.ToStatus();
}

bool IsRegisteredWrongly(const Participation& participation,
                         const CodeBook& codes) {
  return participation.exit.has_value() &&
         EndReasonFlags(*participation.exit, codes).excluded_from_statistics;
}

bool IsDeceased(const Participation& participation, const CodeBook& codes) {
  return participation.exit.has_value() &&
         EndReasonFlags(*participation.exit, codes).deceased;
}

bool FillUnknown(Registration& registration, const CodeBook& codes,
                 bool migrating) {
  Entry& entry = registration.entry;
  if (entry.education.empty()) {
    entry.education = codes.Unknown(CodeList::kEducation).code;
  }
  if (!migrating || !entry.situation.supports.empty()) return false;
  entry.situation.supports = UnknownSituation(codes).supports;
  return true;
}

absl::StatusOr<Participation> End(const Participation& current,
                                  const Exit& exit,
                                  const std::vector<Participation>& others,
                                  const std::string& user,
                                  const Surroundings& around) {
  if (current.exit.has_value()) return errors::AlreadyEnded();
  RETURN_IF_ERROR(CheckExit(exit, current.entry.day, around));

  Participation ended = NextVersion(current, user);
  ended.exit = exit;
  RETURN_IF_ERROR(CheckOverlap(ended, others, around.codes));
  DropLapsedAcknowledgements(ended, around.codes);
  return ended;
}

absl::StatusOr<Participation> RecordFollowUp(const Participation& current,
                                             FollowUpMonths months,
                                             const FollowUp& follow_up,
                                             const std::string& user,
                                             const Surroundings& around) {
  const size_t place = static_cast<size_t>(months);
  if (IsRegisteredWrongly(current, around.codes)) {
    return errors::RegisteredWrongly();
  }
  if (!current.exit.has_value()) return errors::NotEnded();
  if (IsDeceased(current, around.codes)) return errors::Deceased();
  if (current.follow_ups[place].has_value()) {
    return errors::AlreadyFollowedUp();
  }
  RETURN_IF_ERROR(CheckFollowUp(follow_up, current.exit->day, around));

  Participation followed = NextVersion(current, user);
  followed.follow_ups[place] = follow_up;
  return followed;
}

absl::StatusOr<Participation> Correct(const Participation& current,
                                      const Registration& corrected,
                                      const CorrectionMask& mask,
                                      const std::string& reason,
                                      const std::vector<Participation>& others,
                                      const std::string& user,
                                      const Surroundings& around) {
  RETURN_IF_ERROR(CheckReason(reason, around));
  Registration whole = Replaced(current, corrected, mask);
  FillUnknown(whole, around.codes, /*migrating=*/false);
  RETURN_IF_ERROR(CheckRegistration(whole, around));

  Participation version = NextVersion(current, user);
  version.correction_reason = reason;
  Take(version, std::move(whole));
  RETURN_IF_ERROR(CheckOverlap(version, others, around.codes));
  DropLapsedAcknowledgements(version, around.codes);
  return version;
}

Registration AsRegistration(const Participation& participation) {
  return Registration{.number = participation.number,
                      .display_name = participation.display_name,
                      .protected_identity = false,
                      .consent = participation.consent,
                      .kommun = participation.kommun,
                      .entry = participation.entry,
                      .exit = participation.exit,
                      .follow_ups = participation.follow_ups};
}

std::optional<Day> DueDay(const Participation& participation,
                          FollowUpMonths months, const CodeBook& codes) {
  if (!participation.exit.has_value() || IsDeceased(participation, codes) ||
      IsRegisteredWrongly(participation, codes)) {
    return std::nullopt;
  }
  return participation.exit->day.PlusMonths(Months(months));
}

}  // namespace stegvis::domain
