// The proof of a release as a message, and its check by addition.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/disclosure/protect.h"
#include "services/disclosure/release.h"
#include "stegvis/v1/publication.pb.h"

namespace stegvis::handlers {

// DSSE's payload type of a proof.
inline constexpr char kReleaseProofType[] =
    "application/vnd.stegvis.release-proof+protobuf";
inline constexpr int kProofFormat = 2;

// What is kept of `table` as it is let out; without the release's name.
v1::ReleaseProof MakeProof(const disclosure::ReleaseTable& table,
                           const disclosure::Protection& protection);

// The counts of a release (its name as disclosure::ReleaseName) that could be
// worked out, by theirs. Takes the first hundred.
v1::UnsafeCounts UnsafeIn(const std::string& release,
                          std::vector<std::string> names);

// What a check by addition found.
struct ProofFindings {
  // The true report does not contradict itself.
  bool truth_adds_up = false;
  // What was let out is what the true report and the marks give.
  bool release_is_of_truth = false;
  int counts = 0;    // That are truly 1–4 and not printed,
  int unproved = 0;  // and of which no two tables are far enough apart.

  bool Holds() const {
    return truth_adds_up && release_is_of_truth && unproved == 0;
  }
};
// INVALID_ARGUMENT when the proof is of another format, or holds what is none.
absl::StatusOr<ProofFindings> CheckProof(const v1::ReleaseProof& proof);

// What later releases of the year must reckon with. Errors as CheckProof.
absl::StatusOr<disclosure::EarlierRelease> EarlierOf(
    const v1::ReleaseProof& proof);

}  // namespace stegvis::handlers
