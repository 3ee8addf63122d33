#include "services/disclosure/origins.h"

#include <algorithm>

namespace stegvis::disclosure {
namespace {

// Its place among `sources`, or that after the last.
uint32_t PlaceOf(const Source& source, const std::vector<Source>& sources) {
  return static_cast<uint32_t>(
      std::find(sources.begin(), sources.end(), source) - sources.begin());
}

// The same; adds it where it is not there.
uint32_t PlaceIn(const Source& source, std::vector<Source>& sources) {
  const uint32_t place = PlaceOf(source, sources);
  if (place == sources.size()) sources.push_back(source);
  return place;
}

}  // namespace

void Keep(const KeptWitnesses& more, KeptWitnesses& kept) {
  std::vector<uint32_t> there;
  for (const Source& source : more.sources) {
    there.push_back(PlaceIn(source, kept.sources));
  }
  for (const auto& changes : more.witnesses) {
    auto& to = kept.witnesses.emplace_back();
    for (const auto& [source, number, by] : changes) {
      to.push_back({there[source], number, by});
    }
  }
}

std::set<std::string> PartnersIn(const KeptWitnesses& kept,
                                 const std::set<CellId>& cells) {
  std::set<std::string> partners;
  for (const auto& changes : kept.witnesses) {
    const bool moves_any =
        std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
          return kept.sources[change.source].kind == Source::Kind::kOwn &&
                 cells.contains(change.number);
        });
    for (const auto& change : changes) {
      const Source& source = kept.sources[change.source];
      if (moves_any && source.kind == Source::Kind::kPartner) {
        partners.insert(source.forbund);
      }
    }
  }
  return partners;
}

void Origins::Add(CellId cell, uint32_t number) {
  const Origin origin{static_cast<uint32_t>(sources_.size() - 1), number};
  of_[cell] = origin;
  cells_[origin] = cell;
}

void Origins::Keep(const Witness& witness, KeptWitnesses& kept) const {
  std::vector<KeptWitnesses::Change> changes;
  for (const auto& [cell, by] : witness) {
    const auto origin = of_.find(cell);
    if (origin == of_.end()) return;
    const auto& [source, number] = origin->second;
    changes.push_back({PlaceIn(sources_[source], kept.sources), number, by});
  }
  kept.witnesses.push_back(std::move(changes));
}

std::vector<Witness> Origins::Find(const KeptWitnesses& kept) const {
  std::vector<uint32_t> here;
  for (const Source& source : kept.sources) {
    here.push_back(PlaceOf(source, sources_));
  }
  std::vector<Witness> found;
  for (const auto& changes : kept.witnesses) {
    Witness witness;
    for (const auto& [source, number, by] : changes) {
      const auto cell = cells_.find({here[source], number});
      if (cell != cells_.end()) witness.push_back({cell->second, by});
    }
    std::sort(witness.begin(), witness.end());
    found.push_back(std::move(witness));
  }
  return found;
}

}  // namespace stegvis::disclosure
