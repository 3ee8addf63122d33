// Proofs of releases as files: fetched from the server, checked without one.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "client/cli/session.h"
#include "stegvis/v1/publication.pb.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::cli {

// Writes the signed proof of the release `name` to `file`, and the key that
// signed it to `key_file` unless that is empty.
absl::Status WriteReleaseProof(const std::string& name, const std::string& file,
                               const std::string& key_file, Session& session);

// Writes `proof` without signature to `file`, which only its owner can read.
absl::Status WriteUnsignedProof(const v1::ReleaseProof& proof,
                                const std::string& file);

// Whether that file is there and of what everybody may see of `release`.
bool IsProofOf(const std::string& file, const v1::Release& release);

bool IsReleaseProof(const v1::SignedEnvelope& envelope);

// Checks a proof by addition, and prints what it proves, or all of it with the
// format json. `envelope` is signed by the key `key_id`, or by nobody where
// that is empty. FAILED_PRECONDITION, with a Swedish line, when it does not
// hold; nothing is printed then.
absl::Status CheckReleaseProof(const v1::SignedEnvelope& envelope,
                               const std::string& key_id,
                               const std::string& format);

}  // namespace stegvis::cli
