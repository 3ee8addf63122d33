#include "services/disclosure/origins.h"

#include <algorithm>

namespace stegvis::disclosure {
namespace {

// Its place among `origins`, or that after the last.
uint32_t PlaceOf(const Origin& origin, const std::vector<Origin>& origins) {
  return static_cast<uint32_t>(
      std::find(origins.begin(), origins.end(), origin) - origins.begin());
}

// The same; adds it where it is not there.
uint32_t PlaceIn(const Origin& origin, std::vector<Origin>& origins) {
  const uint32_t place = PlaceOf(origin, origins);
  if (place == origins.size()) origins.push_back(origin);
  return place;
}

}  // namespace

void Keep(const KeptWitnesses& more, KeptWitnesses& kept) {
  std::vector<uint32_t> there;
  for (const Origin& origin : more.origins) {
    there.push_back(PlaceIn(origin, kept.origins));
  }
  for (const auto& changes : more.witnesses) {
    auto& to = kept.witnesses.emplace_back();
    for (const auto& [origin, number, by] : changes) {
      to.push_back({there[origin], number, by});
    }
  }
}

std::set<std::string> PartnersIn(const KeptWitnesses& kept,
                                 const std::set<CellId>& cells) {
  std::set<std::string> partners;
  for (const auto& changes : kept.witnesses) {
    const bool moves_any =
        std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
          return kept.origins[change.origin].kind == Origin::Kind::kOwn &&
                 cells.contains(change.number);
        });
    for (const auto& change : changes) {
      const Origin& origin = kept.origins[change.origin];
      if (moves_any && origin.kind == Origin::Kind::kPartner) {
        partners.insert(origin.forbund);
      }
    }
  }
  return partners;
}

void Origins::Add(CellId cell, uint32_t number) {
  const Numbered numbered{static_cast<uint32_t>(origins_.size() - 1), number};
  of_[cell] = numbered;
  cells_[numbered] = cell;
}

void Origins::Keep(const Witness& witness, KeptWitnesses& kept) const {
  std::vector<KeptWitnesses::Change> changes;
  for (const auto& [cell, by] : witness) {
    const auto numbered = of_.find(cell);
    if (numbered == of_.end()) return;
    const auto& [origin, number] = numbered->second;
    changes.push_back({PlaceIn(origins_[origin], kept.origins), number, by});
  }
  kept.witnesses.push_back(std::move(changes));
}

std::vector<Witness> Origins::Find(const KeptWitnesses& kept) const {
  std::vector<uint32_t> here;
  for (const Origin& origin : kept.origins) {
    here.push_back(PlaceOf(origin, origins_));
  }
  std::vector<Witness> found;
  for (const auto& changes : kept.witnesses) {
    Witness witness;
    for (const auto& [origin, number, by] : changes) {
      const auto cell = cells_.find({here[origin], number});
      if (cell != cells_.end()) witness.push_back({cell->second, by});
    }
    std::sort(witness.begin(), witness.end());
    found.push_back(std::move(witness));
  }
  return found;
}

}  // namespace stegvis::disclosure
