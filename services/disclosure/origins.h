// Where the cells of a table come from. By that a witness of a release says the
// same whatever else has been let out meanwhile.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/disclosure/release_model.h"
#include "services/disclosure/witness.h"

namespace stegvis::disclosure {

// What cells are of.
struct Origin {
  enum class Kind : uint8_t {
    kOwn,      // The release itself,
    kNation,   // the nation's beside it,
    kRow,      // the nation's row of a förbund that has none,
    kRest,     // what is made up of the rest,
    kPartner,  // or another förbund's release, which moves along.
  };

  Kind kind = Kind::kOwn;
  // The name of the förbund whose row or release it is.
  std::string forbund = {};

  bool operator==(const Origin&) const = default;
};

// Witnesses that were found for a release, to be tried again. Each is to be
// checked again, too: those that are out by now may tell more.
struct KeptWitnesses {
  // The cell with that number in `origins[origin]` differs by so much.
  struct Change {
    uint32_t origin;
    uint32_t number;
    int64_t by;
  };
  std::vector<Origin> origins = {};
  std::vector<std::vector<Change>> witnesses = {};
};

// Adds witnesses to `kept`.
void Keep(const KeptWitnesses& more, KeptWitnesses& kept);

// The partners of those witnesses that move any of `cells` of the release.
std::set<std::string> PartnersIn(const KeptWitnesses& kept,
                                 const std::set<CellId>& cells);

// The origins of a model's cells, and their numbers there.
class Origins {
 public:
  // The cells that are added from now on are of `origin`.
  void SetOrigin(Origin origin) { origins_.push_back(std::move(origin)); }
  void Add(CellId cell, uint32_t number);

  // Adds `witness` to `kept`, unless a cell has no origin.
  void Keep(const Witness& witness, KeptWitnesses& kept) const;
  // Those of `kept`, without cells that the model does not have.
  std::vector<Witness> Find(const KeptWitnesses& kept) const;

 private:
  // The place of an origin, and the number there.
  using Numbered = std::pair<uint32_t, uint32_t>;

  std::vector<Origin> origins_;
  absl::flat_hash_map<CellId, Numbered> of_;
  absl::flat_hash_map<Numbered, CellId> cells_;
};

}  // namespace stegvis::disclosure
