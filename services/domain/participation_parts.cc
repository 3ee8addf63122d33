#include "services/domain/participation_parts.h"

#include <algorithm>

#include "services/base/errors.h"

namespace stegvis::domain {
namespace {

bool BeginsBeforeEndOf(const Participation& a, const Participation& b) {
  return !b.exit.has_value() || a.entry.day < b.exit->day;
}

bool Meet(const Participation& a, const Participation& b) {
  if (a.entry.day == b.entry.day) return true;
  return BeginsBeforeEndOf(a, b) && BeginsBeforeEndOf(b, a);
}

}  // namespace

CodeFlags EndReasonFlags(const Exit& exit, const CodeBook& codes) {
  const Code* reason = codes.Find(CodeList::kEndReason, exit.end_reason);
  return reason == nullptr ? CodeFlags{} : reason->flags;
}

absl::Status CheckOverlap(const Participation& participation,
                          const std::vector<Participation>& others,
                          const CodeBook& codes) {
  if (IsRegisteredWrongly(participation, codes)) return absl::OkStatus();
  const bool meets = std::any_of(
      others.begin(), others.end(), [&](const Participation& other) {
        return other.id != participation.id &&
               !IsRegisteredWrongly(other, codes) && Meet(participation, other);
      });
  return meets ? errors::Overlaps() : absl::OkStatus();
}

Participation NextVersion(const Participation& current,
                          const std::string& user) {
  Participation next = current;
  next.changed_by = user;
  next.correction_reason.clear();
  next.migrated = false;
  return next;
}

void DropLapsedAcknowledgements(Participation& participation,
                                const CodeBook& codes) {
  const std::vector<FindingKind> found = FindingsOf(participation, codes);
  std::erase_if(participation.acknowledgements,
                [&](const Acknowledgement& acknowledgement) {
                  return std::find(found.begin(), found.end(),
                                   acknowledgement.kind) == found.end();
                });
}

}  // namespace stegvis::domain
