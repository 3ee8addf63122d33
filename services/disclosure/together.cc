#include "services/disclosure/together.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "services/disclosure/keyed_table.h"
#include "services/disclosure/release_table.h"

namespace stegvis::disclosure {
namespace {

// So many others are tried as partners, and so many of them together.
constexpr size_t kMostTried = 12;
constexpr size_t kTogether = 4;
// So many counts that partners do not help are enough to try others.
constexpr size_t kMostUnsafe = 3;

// The place of a förbund's releases in Year, or the nation's.
using Place = size_t;
constexpr Place kNation = static_cast<Place>(-1);

// The releases of the year, and among them the new one.
struct Year {
  ReleasesOut releases;
  Place the_new = kNation;

  EarlierRelease& NewestAt(Place place) {
    return place == kNation ? *releases.nation : releases.forbund[place].back();
  }
  const EarlierRelease& NewestAt(Place place) const {
    return place == kNation ? *releases.nation : releases.forbund[place].back();
  }
  std::vector<EarlierRelease> EarlierAt(Place place) const {
    if (place == kNation) return {};
    const std::vector<EarlierRelease>& all = releases.forbund[place];
    return {all.begin(), std::prev(all.end())};
  }
};

// A count that is not proved.
struct OpenCount {
  std::string name;
  // By how much less another one must be, so that this one can be more.
  int64_t needs = 0;
};

// What is not proved of a release.
struct Open {
  // Else the reports do not know the same.
  bool fits = false;
  std::map<CellId, OpenCount> counts;

  bool IsDone() const { return !fits || counts.empty(); }
};

// News of several pieces of work, one after the other, as of one.
class TellOfAll {
 public:
  explicit TellOfAll(const Tell& tell) : tell_(tell) {}

  Tell OfNext() {
    before_.proved += last_.proved;
    before_.counts += last_.counts;
    last_ = {};
    if (tell_ == nullptr) return nullptr;
    return [this](Progress progress) {
      last_ = {progress.counts, progress.counts};
      ended_ = !tell_(
          {before_.proved + progress.proved, before_.counts + progress.counts});
      return !ended_;
    };
  }
  // What is open then stays so.
  bool HasEnded() const { return ended_; }

 private:
  const Tell& tell_;
  Progress before_, last_;
  bool ended_ = false;
};

// Which of the others move with a release.
struct Attempt {
  std::vector<Place> partners = {};
  // The new one may withhold more for it.
  bool new_gives_way = false;
  // As far as what was kept leads, without programmes.
  bool quick = false;
  // What it is for; nothing: all that is open.
  std::optional<std::set<CellId>> only = {};
};

Around AroundOf(Place subject, const Attempt& attempt, const Year& year) {
  Around around;
  if (subject != kNation) {
    around.nation = year.releases.nation;
    around.nation_is_new = attempt.new_gives_way && year.the_new == kNation;
  }
  for (Place i = 0; i < year.releases.forbund.size(); ++i) {
    if (i == subject) continue;
    const EarlierRelease& release = year.releases.forbund[i].back();
    const auto& partners = attempt.partners;
    if (std::find(partners.begin(), partners.end(), i) == partners.end()) {
      around.forbund.push_back(release);
    } else {
      around.partners.push_back(
          {release, attempt.new_gives_way && i == year.the_new});
    }
  }
  return around;
}

// The cells of a release that replaces none, as it shows them. Without the
// relations between them, they take no time.
class Marked {
 public:
  explicit Marked(const EarlierRelease& release)
      : measures_({&release.truth}), table_(release.truth, measures_) {
    for (const CellId cell : release.further) table_.model.Withhold(cell);
  }

  const ReleaseModel& Model() const { return table_.model; }
  std::string NameOf(CellId cell) const {
    return disclosure::NameOf(cell, table_.cells, measures_, table_.model);
  }

 private:
  const Measures measures_;
  KeyedTable table_;
};

// Whether each is the name of one count that the release prints.
bool WithholdMore(const std::set<std::string>& names, EarlierRelease& release) {
  if (names.empty()) return true;
  const size_t before = release.further.size();
  const Marked marked(release);
  for (CellId cell = 0; cell < marked.Model().Cells(); ++cell) {
    if (marked.Model().At(cell).shown == Shown::kPrinted &&
        !marked.Model().IsConstant(cell) &&
        names.contains(marked.NameOf(cell))) {
      release.further.push_back(cell);
    }
  }
  const bool all = release.further.size() - before == names.size();
  std::sort(release.further.begin(), release.further.end());
  return all;
}

// Lets the new release withhold what was found to be needed. False when it has
// no such counts.
bool TakeMarks(Place subject, const ReleaseTable& table, Year& year) {
  EarlierRelease& release = year.NewestAt(year.the_new);
  if (subject == year.the_new) {
    release.further = FurtherOf(table);
    return true;
  }
  std::set<std::string> names;
  size_t withheld = 0;
  for (const auto& [cell, name] : table.OfNew()) {
    if (table.Model().At(cell).shown != Shown::kWithheld) continue;
    names.insert(name);
    ++withheld;
  }
  return names.size() == withheld && WithholdMore(names, release);
}

Level LevelOf(Place place) {
  return place == kNation ? Level::kNation : Level::kForbund;
}

std::string NameOf(Place place, const Year& year) {
  return ReleaseName(LevelOf(place), year.NewestAt(place).truth);
}

// What was kept when it was proved before.
const KeptWitnesses& KeptOf(Place place, const Year& year) {
  static const auto& none = *new KeptWitnesses();
  const auto kept = year.releases.kept.find(NameOf(place, year));
  return kept == year.releases.kept.end() ? none : kept->second;
}

// What is out leaves nothing more to anybody.
Protection ProtectIn(ReleaseTable& table, Place subject, const Year& year,
                     Effort effort) {
  if (subject == year.the_new) {
    return MakeSafe(LevelOf(subject), table, std::move(effort));
  }
  return Protect(table.Model(), table.Cells().flow_block, std::move(effort));
}

// What others have is known to nobody who sees the release alone.
Witness OwnPartOf(Witness witness, const ReleaseTable& table) {
  std::erase_if(witness, [&](const Difference& difference) {
    return difference.cell >= table.CellsOfReleases();
  });
  return witness;
}

// The witnesses of a release that were not kept before.
struct Found {
  KeptWitnesses to_keep = {};
  // Of the new one, all of them, in its own table.
  std::vector<Witness> own = {};
};

// Proves what is to be proved of a release. Adds witnesses to `found`.
Open Prove(Place subject, const Attempt& attempt, const Around& around,
           Year& year, Found& found, const Tell& tell) {
  const EarlierRelease& release = year.NewestAt(subject);
  const bool is_new = subject == year.the_new;
  const LetOut let_out{.further = release.further, .may_grow = is_new};
  ReleaseTable table(release.truth, year.EarlierAt(subject), &let_out, &around);
  Open open;
  open.fits = table.MarksFit() && table.FitsAround() &&
              table.Model().Contradictions().empty();
  if (!open.fits) return open;
  Effort effort{tell, {}, attempt.quick};
  if (attempt.quick) {
    effort.kept = table.Origins().Find(KeptOf(subject, year));
  }
  const std::set<Witness> known(effort.kept.begin(), effort.kept.end());
  // More partners are tried for all that is open then.
  if (!attempt.partners.empty()) effort.most_unsafe = kMostUnsafe;
  const Protection protection =
      ProtectIn(table, subject, year, std::move(effort));
  for (const Witness& witness : protection.witnesses) {
    if (!known.contains(witness)) table.Origins().Keep(witness, found.to_keep);
    if (is_new) found.own.push_back(OwnPartOf(witness, table));
  }
  for (const CellId cell : Disprove(table.Model(), protection)) {
    const Cell& it = table.Model().At(cell);
    open.counts[cell] = {table.NameOf(cell),
                         std::max(kSpan - (it.value - it.least), int64_t{1})};
  }
  open.fits = TakeMarks(subject, table, year);
  return open;
}

// By how much each count may be less that a release does not tell, by its name.
using Room = std::map<std::string, int64_t>;

Room RoomIn(const EarlierRelease& release) {
  const Marked marked(release);
  Room room;
  for (CellId cell = 0; cell < marked.Model().Cells(); ++cell) {
    const Cell& it = marked.Model().At(cell);
    if (it.shown == Shown::kPrinted || it.value <= it.least) continue;
    room.emplace(marked.NameOf(cell), it.value - it.least);
  }
  return room;
}

// Others have other insatser, and are another förbund: what is counted in one
// stands against the whole of theirs.
std::string NameInOthers(const std::string& name) {
  if (!absl::StartsWith(name, "INSATS/") &&
      !absl::StartsWith(name, "FORBUND/")) {
    return name;
  }
  return name.substr(name.rfind('/', name.rfind('/') - 1) + 1);
}

// One that has been replaced stands still: its earlier release would have to
// move along.
std::vector<Place> OthersThatMove(Place subject, const Year& year) {
  std::vector<Place> others;
  for (Place i = 0; i < year.releases.forbund.size(); ++i) {
    if (i != subject && year.releases.forbund[i].size() == 1) {
      others.push_back(i);
    }
  }
  return others;
}

// Another one that may move, how much of what is open has room in it, and what
// has some of it.
struct Helper {
  Place place;
  size_t helps = 0;
  std::set<CellId> helps_some = {};

  std::pair<size_t, size_t> Rank() const { return {helps, helps_some.size()}; }
};

Helper HelperFor(const Open& open, Place place, const Room& room) {
  Helper helper{place};
  for (const auto& [cell, count] : open.counts) {
    const auto it = room.find(NameInOthers(count.name));
    if (it == room.end()) continue;
    helper.helps_some.insert(cell);
    if (it->second >= count.needs) ++helper.helps;
  }
  return helper;
}

// Those with room for most of what is open first.
class Helpers {
 public:
  Helpers(Place subject, const Year& year) {
    for (const Place place : OthersThatMove(subject, year)) {
      rooms_.emplace_back(place, RoomIn(year.NewestAt(place)));
    }
  }

  std::vector<Helper> For(const Open& open) const {
    std::vector<Helper> helpers;
    for (const auto& [place, room] : rooms_) {
      helpers.push_back(HelperFor(open, place, room));
    }
    std::stable_sort(
        helpers.begin(), helpers.end(),
        [](const Helper& a, const Helper& b) { return a.Rank() > b.Rank(); });
    return helpers;
  }

 private:
  std::vector<std::pair<Place, Room>> rooms_;
};

// Those that moved with what is open when it was proved before.
std::vector<Place> PartnersBefore(Place subject, const Open& open,
                                  const Year& year) {
  std::set<CellId> cells;
  for (const auto& [cell, count] : open.counts) cells.insert(cell);
  const std::set<std::string> names = PartnersIn(KeptOf(subject, year), cells);
  std::vector<Place> partners;
  for (const Place i : OthersThatMove(subject, year)) {
    if (names.contains(NameOf(i, year))) partners.push_back(i);
  }
  return partners;
}

// The proof of one release with all the others known, in attempts: each goes on
// with what the one before left open.
class ProofAmongOthers {
 public:
  ProofAmongOthers(Place subject, Year& year, Found& found, TellOfAll& tell)
      : subject_(subject), year_(year), found_(found), tell_(tell) {}

  Open Run() {
    if (!KeptOf(subject_, year_).witnesses.empty()) {
      Try({.quick = true});
      TryWithPartnersBefore();
    }
    Try({});
    TryWithHelpers();
    return *std::move(open_);
  }

 private:
  bool IsDone() const {
    return open_.has_value() && (open_->IsDone() || tell_.HasEnded());
  }

  void TryWithPartnersBefore() {
    if (IsDone()) return;
    Attempt attempt{.partners = PartnersBefore(subject_, *open_, year_),
                    .quick = true};
    if (!attempt.partners.empty()) Try(attempt);
  }

  void TryWithHelpers() {
    if (IsDone()) return;
    const Helpers helpers(subject_, year_);
    std::set<Place> tried;
    while (tried.size() < kMostTried && !IsDone()) {
      const Attempt attempt = NextOf(helpers.For(*open_), tried);
      if (attempt.partners.empty()) break;
      Try(attempt);
    }
    LetNewGiveWay(helpers);
  }

  // Several together, for what one of them has some room in: where one alone is
  // not enough, that takes long to find out.
  static Attempt NextOf(const std::vector<Helper>& helpers,
                        std::set<Place>& tried) {
    Attempt attempt{.only = std::set<CellId>()};
    for (const Helper& helper : helpers) {
      if (attempt.partners.size() == kTogether) break;
      if (helper.helps_some.empty()) continue;
      if (!tried.insert(helper.place).second) continue;
      attempt.partners.push_back(helper.place);
      attempt.only->insert(helper.helps_some.begin(), helper.helps_some.end());
    }
    return attempt;
  }

  // At last the new one withholds more for one that is out.
  void LetNewGiveWay(const Helpers& helpers) {
    if (IsDone() || subject_ == year_.the_new) return;
    Attempt attempt{.new_gives_way = true};
    for (const Helper& helper : helpers.For(*open_)) {
      if (attempt.partners.size() == kTogether) break;
      attempt.partners.push_back(helper.place);
    }
    if (year_.the_new != kNation) {
      std::erase(attempt.partners, year_.the_new);
      attempt.partners.push_back(year_.the_new);
    }
    Try(attempt);
  }

  void Try(const Attempt& attempt) {
    if (IsDone()) return;
    Around around = AroundOf(subject_, attempt, year_);
    // What this attempt is not for stays open.
    std::map<CellId, OpenCount> left;
    if (open_.has_value()) {
      around.only.emplace();
      for (const auto& [cell, count] : open_->counts) {
        if (attempt.only.has_value() && !attempt.only->contains(cell)) {
          left.emplace(cell, count);
        } else {
          around.only->insert(cell);
        }
      }
    }
    open_ = Prove(subject_, attempt, around, year_, found_, tell_.OfNext());
    open_->counts.merge(left);
  }

  const Place subject_;
  Year& year_;
  Found& found_;
  TellOfAll& tell_;
  std::optional<Open> open_;
};

// The new one first: what it withholds counts for the others.
std::vector<Place> AllIn(const Year& year) {
  std::vector<Place> all = {year.the_new};
  if (year.the_new != kNation) all.push_back(kNation);
  for (Place i = 0; i < year.releases.forbund.size(); ++i) {
    if (i != year.the_new) all.push_back(i);
  }
  return all;
}

}  // namespace

std::string ReleaseName(Level level, const outcome::OutcomeReport& truth) {
  return level == Level::kNation ? "" : truth.forbund.front();
}

void Keep(const WitnessesByRelease& found, WitnessesByRelease& kept) {
  for (const auto& [release, witnesses] : found) {
    Keep(witnesses, kept[release]);
  }
}

Together PutBeside(Level level, const outcome::OutcomeReport& truth,
                   const ReleasesOut& out, const Tell& tell) {
  Year year{out};
  if (level == Level::kNation) {
    year.releases.nation = EarlierRelease{truth, {}};
  } else {
    year.the_new = out.forbund.size();
    year.releases.forbund.push_back({{truth, {}}});
  }
  TellOfAll tell_of_all(tell);
  Together together{.fits = true};
  for (const Place subject : AllIn(year)) {
    Found found;
    const Open open = ProofAmongOthers(subject, year, found, tell_of_all).Run();
    together.fits = open.fits;
    together.found[NameOf(subject, year)] = std::move(found.to_keep);
    if (subject == year.the_new) together.own = std::move(found.own);
    for (const auto& [cell, count] : open.counts) {
      together.unsafe.push_back(count.name);
    }
    together.unsafe_in = NameOf(subject, year);
    if (!together.IsSafe()) break;
  }
  together.further = year.NewestAt(year.the_new).further;
  return together;
}

}  // namespace stegvis::disclosure
