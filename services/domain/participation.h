// Participation (deltagande): one person, in one insats, one time; and the
// rules of registering, ending, following up and correcting it.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/day.h"
#include "services/base/ids.h"
#include "services/base/sensitive.h"
#include "services/domain/code_list.h"
#include "services/domain/findings.h"
#include "services/domain/forbund.h"
#include "services/domain/insats.h"
#include "services/domain/person_number.h"
#include "services/domain/situation.h"

namespace stegvis::domain {

struct Consent {
  Day signed_day;
  std::string reference;

  friend bool operator==(const Consent&, const Consent&) = default;
};

struct Entry {
  Day day;
  Situation situation;
  std::string education;                 // A code; never empty once checked.
  std::optional<int> months_on_support;  // Nothing = unknown.
  std::string referring_party;           // Empty = unknown.
  std::vector<Answer> answers;

  friend bool operator==(const Entry&, const Entry&) = default;
};

struct Exit {
  Day day;
  std::string end_reason;
  std::optional<Situation> situation;  // Missing only where the reason allows.
  std::vector<Answer> answers;

  friend bool operator==(const Exit&, const Exit&) = default;
};

struct FollowUp {
  Day day;
  Situation situation;

  friend bool operator==(const FollowUp&, const FollowUp&) = default;
};

// 6 and 12 months after the exit.
enum class FollowUpMonths : uint8_t { kSix, kTwelve };
inline constexpr std::array<FollowUpMonths, 2> kAllFollowUpMonths = {
    FollowUpMonths::kSix, FollowUpMonths::kTwelve};
int Months(FollowUpMonths months);
// INVALID_ARGUMENT with OUT_OF_RANGE unless 6 or 12.
absl::StatusOr<FollowUpMonths> FollowUpMonthsFrom(int months);

using FollowUps = std::array<std::optional<FollowUp>, 2>;  // By FollowUpMonths.

// What a samordnare or a file says of one participation.
struct Registration {
  PersonNumber number;
  Sensitive<std::string> display_name;
  bool protected_identity = false;
  std::optional<Consent> consent;
  std::string kommun;  // Empty = unknown.
  Entry entry;
  std::optional<Exit> exit;
  FollowUps follow_ups;
};

// A participation as it is stored.
struct Participation {
  ParticipationId id;
  InsatsId insats;
  PersonNumber number;
  Sensitive<std::string> display_name;
  Consent consent;
  std::string kommun;
  Entry entry;
  std::optional<Exit> exit;
  FollowUps follow_ups;
  std::vector<Acknowledgement> acknowledgements;
  std::string registered_by;      // The user who registered it first.
  std::string changed_by;         // The user who made this version.
  std::string correction_reason;  // A code; empty unless a correction.
  bool migrated = false;          // This version came from another system.
};

// What the rules need to know around a participation.
struct Surroundings {
  const Forbund& forbund;
  const Insats& insats;
  const std::vector<Question>& questions;
  const CodeBook& codes;
  // The day of recording; of a migrated row, the day of its moment: nothing may
  // lie after it.
  Day today;
};

// Whether the end reason keeps `participation` out of every statistic
// (felregistrering).
bool IsRegisteredWrongly(const Participation& participation,
                         const CodeBook& codes);

// Whether it ended by death.
bool IsDeceased(const Participation& participation, const CodeBook& codes);

// Checks everything that can be wrong with a registration whatever is stored.
// FAILED_PRECONDITION METHOD_IS_VOLUME first; else INVALID_ARGUMENT naming
// every fault by the field paths of proto Registration:
//   person.protected_identity  PROTECTED_IDENTITY (first, and alone)
//   consent                    CONSENT_MISSING (then alone)
//   consent.signed_date        DATE_IN_FUTURE
//   entry.date                 DATE_IN_FUTURE, OUTSIDE_INSATS, OUTSIDE_FORBUND,
//                              BORN_AFTER_ENTRY
//   exit.date                  DATE_IN_FUTURE, ENDS_BEFORE_START
//   exit.end_reason            NOT_ALLOWED where it withdraws the consent: that
//                              is a withdrawal, not an exit
//   exit.situation             MISSING, unless the end reason allows it
//   follow_ups                 NOT_ALLOWED without exit or after death
//   follow_ups[6|12].date      DATE_IN_FUTURE, FOLLOW_UP_BEFORE_EXIT
// and codes, situations and answers as their own checks say. The index of a
// follow-up in a path is its months.
absl::Status CheckRegistration(const Registration& registration,
                               const Surroundings& around);

// Fills what a missing value means: education unknown, and the support before
// unknown if `migrating` (returns whether that happened).
bool FillUnknown(Registration& registration, const CodeBook& codes,
                 bool migrating);

// What registering a checked `registration` means beside what is stored.
// `known`: the participations of the same person in the same insats.
struct RegisterDecision {
  enum class Kind : uint8_t { kNew, kUpdated, kUnchanged };
  Kind kind;
  // What to store; for kUnchanged the known one.
  Participation participation;
};
// The same entry date is the same participation, wrong registrations apart. An
// empty field (of a code: the one for unknown) contradicts nothing, on either
// side: exit and follow-ups that were missing are added, and so is any optional
// field that was empty. Rows that do not contradict each other therefore record
// the same in whatever order they are sent. Hours and seeking are never empty:
// 0 and no are statements. A wrong registration that is sent again is the same.
// INVALID_ARGUMENT with DIFFERS_FROM_RECORDED at every field that differs, the
// day of the consent included; FAILED_PRECONDITION with OVERLAPS when the
// periods [entry, exit) overlap.
absl::StatusOr<RegisterDecision> DecideRegistration(
    const std::vector<Participation>& known, const Registration& registration,
    ParticipationId new_id, const std::string& user,
    const Surroundings& around);

// Ends `current`. `others`: the person's other participations in the insats.
// FAILED_PRECONDITION ALREADY_ENDED or OVERLAPS; INVALID_ARGUMENT as
// CheckRegistration, with paths from `date` on.
absl::StatusOr<Participation> End(const Participation& current,
                                  const Exit& exit,
                                  const std::vector<Participation>& others,
                                  const std::string& user,
                                  const Surroundings& around);

// Records a follow-up. FAILED_PRECONDITION NOT_ENDED, DECEASED,
// REGISTERED_WRONGLY or ALREADY_FOLLOWED_UP; INVALID_ARGUMENT with paths from
// `date` on.
absl::StatusOr<Participation> RecordFollowUp(const Participation& current,
                                             FollowUpMonths months,
                                             const FollowUp& follow_up,
                                             const std::string& user,
                                             const Surroundings& around);

// The moments that a correction replaces.
struct CorrectionMask {
  bool person = false;
  bool consent = false;
  bool kommun = false;
  bool entry = false;
  bool exit = false;  // An absent exit opens the participation again.
  bool follow_ups = false;
};

// Replaces the moments named by `mask` with those of `corrected` (the others of
// which are ignored) and checks the whole as if it were registered; what was
// acknowledged and is no longer so is dropped. `others` as in End, by the new
// number when it changes. INVALID_ARGUMENT with CODE_UNKNOWN at `reason`,
// alone; else as CheckRegistration; FAILED_PRECONDITION with OVERLAPS as
// DecideRegistration, also for an entry date that another one has.
absl::StatusOr<Participation> Correct(const Participation& current,
                                      const Registration& corrected,
                                      const CorrectionMask& mask,
                                      const std::string& reason,
                                      const std::vector<Participation>& others,
                                      const std::string& user,
                                      const Surroundings& around);

// What is recorded, as one would register it.
Registration AsRegistration(const Participation& participation);

// The day the follow-up falls due; nothing when it never does (ongoing,
// deceased, registered wrongly).
std::optional<Day> DueDay(const Participation& participation,
                          FollowUpMonths months, const CodeBook& codes);

}  // namespace stegvis::domain
