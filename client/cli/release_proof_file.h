// Proofs of releases as files: fetched from the server, checked without one.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "client/cli/session.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::cli {

// Writes the signed proof of the release `name` to `file`, and the key that
// signed it to `key_file` unless that is empty.
absl::Status WriteReleaseProof(const std::string& name, const std::string& file,
                               const std::string& key_file, Session& session);

bool IsReleaseProof(const v1::SignedEnvelope& envelope);

// Checks a proof by addition, and prints what it proves, or all of it with the
// format json. `envelope` is signed by the key `key_id`. FAILED_PRECONDITION,
// with a Swedish line, when it does not hold; nothing is printed then.
absl::Status CheckReleaseProof(const v1::SignedEnvelope& envelope,
                               const std::string& key_id,
                               const std::string& format);

}  // namespace stegvis::cli
