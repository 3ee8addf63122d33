#include "client/cli/release_proof_file.h"

#include <iostream>

#include "client/cli/complaint.h"
#include "client/cli/files.h"
#include "client/cli/reason_text.h"
#include "client/cli/release_text.h"
#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/envelope/envelope.h"
#include "services/envelope/public_key.h"
#include "services/envelope/sealed_report.h"
#include "services/handlers/public_part.h"
#include "services/handlers/release_proof.h"
#include "stegvis/v1/publication.grpc.pb.h"

namespace stegvis::cli {
namespace {

absl::Status InSwedish(const absl::Status& status) {
  // A report that cannot be read has no reason of its own.
  const std::string reason = ReasonOf(status);
  return Complaint(ReasonText(reason.empty() ? "ENVELOPE_INVALID" : reason));
}

absl::StatusOr<v1::SignedEnvelope> EnvelopeOf(
    const v1::GetReleaseProofResponse& proof) {
  const auto key = envelope::PublicKey::FromPem(proof.pem());
  if (!key.ok()) return InSwedish(key.status());
  v1::SignedEnvelope envelope;
  envelope.set_payload_type(handlers::kReleaseProofType);
  envelope.set_payload(proof.payload());
  v1::EnvelopeSignature& signature = *envelope.add_signatures();
  signature.set_keyid(key->Id());
  signature.set_sig(proof.signature());
  return envelope;
}

void SayWhoseItIs() {
  std::cerr << "Beviset innehåller sanna antal och är bara för personalen: "
               "publicera det inte.\n";
}

}  // namespace

absl::Status WriteReleaseProof(const std::string& name, const std::string& file,
                               const std::string& key_file, Session& session) {
  v1::GetReleaseProofRequest request;
  request.set_name(name);
  ASSIGN_OR_RETURN(
      const v1::GetReleaseProofResponse proof,
      session.Call(&v1::PublicationService::Stub::GetReleaseProof, request));
  ASSIGN_OR_RETURN(const v1::SignedEnvelope envelope, EnvelopeOf(proof));
  RETURN_IF_ERROR(WriteFile(file, envelope::WriteEnvelope(envelope)));
  if (!key_file.empty()) RETURN_IF_ERROR(WriteFile(key_file, proof.pem()));
  SayWhoseItIs();
  return absl::OkStatus();
}

absl::Status WriteUnsignedProof(const v1::ReleaseProof& proof,
                                const std::string& file) {
  v1::SignedEnvelope envelope;
  envelope.set_payload_type(handlers::kReleaseProofType);
  envelope.set_payload(envelope::Deterministic(proof));
  RETURN_IF_ERROR(WriteFile(file, envelope::WriteEnvelope(envelope)));
  SayWhoseItIs();
  return absl::OkStatus();
}

bool IsProofOf(const std::string& file, const v1::Release& release) {
  const auto text = ReadFile(file);
  if (!text.ok()) return false;
  const auto envelope = envelope::ReadUnsigned(*text);
  v1::ReleaseProof proof;
  return envelope.ok() && IsReleaseProof(*envelope) &&
         proof.ParseFromString(envelope->payload()) &&
         handlers::SayTheSame(proof.release(), release);
}

bool IsReleaseProof(const v1::SignedEnvelope& envelope) {
  return envelope.payload_type() == handlers::kReleaseProofType;
}

absl::Status CheckReleaseProof(const v1::SignedEnvelope& envelope,
                               const std::string& key_id,
                               const std::string& format) {
  v1::ReleaseProof proof;
  if (!proof.ParseFromString(envelope.payload())) {
    return InSwedish(errors::EnvelopeInvalid());
  }
  const auto found = handlers::CheckProof(proof);
  if (!found.ok()) return InSwedish(found.status());
  if (!found->Holds()) return Complaint(BrokenProofText(*found));
  if (format == "json") {
    std::cout << JsonText(proof);
    return absl::OkStatus();
  }
  std::cout << (key_id.empty()
                    ? "Beviset är inte undertecknat: vem som gjort det, och "
                      "om det ändrats, går inte att se.\n"
                    : "Underskriften stämmer: beviset är oförändrat.\n")
            << ProofText(proof, *found, key_id);
  return absl::OkStatus();
}

}  // namespace stegvis::cli
