// Findings: what is unusual but possible. Shown, listed, acknowledged with a
// reason; never a refusal.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace stegvis::domain {

struct Participation;
class CodeBook;

enum class FindingKind : uint8_t {
  kAgeOutside16To65,    // At the entry.
  kConsentOld,          // Older than a year at the entry.
  kExitLate,            // More than kLateExitYears after the entry.
  kSituationUnchanged,  // After is before in every respect.
  kFollowUp6Off,        // More than 60 days from its due day.
  kFollowUp12Off,
};

// `AGE_OUTSIDE_16_65` …; the inverse gives nothing for other texts.
absl::string_view FindingName(FindingKind kind);
std::optional<FindingKind> FindingNamed(absl::string_view name);

struct Acknowledgement {
  FindingKind kind;
  std::string text;
  std::string user;

  friend bool operator==(const Acknowledgement&,
                         const Acknowledgement&) = default;
};

// How many years after the entry an exit is a finding.
inline constexpr int kLateExitYears = 3;

// The findings of a participation, acknowledged or not, in the order above. A
// wrong registration has none.
std::vector<FindingKind> FindingsOf(const Participation& participation,
                                    const CodeBook& codes);

}  // namespace stegvis::domain
