// Releases of both levels of a year: what is safe by itself need not be beside
// the others.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/disclosure/around.h"
#include "services/disclosure/origins.h"
#include "services/disclosure/protect.h"
#include "services/disclosure/release.h"
#include "services/outcome/outcome_report.h"

namespace stegvis::disclosure {

// By the names of their förbund; "" is the nation's.
using WitnessesByRelease = std::map<std::string, KeptWitnesses>;

// The name of a release there.
std::string ReleaseName(Level level, const outcome::OutcomeReport& truth);

// The releases of a year that are out.
struct ReleasesOut {
  // The nation's, the only one.
  std::optional<EarlierRelease> nation;
  // Those of each förbund that has any, the oldest first.
  std::vector<std::vector<EarlierRelease>> forbund;
  // What was found when they were put beside each other.
  WitnessesByRelease kept = {};
};

// What a new release would be together with those that are out.
struct Together {
  // What is out is people, the new one is people, and so are the rest. Else the
  // reports do not know the same.
  bool fits = false;
  // Counts that are not proved with all the others known, by their names in the
  // first release that has any, and its name.
  std::vector<std::string> unsafe = {};
  std::string unsafe_in = {};
  // What the new one withholds for it beyond the first rule, in its own table.
  std::vector<CellId> further = {};
  // Witnesses with which the new one is safe by itself, so marked.
  std::vector<Witness> own = {};
  // New witnesses, to be kept: the next one is put beside much quicker.
  WitnessesByRelease found = {};

  bool IsSafe() const { return fits && unsafe.empty(); }
};

// Adds what was found to what is kept.
void Keep(const WitnessesByRelease& found, WitnessesByRelease& kept);

// Puts a first release of `truth` beside `out`: finds what it must withhold,
// and proves those that are out again. Where `tell` ends the work, what is
// not proved is unsafe. A förbund's needs the nation's in `out`. Those that are
// out take as long as the new one where nothing was kept of them, and longer
// where others have to move with them.
Together PutBeside(Level level, const outcome::OutcomeReport& truth,
                   const ReleasesOut& out, const Tell& tell = nullptr);

}  // namespace stegvis::disclosure
