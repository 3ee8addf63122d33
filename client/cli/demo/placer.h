// Who takes part where.
#pragma once

#include <optional>
#include <vector>

#include "client/cli/demo/chance.h"
#include "client/cli/demo/courses.h"
#include "client/cli/demo/landscape.h"
#include "client/cli/demo/numbers.h"
#include "client/cli/demo/participation.h"
#include "client/cli/demo/person.h"
#include "client/cli/demo/plan.h"

namespace stegvis::demo {

// A participation with whom and where.
struct Placed {
  Person person;
  const Forbund* forbund;
  const Insats* insats;
  Participation participation;
  bool again;  // The person is that of the one before.
};

// Finds people and places for participations. One thread.
class Placer {
 public:
  Placer(const std::vector<Forbund>& landscape, Chance& chance);

  // The next of `batch`. Forgets who was before when a batch begins.
  void BeginBatch() { last_.reset(); }
  const Placed& Next(const Batch& batch, const Course& course);

 private:
  std::optional<Placed> Again(const Batch& batch, const Course& course);
  Placed Fresh(const Batch& batch, const Course& course);
  const Forbund& AnyForbund(const Participation& participation);
  const Insats& AnyInsats(const Forbund& forbund, Day entry,
                          const Insats* but_not);

  Chance& chance_;
  PersonNumbers numbers_;
  // Every förbund as often as it is large.
  std::vector<const Forbund*> tickets_;
  std::optional<Placed> last_;
};

}  // namespace stegvis::demo
