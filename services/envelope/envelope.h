// Signed files: envelopes of DSSE (github.com/secure-systems-lab/dsse), which
// say what they hold, hold it byte by byte, and who signed it.
//
// Pure functions. Safe from any thread.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::envelope {

// What is signed of a payload: DSSE's pre-authentication encoding,
// `DSSEv1 LENGTH TYPE LENGTH PAYLOAD` with one space between.
std::string PreAuthenticationEncoding(absl::string_view type,
                                      absl::string_view payload);

// The file: JSON, with a line break at the end.
std::string WriteEnvelope(const v1::SignedEnvelope& envelope);

// FAILED_PRECONDITION with ENVELOPE_INVALID unless `file` is an envelope with a
// payload and at least one signature, and nothing else.
absl::StatusOr<v1::SignedEnvelope> ReadEnvelope(absl::string_view file);

// The same of one that nobody has signed; ENVELOPE_INVALID for a signed one.
absl::StatusOr<v1::SignedEnvelope> ReadUnsigned(absl::string_view file);

// OK when the key signed the envelope. FAILED_PRECONDITION with
//   PUBLIC_KEY_INVALID  `public_pem` is no Ed25519 public key,
//   KEY_DIFFERS         every signature says that it is of another key,
//   SIGNATURE_INVALID   it is not signed so: somebody changed it, or another
//                       key signed it.
absl::Status Verify(absl::string_view public_pem,
                    const v1::SignedEnvelope& envelope);

}  // namespace stegvis::envelope
