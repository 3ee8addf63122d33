#include "services/handlers/kept_witnesses.h"

#include <optional>
#include <string>
#include <utility>

#include "services/base/errors.h"
#include "services/base/status_macros.h"

namespace stegvis::handlers {
namespace {

using disclosure::KeptWitnesses;
using disclosure::Source;

constexpr int kFormat = 1;

constexpr std::pair<Source::Kind, v1::CellSource::Kind> kKinds[] = {
    {Source::Kind::kOwn, v1::CellSource::KIND_OWN},
    {Source::Kind::kNation, v1::CellSource::KIND_NATION},
    {Source::Kind::kRow, v1::CellSource::KIND_ROW},
    {Source::Kind::kRest, v1::CellSource::KIND_REST},
    {Source::Kind::kPartner, v1::CellSource::KIND_PARTNER}};

v1::CellSource ToProto(const Source& source) {
  v1::CellSource message;
  for (const auto& [kind, in_message] : kKinds) {
    if (kind == source.kind) message.set_kind(in_message);
  }
  message.set_forbund(source.forbund);
  return message;
}

absl::StatusOr<Source> FromProto(const v1::CellSource& message) {
  for (const auto& [kind, in_message] : kKinds) {
    if (in_message == message.kind()) return Source{kind, message.forbund()};
  }
  return errors::Bug("kept_witness_source");
}

absl::StatusOr<KeptWitnesses> FromProto(const v1::WitnessesOfRelease& message) {
  KeptWitnesses witnesses;
  for (const v1::CellSource& it : message.sources()) {
    ASSIGN_OR_RETURN(Source source, FromProto(it));
    witnesses.sources.push_back(std::move(source));
  }
  for (const v1::KeptWitness& witness : message.witnesses()) {
    const int changes = witness.numbers_size();
    if (witness.sources_size() != changes || witness.by_size() != changes) {
      return errors::Bug("kept_witness");
    }
    std::vector<KeptWitnesses::Change>& to = witnesses.witnesses.emplace_back();
    for (int i = 0; i < changes; ++i) {
      if (witness.sources(i) >= witnesses.sources.size()) {
        return errors::Bug("kept_witness");
      }
      to.push_back({witness.sources(i), witness.numbers(i), witness.by(i)});
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
    for (const Source& source : witnesses.sources) {
      *of.add_sources() = ToProto(source);
    }
    for (const auto& changes : witnesses.witnesses) {
      v1::KeptWitness& witness = *of.add_witnesses();
      for (const KeptWitnesses::Change& change : changes) {
        witness.add_sources(change.source);
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
