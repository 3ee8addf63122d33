#include "services/handlers/open_points.h"

#include <algorithm>
#include <optional>

namespace stegvis::handlers {
namespace {

using domain::Participation;

// Whether it is in the year's base, all end reasons but the flagged ones.
bool IsInBase(const Participation& participation, int year,
              const domain::CodeBook& codes) {
  return participation.exit.has_value() &&
         participation.exit->day.Year() == year &&
         !domain::IsRegisteredWrongly(participation, codes);
}

bool IsAcknowledged(const Participation& participation,
                    domain::FindingKind kind) {
  return std::any_of(
      participation.acknowledgements.begin(),
      participation.acknowledgements.end(),
      [kind](const domain::Acknowledgement& one) { return one.kind == kind; });
}

}  // namespace

bool CountsIn(const Participation& participation, int year,
              const domain::CodeBook& codes) {
  if (domain::IsRegisteredWrongly(participation, codes)) return false;
  return participation.entry.day <= Day::LastOfYear(year) &&
         (!participation.exit.has_value() ||
          participation.exit->day >= Day::FirstOfYear(year));
}

int FollowUpsFallingDue(const Participation& participation, int year, Day after,
                        Day until, const domain::CodeBook& codes) {
  if (!IsInBase(participation, year, codes)) return 0;
  int due = 0;
  for (const domain::FollowUpMonths months : domain::kAllFollowUpMonths) {
    const std::optional<Day> day = domain::DueDay(participation, months, codes);
    if (day.has_value() && *day > after && *day <= until) ++due;
  }
  return due;
}

OpenPointCounter::Open OpenPointCounter::OpenIn(
    const Participation& participation) const {
  Open open;
  if (!CountsIn(participation, year_, codes_)) return open;
  if (!participation.exit.has_value() &&
      participation.entry.day.PlusMonths(kLongMonths) <=
          Day::LastOfYear(year_)) {
    open.without_exit = 1;
  }
  for (const domain::FindingKind kind :
       domain::FindingsOf(participation, codes_)) {
    if (!IsAcknowledged(participation, kind)) ++open.findings;
  }
  if (!IsInBase(participation, year_, codes_)) return open;
  for (const domain::FollowUpMonths months : domain::kAllFollowUpMonths) {
    const std::optional<Day> due =
        domain::DueDay(participation, months, codes_);
    const bool made =
        participation.follow_ups[static_cast<size_t>(months)].has_value();
    if (due.has_value() && *due <= today_ && !made) ++open.follow_ups_due;
  }
  return open;
}

absl::Status OpenPointCounter::Add(const storage::ScannedVersion& version) {
  // One that does not open keeps the report from being sealed anyway.
  if (version.participation == nullptr) return absl::OkStatus();
  const Open open = OpenIn(*version.participation);
  if (open.without_exit + open.follow_ups_due + open.findings > 0) {
    open_.insert_or_assign(version.key.participation, open);
  } else {
    open_.erase(version.key.participation);
  }
  return absl::OkStatus();
}

v1::OpenPoints OpenPointCounter::Sum() const {
  Open all;
  for (const auto& [id, open] : open_) {
    all.without_exit += open.without_exit;
    all.follow_ups_due += open.follow_ups_due;
    all.findings += open.findings;
  }
  v1::OpenPoints points;
  points.set_without_exit(all.without_exit);
  points.set_follow_ups_due(all.follow_ups_due);
  points.set_findings(all.findings);
  return points;
}

}  // namespace stegvis::handlers
