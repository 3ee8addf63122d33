#include "services/envelope/envelope.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/str_cat.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/envelope/public_key.h"

namespace stegvis::envelope {

namespace json = google::protobuf::util;

namespace {

absl::StatusOr<v1::SignedEnvelope> Read(absl::string_view file,
                                        bool is_signed) {
  v1::SignedEnvelope envelope;
  const bool read =
      json::JsonStringToMessage(std::string(file), &envelope).ok();
  if (!read || envelope.payload_type().empty() || envelope.payload().empty() ||
      envelope.signatures().empty() == is_signed) {
    return errors::EnvelopeInvalid();
  }
  return envelope;
}

}  // namespace

std::string PreAuthenticationEncoding(absl::string_view type,
                                      absl::string_view payload) {
  return absl::StrCat("DSSEv1 ", type.size(), " ", type, " ", payload.size(),
                      " ", payload);
}

std::string WriteEnvelope(const v1::SignedEnvelope& envelope) {
  json::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string text;
  // It holds nothing that cannot be written.
  (void)json::MessageToJsonString(envelope, &text, options);
  return text;
}

absl::StatusOr<v1::SignedEnvelope> ReadEnvelope(absl::string_view file) {
  return Read(file, /*is_signed=*/true);
}

absl::StatusOr<v1::SignedEnvelope> ReadUnsigned(absl::string_view file) {
  return Read(file, /*is_signed=*/false);
}

absl::Status Verify(absl::string_view public_pem,
                    const v1::SignedEnvelope& envelope) {
  ASSIGN_OR_RETURN(const PublicKey key, PublicKey::FromPem(public_pem));
  const std::string message =
      PreAuthenticationEncoding(envelope.payload_type(), envelope.payload());
  bool may_be_ours = false;
  for (const v1::EnvelopeSignature& signature : envelope.signatures()) {
    if (!signature.keyid().empty() && signature.keyid() != key.Id()) continue;
    if (key.Verifies(message, signature.sig())) return absl::OkStatus();
    may_be_ours = true;
  }
  return may_be_ours ? errors::SignatureInvalid() : errors::KeyDiffers();
}

}  // namespace stegvis::envelope
