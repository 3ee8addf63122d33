// Through which kinds of event the cells of a sealed report changed from one
// revision to the next.
#pragma once

#include <set>
#include <vector>

#include "absl/status/status.h"
#include "services/domain/code_list.h"
#include "services/handlers/report_events.h"
#include "stegvis/v1/sealed_report.pb.h"
#include "storage/store/transaction.h"

namespace stegvis::handlers {

// Two revisions of a sealed report, and what was recorded in between.
struct Revisions {
  const v1::OutcomeReport& before;
  const v1::OutcomeReport& after;
  const Between& between;
  const Events& events;
  // Why the store does not say what was sealed any more: erasures since, other
  // definitions. Empty when it does.
  std::set<EventKind> unlike_the_store;
};

// Says of each of `cells`, in which the two differ, by how much which kinds of
// event changed it. The förbund is taken as it was before, and then the events
// of one kind after the other have happened: what several kinds do only
// together, the last of them has done. Of no kind is what nothing explains.
// Reads the whole förbund once for each kind. Fails as ReadTableAt.
absl::Status AddCauses(storage::ReadTransaction& tx, const Revisions& revisions,
                       const domain::CodeBook& codes,
                       std::vector<v1::CellChange>& cells);

}  // namespace stegvis::handlers
