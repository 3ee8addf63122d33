// Erasing a participation: when it must go, what takes its place, and what
// keeps it from coming back.
//
// Pure values and rules: no clock, no database, no proto. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "services/base/day.h"
#include "services/domain/code_list.h"
#include "services/domain/participation.h"
#include "services/domain/person_number.h"

namespace stegvis::domain {

// Why a person is erased, beside the withdrawal of the consent.
enum class ErasureReason : uint8_t {
  kRequest,            // begaran
  kProtectedIdentity,  // skyddade_uppgifter
  kOther,              // annan
  kRetention,          // gallring: it was kept as long as it may be
};
// INVALID_ARGUMENT with CODE_UNKNOWN at `reason`.
absl::StatusOr<ErasureReason> ErasureReasonNamed(absl::string_view name);

// The last day that `participation`, whose newest version became known on
// `known`, may be kept: `retention_months` after the exit; without an exit,
// after the last event; after a wrong registration, 3 months.
Day KeptUntil(const Participation& participation, Day known,
              int retention_months, const CodeBook& codes);

// The anonymous count of one that takes the place of a person.
struct AnonymousRemainder {
  Sex sex = Sex::kWoman;
  int start_year = 0;

  friend bool operator==(const AnonymousRemainder&,
                         const AnonymousRemainder&) = default;
};

// A person is not to be registered again on an older consent.
struct Withdrawal {
  Day withdrawn;
  Day kept_until;  // Then it is forgotten itself.

  friend bool operator==(const Withdrawal&, const Withdrawal&) = default;
};

// What stays when a participation is erased.
struct Remains {
  std::optional<AnonymousRemainder> count;  // Nothing of a wrong registration.
  // Nothing when it would be forgotten at once.
  std::optional<Withdrawal> withdrawal;
};
Remains RemainsOf(const Participation& participation, Day known,
                  int retention_months, Day today, const CodeBook& codes);

// INVALID_ARGUMENT with CONSENT_WITHDRAWN at `consent.signed_date` unless the
// consent was signed after the day of the withdrawal, if there is one.
absl::Status CheckNotWithdrawn(const Consent& consent,
                               const std::optional<Withdrawal>& withdrawal);

}  // namespace stegvis::domain
