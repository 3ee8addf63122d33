// Releases and their proofs in words.
#pragma once

#include <string>

#include "client/cli/code_labels.h"
#include "services/handlers/release_proof.h"
#include "stegvis/v1/publication.pb.h"

namespace stegvis::cli {

// What is withheld in a release.
std::string WithheldText(const v1::Release& release);

// Which release is out, what is withheld in it, and where it was out before,
// why it still stands.
std::string PublishedText(const v1::PublishReleaseResponse& published,
                          const CodeLabels& labels);

// Which counts stand in the way of a release, a line each.
std::string UnsafeText(const v1::UnsafeCounts& unsafe);

// What a proof that holds is of, and what it proves, a line each.
std::string ProofText(const v1::ReleaseProof& proof,
                      const handlers::ProofFindings& found,
                      const std::string& key_id);

// Why a proof does not hold, in one line.
std::string BrokenProofText(const handlers::ProofFindings& found);

}  // namespace stegvis::cli
