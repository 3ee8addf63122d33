// The nation's release of a year in a rollup: what nodes know of it, how it is
// made of what they gave, and that each of them is told.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "client/rollup/failure.h"
#include "client/rollup/nodes.h"
#include "client/rollup/rollup.h"
#include "services/disclosure/protect.h"
#include "stegvis/v1/code_list.pb.h"
#include "stegvis/v1/publication.pb.h"

namespace stegvis::rollup {

// What a node has out for a year.
struct NodeReleases {
  std::optional<v1::Release> nation;  // The newest.
  v1::ListCodesResponse codes;        // The node's, where it has that.
  bool has_forbund = false;           // A förbund's own is out.
  std::optional<Failure> failure;     // Why nothing of this is known.
};

// Asks all nodes at once, as AskNodes. In the order of `nodes`.
std::vector<NodeReleases> AskReleases(const std::vector<Node>& nodes, int year,
                                      absl::Duration deadline);

// Whether the nodes that take an announcement store it, or only say that they
// would.
enum class Announcing { kTry, kStore };

// Announces the nation's release to all nodes at once. In the order of `nodes`:
// why one did not take it, or nothing.
std::vector<std::optional<Failure>> Announce(const std::vector<Node>& nodes,
                                             const v1::Release& release,
                                             Announcing announcing,
                                             absl::Duration deadline);

// The breakdowns that a release asks for.
std::vector<std::string> NationBreakdowns();

// A release and its proof, or why it is not let out.
using Made = std::variant<v1::ReleaseProof, v1::UnsafeCounts>;

// The first release of the nation's year, of everything gathered with
// NationBreakdowns: the same that one node with all would make. NOT_FOUND where
// nobody took part; else as Merge. `tell` as in disclosure::Protect.
absl::StatusOr<Made> MakeRelease(Gathered gathered, const Question& question,
                                 const disclosure::Tell& tell);

}  // namespace stegvis::rollup
