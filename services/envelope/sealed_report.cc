#include "services/envelope/sealed_report.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include "services/base/errors.h"

namespace stegvis::envelope {

std::string Deterministic(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

std::string PayloadOf(const v1::SealedReportContent& content) {
  return Deterministic(content);
}

v1::SignedEnvelope EnvelopeOf(const v1::SealedReport& report) {
  v1::SignedEnvelope envelope;
  envelope.set_payload_type(std::string(kSealedReportType));
  envelope.set_payload(report.payload());
  v1::EnvelopeSignature& signature = *envelope.add_signatures();
  signature.set_keyid(report.key_id());
  signature.set_sig(report.signature());
  return envelope;
}

absl::StatusOr<v1::SealedReportContent> ContentOf(
    const v1::SignedEnvelope& envelope) {
  if (envelope.payload_type() != kSealedReportType) {
    return errors::EnvelopeInvalid();
  }
  return ContentOfPayload(envelope.payload());
}

absl::StatusOr<v1::SealedReportContent> ContentOfPayload(
    const std::string& payload) {
  v1::SealedReportContent content;
  if (!content.ParseFromString(payload) || content.format_version() < 1) {
    return errors::EnvelopeInvalid();
  }
  if (content.format_version() > kSealedReportFormat) {
    return errors::FormatTooNew();
  }
  return content;
}

}  // namespace stegvis::envelope
