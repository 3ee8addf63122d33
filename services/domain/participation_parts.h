// What the rules of participations share. Internal to services/domain.
//
// Pure functions. Safe from any thread.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/base/day.h"
#include "services/domain/participation.h"

namespace stegvis::domain {

// The flags of an end reason; none for a code that is not in the book.
CodeFlags EndReasonFlags(const Exit& exit, const CodeBook& codes);

// INVALID_ARGUMENT naming every fault of an exit or a follow-up, as
// CheckRegistration says, with paths from `date` on.
absl::Status CheckExit(const Exit& exit, Day entry_day,
                       const Surroundings& around);
absl::Status CheckFollowUp(const FollowUp& follow_up, Day exit_day,
                           const Surroundings& around);

// FAILED_PRECONDITION with OVERLAPS when `participation` cannot stand beside
// `others`: their periods [entry, exit) meet, or the entry date, which is what
// tells a person's participations in an insats apart, is the same. Wrong
// registrations and `participation` itself count as not there. Who comes and
// goes on one day is there at that moment: not inside another period, but
// allowed where one begins anew or ends.
absl::Status CheckOverlap(const Participation& participation,
                          const std::vector<Participation>& others,
                          const CodeBook& codes);

// `current` as `user` will change it: what belonged to the version alone
// (correction reason, migrated) is cleared.
Participation NextVersion(const Participation& current,
                          const std::string& user);

// Drops the acknowledgements of findings that `participation` has no more.
void DropLapsedAcknowledgements(Participation& participation,
                                const CodeBook& codes);

}  // namespace stegvis::domain
