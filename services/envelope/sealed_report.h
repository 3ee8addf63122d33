// Sealed yearly reports: their bytes, and their way into an envelope and out.
//
// Pure functions. Safe from any thread.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "stegvis/v1/sealed_report.pb.h"

namespace stegvis::envelope {

inline constexpr absl::string_view kSealedReportType =
    "application/vnd.stegvis.sealed-report+protobuf";

// The format that we write, and the newest that we read.
inline constexpr int kSealedReportFormat = 1;

// A message as bytes: the same for the same content, on every machine.
std::string Deterministic(const google::protobuf::Message& message);

// The payload: the same bytes for the same content, on every machine.
std::string PayloadOf(const v1::SealedReportContent& content);

// The envelope of a report as the server gives it.
v1::SignedEnvelope EnvelopeOf(const v1::SealedReport& report);

// FAILED_PRECONDITION with
//   ENVELOPE_INVALID  the payload is no sealed report,
//   FORMAT_TOO_NEW    a newer Stegvis wrote it.
// Says nothing of who signed it.
absl::StatusOr<v1::SealedReportContent> ContentOf(
    const v1::SignedEnvelope& envelope);
absl::StatusOr<v1::SealedReportContent> ContentOfPayload(
    const std::string& payload);

}  // namespace stegvis::envelope
