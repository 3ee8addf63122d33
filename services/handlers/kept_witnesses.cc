#include "services/handlers/kept_witnesses.h"

#include <optional>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::handlers {
namespace {

using disclosure::KeptWitnesses;
using disclosure::Origin;

constexpr int kFormat = 1;

constexpr std::pair<Origin::Kind, v1::CellOrigin::Kind> kKinds[] = {
    {Origin::Kind::kOwn, v1::CellOrigin::KIND_OWN},
    {Origin::Kind::kNation, v1::CellOrigin::KIND_NATION},
    {Origin::Kind::kRow, v1::CellOrigin::KIND_ROW},
    {Origin::Kind::kRest, v1::CellOrigin::KIND_REST},
    {Origin::Kind::kPartner, v1::CellOrigin::KIND_PARTNER}};

v1::CellOrigin ToProto(const Origin& origin) {
  v1::CellOrigin message;
  for (const auto& [kind, in_message] : kKinds) {
    if (kind == origin.kind) message.set_kind(in_message);
  }
  message.set_forbund(origin.forbund);
  return message;
}

absl::StatusOr<Origin> FromProto(const v1::CellOrigin& message) {
  for (const auto& [kind, in_message] : kKinds) {
    if (in_message == message.kind()) return Origin{kind, message.forbund()};
  }
  return errors::Bug("kept_witness_origin");
}

absl::StatusOr<KeptWitnesses> FromProto(const v1::WitnessesOfRelease& message) {
  KeptWitnesses witnesses;
  for (const v1::CellOrigin& it : message.origins()) {
    ASSIGN_OR_RETURN(Origin origin, FromProto(it));
    witnesses.origins.push_back(std::move(origin));
  }
  for (const v1::KeptWitness& witness : message.witnesses()) {
    const int changes = witness.numbers_size();
    if (witness.origins_size() != changes || witness.by_size() != changes) {
      return errors::Bug("kept_witness");
    }
    std::vector<KeptWitnesses::Change>& to = witnesses.witnesses.emplace_back();
    for (int i = 0; i < changes; ++i) {
      if (witness.origins(i) >= witnesses.origins.size()) {
        return errors::Bug("kept_witness");
      }
      to.push_back({witness.origins(i), witness.numbers(i), witness.by(i)});
    }
  }
  return witnesses;
}

}  // namespace

v1::WitnessesBeside ToProto(const disclosure::WitnessesByRelease& found) {
  v1::WitnessesBeside message;
  message.set_format_version(kFormat);
  for (const auto& [forbund, witnesses] : found) {
    v1::WitnessesOfRelease& of = *message.add_releases();
    of.set_forbund(forbund);
    for (const Origin& origin : witnesses.origins) {
      *of.add_origins() = ToProto(origin);
    }
    for (const auto& changes : witnesses.witnesses) {
      v1::KeptWitness& witness = *of.add_witnesses();
      for (const KeptWitnesses::Change& change : changes) {
        witness.add_origins(change.origin);
        witness.add_numbers(change.number);
        witness.add_by(change.by);
      }
    }
  }
  return message;
}

absl::Status AddFrom(const v1::WitnessesBeside& message,
                     disclosure::WitnessesByRelease& kept) {
  if (message.format_version() != kFormat) return absl::OkStatus();
  for (const v1::WitnessesOfRelease& of : message.releases()) {
    ASSIGN_OR_RETURN(const KeptWitnesses more, FromProto(of));
    disclosure::Keep(more, kept[of.forbund()]);
  }
  return absl::OkStatus();
}

absl::Status AddKept(const storage::SealedReportKey& key,
                     storage::ReadTransaction& tx,
                     disclosure::WitnessesByRelease& kept) {
  const absl::StatusOr<storage::SealedReport> stored = tx.GetSealedReport(
      key.forbund, storage::SealedKind::kBeside, key.year, key.revision);
  if (absl::IsNotFound(stored.status())) return absl::OkStatus();
  RETURN_IF_ERROR(stored.status());
  v1::WitnessesBeside message;
  if (!message.ParseFromString(stored->payload)) {
    return errors::Bug("kept_witnesses_payload");
  }
  return AddFrom(message, kept);
}

}  // namespace stegvis::handlers
