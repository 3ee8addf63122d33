#include "services/handlers/release_proof.h"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "services/base/errors.h"
#include "services/base/status_macros.h"
#include "services/disclosure/publish.h"
#include "services/handlers/convert_outcome.h"
#include "services/handlers/report_from_proto.h"

namespace stegvis::handlers {
namespace {

using disclosure::CellId;
using disclosure::EarlierRelease;
using disclosure::Protection;
using disclosure::ReleaseTable;

// How many counts that are not safe a message names.
constexpr size_t kMostNamed = 100;

// INVALID_ARGUMENT when it names a cell that is none.
absl::StatusOr<Protection> ProtectionOf(const v1::ReleaseProof& proof,
                                        size_t cells) {
  Protection protection;
  for (const v1::ReleaseWitness& message : proof.witnesses()) {
    disclosure::Witness witness;
    for (const v1::WitnessCell& cell : message.cells()) {
      if (cell.cell() >= cells) return errors::EnvelopeInvalid();
      witness.push_back({cell.cell(), cell.by()});
    }
    protection.witnesses.push_back(std::move(witness));
  }
  for (const v1::CellProof& message : proof.proofs()) {
    disclosure::Proof of{
        message.cell(),
        {message.witnesses().begin(), message.witnesses().end()}};
    for (const uint32_t witness : of.witnesses) {
      if (witness >= protection.witnesses.size())
        return errors::EnvelopeInvalid();
    }
    if (of.cell >= cells) return errors::EnvelopeInvalid();
    protection.proofs.push_back(std::move(of));
  }
  return protection;
}

absl::Status CheckFormat(const v1::ReleaseProof& proof) {
  const bool known =
      proof.format_version() >= 1 && proof.format_version() <= kProofFormat;
  return known ? absl::OkStatus() : errors::FormatTooNew();
}

absl::StatusOr<EarlierRelease> EarlierFrom(
    const v1::OutcomeReport& truth,
    const google::protobuf::RepeatedField<uint32_t>& further) {
  ASSIGN_OR_RETURN(outcome::OutcomeReport report, FromProto(truth));
  return EarlierRelease{std::move(report), {further.begin(), further.end()}};
}

// The table of a release that is out, with its marks.
absl::StatusOr<std::unique_ptr<ReleaseTable>> TableOf(
    const v1::ReleaseProof& proof) {
  RETURN_IF_ERROR(CheckFormat(proof));
  ASSIGN_OR_RETURN(outcome::OutcomeReport truth, FromProto(proof.truth()));
  std::vector<EarlierRelease> earlier;
  for (const v1::EarlierRelease& message : proof.earlier()) {
    ASSIGN_OR_RETURN(EarlierRelease release,
                     EarlierFrom(message.truth(), message.further()));
    earlier.push_back(std::move(release));
  }
  const disclosure::LetOut let_out{
      {proof.further().begin(), proof.further().end()},
      std::vector<int64_t>(proof.made_up().begin(), proof.made_up().end())};
  auto table = std::make_unique<ReleaseTable>(std::move(truth),
                                              std::move(earlier), &let_out);
  if (!table->MarksFit()) return errors::EnvelopeInvalid();
  return table;
}

int ToProtect(const disclosure::ReleaseModel& model) {
  int count = 0;
  for (CellId cell = 0; cell < model.Cells(); ++cell) {
    count += disclosure::IsToProtect(model.At(cell)) ? 1 : 0;
  }
  return count;
}

}  // namespace

v1::UnsafeCounts UnsafeIn(const std::string& release,
                          std::vector<std::string> names) {
  v1::UnsafeCounts unsafe;
  unsafe.set_forbund(release);
  unsafe.set_counts(static_cast<int32_t>(names.size()));
  if (names.size() > kMostNamed) names.resize(kMostNamed);
  unsafe.mutable_names()->Assign(names.begin(), names.end());
  return unsafe;
}

v1::ReleaseProof MakeProof(const ReleaseTable& table,
                           const Protection& protection) {
  v1::ReleaseProof proof;
  proof.set_format_version(kProofFormat);
  v1::Release& release = *proof.mutable_release();
  *release.mutable_report() = ToProto(disclosure::ReportOf(table));
  const disclosure::ReleaseCounts counts = disclosure::CountsOf(table);
  release.set_counts(counts.all);
  release.set_withheld_small(counts.small);
  release.set_withheld_further(counts.further);
  *proof.mutable_truth() = ToProto(table.Truth());
  for (const EarlierRelease& before : table.Earlier()) {
    v1::EarlierRelease& message = *proof.add_earlier();
    *message.mutable_truth() = ToProto(before.truth);
    message.mutable_further()->Add(before.further.begin(),
                                   before.further.end());
  }
  for (const CellId cell : disclosure::FurtherOf(table)) {
    proof.add_further(cell);
  }
  for (const int64_t value : table.MadeUp()) proof.add_made_up(value);
  for (const disclosure::Witness& witness : protection.witnesses) {
    v1::ReleaseWitness& message = *proof.add_witnesses();
    for (const disclosure::Difference& difference : witness) {
      v1::WitnessCell& cell = *message.add_cells();
      cell.set_cell(difference.cell);
      cell.set_by(difference.by);
    }
  }
  for (const disclosure::Proof& of : protection.proofs) {
    v1::CellProof& message = *proof.add_proofs();
    message.set_cell(of.cell);
    for (const uint32_t witness : of.witnesses) message.add_witnesses(witness);
  }
  return proof;
}

absl::StatusOr<EarlierRelease> EarlierOf(const v1::ReleaseProof& proof) {
  RETURN_IF_ERROR(CheckFormat(proof));
  return EarlierFrom(proof.truth(), proof.further());
}

absl::StatusOr<ProofFindings> CheckProof(const v1::ReleaseProof& proof) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ReleaseTable> table, TableOf(proof));
  ASSIGN_OR_RETURN(const Protection protection,
                   ProtectionOf(proof, table->Model().Cells()));
  ProofFindings found;
  found.truth_adds_up = table->Model().Contradictions().empty();
  found.release_is_of_truth =
      ToProto(disclosure::ReportOf(*table)).SerializeAsString() ==
      proof.release().report().SerializeAsString();
  found.counts = ToProtect(table->Model());
  found.unproved =
      static_cast<int>(disclosure::Disprove(table->Model(), protection).size());
  return found;
}

}  // namespace stegvis::handlers
