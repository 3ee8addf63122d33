#include "services/domain/findings.h"

#include <array>
#include <cstdlib>

#include "services/base/limits.h"
#include "services/domain/participation.h"

namespace stegvis::domain {
namespace {

constexpr int kYoungest = 16;
constexpr int kOldest = 65;
constexpr int kMonthsAYear = 12;

// In the order of FindingKind.
constexpr std::array<absl::string_view, 6> kNames = {
    "AGE_OUTSIDE_16_65",   "CONSENT_OLD",     "EXIT_LATE",
    "SITUATION_UNCHANGED", "FOLLOW_UP_6_OFF", "FOLLOW_UP_12_OFF"};

bool AgeIsUnusual(const Participation& participation) {
  const int age = participation.number.AgeOn(participation.entry.day);
  return age < kYoungest || age > kOldest;
}

bool ConsentIsOld(const Participation& participation) {
  return participation.consent.signed_day.PlusMonths(kMonthsAYear) <
         participation.entry.day;
}

bool ExitIsLate(const Participation& participation) {
  const Day latest =
      participation.entry.day.PlusMonths(kMonthsAYear * kLateExitYears);
  return participation.exit.has_value() && participation.exit->day > latest;
}

bool SituationIsUnchanged(const Participation& participation) {
  return participation.exit.has_value() &&
         participation.exit->situation == participation.entry.situation;
}

bool FollowUpIsOff(const Participation& participation, FollowUpMonths months,
                   const CodeBook& codes) {
  const std::optional<FollowUp>& follow_up =
      participation.follow_ups[static_cast<size_t>(months)];
  const std::optional<Day> due = DueDay(participation, months, codes);
  if (!follow_up.has_value() || !due.has_value()) return false;
  return std::abs(follow_up->day.Number() - due->Number()) >
         limits::kFollowUpToleranceDays;
}

}  // namespace

absl::string_view FindingName(FindingKind kind) {
  return kNames[static_cast<size_t>(kind)];
}

std::optional<FindingKind> FindingNamed(absl::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<FindingKind>(i);
  }
  return std::nullopt;
}

std::vector<FindingKind> FindingsOf(const Participation& participation,
                                    const CodeBook& codes) {
  std::vector<FindingKind> found;
  if (IsRegisteredWrongly(participation, codes)) return found;
  const auto add = [&](bool holds, FindingKind kind) {
    if (holds) found.push_back(kind);
  };
  add(AgeIsUnusual(participation), FindingKind::kAgeOutside16To65);
  add(ConsentIsOld(participation), FindingKind::kConsentOld);
  add(ExitIsLate(participation), FindingKind::kExitLate);
  add(SituationIsUnchanged(participation), FindingKind::kSituationUnchanged);
  add(FollowUpIsOff(participation, FollowUpMonths::kSix, codes),
      FindingKind::kFollowUp6Off);
  add(FollowUpIsOff(participation, FollowUpMonths::kTwelve, codes),
      FindingKind::kFollowUp12Off);
  return found;
}

}  // namespace stegvis::domain
