#include "services/domain/erasure.h"

#include <algorithm>
#include <array>

#include "services/base/errors.h"

namespace stegvis::domain {
namespace {

constexpr int kWrongRegistrationMonths = 3;

struct NamedReason {
  absl::string_view name;
  ErasureReason reason;
};
constexpr std::array<NamedReason, 4> kReasons = {
    {{"begaran", ErasureReason::kRequest},
     {"skyddade_uppgifter", ErasureReason::kProtectedIdentity},
     {"annan", ErasureReason::kOther},
     {"gallring", ErasureReason::kRetention}}};

}  // namespace

absl::StatusOr<ErasureReason> ErasureReasonNamed(absl::string_view name) {
  for (const NamedReason& named : kReasons) {
    if (named.name == name) return named.reason;
  }
  Faults faults;
  faults.Add("reason", reasons::kCodeUnknown);
  return faults.ToStatus();
}

Day KeptUntil(const Participation& participation, Day known,
              int retention_months, const CodeBook& codes) {
  if (IsRegisteredWrongly(participation, codes)) {
    return std::max(participation.exit->day, known)
        .PlusMonths(kWrongRegistrationMonths);
  }
  const Day last = participation.exit.has_value()
                       ? participation.exit->day
                       : std::max(participation.entry.day, known);
  return last.PlusMonths(retention_months);
}

Remains RemainsOf(const Participation& participation, Day known,
                  int retention_months, Day today, const CodeBook& codes) {
  Remains remains;
  if (!IsRegisteredWrongly(participation, codes)) {
    remains.count = AnonymousRemainder{participation.number.GetSex(),
                                       participation.entry.day.Year()};
  }
  const Day kept_until =
      KeptUntil(participation, known, retention_months, codes);
  if (kept_until >= today) remains.withdrawal = Withdrawal{today, kept_until};
  return remains;
}

absl::Status CheckNotWithdrawn(const Consent& consent,
                               const std::optional<Withdrawal>& withdrawal) {
  if (!withdrawal.has_value()) return absl::OkStatus();
  if (consent.signed_day > withdrawal->withdrawn) return absl::OkStatus();
  return AtField("consent.signed_date", errors::ConsentWithdrawn());
}

}  // namespace stegvis::domain
