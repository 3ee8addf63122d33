// What was recorded between two revisions of a sealed report, by kind.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/ids.h"
#include "services/domain/code_list.h"
#include "stegvis/v1/sealed_report.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// A förbund and a year, and what lies between two moments of its reports.
struct Between {
  ForbundId forbund;
  int year = 0;
  storage::FeedPosition after;  // Of the earlier one.
  storage::FeedPosition until;  // Of the later one.
  absl::Time as_of_before;
  absl::Time as_of_after;
};

using EventKind = v1::EventCount::Kind;

// What was recorded between the two moments.
struct Events {
  // Of each kind that there is something of, the number of participations,
  // counts or insatser. Of participations only those that count in the year
  // before or after the event; a participation that was registered in between
  // is that alone, whatever was recorded of it then. Of an erased one it is
  // known that it was erased, and no more.
  std::map<EventKind, int> counts;
  // All participations of which anything was recorded, by the kinds of it.
  // Without any where it does not count in the year, or no report shows it.
  std::map<std::set<EventKind>, std::vector<ParticipationId>> participations;
};

// Reads the whole förbund.
absl::StatusOr<Events> EventsBetween(storage::ReadTransaction& tx,
                                     const Between& between,
                                     const domain::CodeBook& codes);

}  // namespace stegvis::handlers
