#include "services/disclosure/together.h"

#include <utility>

#include "services/disclosure/release_table.h"

namespace stegvis::disclosure {
namespace {

// In ReleasesOut::forbund: none of them.
constexpr size_t kNone = static_cast<size_t>(-1);

// What stands around the nation, or around a förbund.
Around AroundOf(const ReleasesOut& out, Level level, size_t but = kNone) {
  Around around;
  if (level == Level::kForbund) around.nation = out.nation;
  for (size_t i = 0; i < out.forbund.size(); ++i) {
    if (i != but) around.forbund.push_back(out.forbund[i].back());
  }
  return around;
}

bool Fits(const ReleaseTable& table) {
  return table.MarksFit() && table.FitsAround() &&
         table.Model().Contradictions().empty();
}

// News of several pieces of work, one after the other, as of one.
class News {
 public:
  explicit News(const Tell& tell) : tell_(tell) {}

  Tell OfNext() {
    before_.proved += last_.proved;
    before_.counts += last_.counts;
    last_ = {};
    if (tell_ == nullptr) return nullptr;
    return [this](Progress progress) {
      last_ = {progress.counts, progress.counts};
      return tell_(
          {before_.proved + progress.proved, before_.counts + progress.counts});
    };
  }

 private:
  const Tell& tell_;
  Progress before_, last_;
};

// Protects the table, and adds what is not proved.
void Protect(Level level, ReleaseTable& table, const Tell& tell,
             Together& together) {
  const Protection protection = MakeSafe(level, table, tell);
  for (const CellId cell : Disprove(table.Model(), protection)) {
    together.unsafe.push_back(
        NameOf(cell, table.Cells(), table.Measures(), table.Model()));
  }
}

// Whether `releases`, the oldest first, are safe as they are.
Together Prove(const std::vector<EarlierRelease>& releases,
               const Around& around, const Tell& tell) {
  const LetOut let_out{releases.back().further, {}};
  ReleaseTable table(releases.back().truth,
                     {releases.begin(), releases.end() - 1}, &let_out, &around);
  Together together;
  together.fits = Fits(table);
  if (!together.fits) return together;
  // Its marks are there already.
  Protect(Level::kForbund, table, tell, together);
  return together;
}

// The same for a release that is not out.
Together PutFirst(Level level, const outcome::OutcomeReport& truth,
                  const Around& around, const Tell& tell) {
  ReleaseTable table(truth, {}, nullptr, &around);
  Together together;
  together.fits = Fits(table);
  if (!together.fits) return together;
  Protect(level, table, tell, together);
  together.further = FurtherOf(table);
  return together;
}

// A förbund's report beside the nation. What of the nation's is not safe with
// it known is looked for where both move.
Together PutBesideNation(const outcome::OutcomeReport& truth,
                         const ReleasesOut& out, News& news) {
  Around around = AroundOf(out, Level::kForbund);
  Together together = PutFirst(Level::kForbund, truth, around, news.OfNext());
  if (!together.IsSafe()) return together;
  Around of_all = AroundOf(out, Level::kNation);
  of_all.forbund.push_back({truth, together.further});
  const Together nation = Prove({*out.nation}, of_all, news.OfNext());
  if (nation.IsSafe()) return together;
  if (!nation.fits) return nation;
  around.of_nation.insert(nation.unsafe.begin(), nation.unsafe.end());
  return PutFirst(Level::kForbund, truth, around, news.OfNext());
}

}  // namespace

Together PutBeside(Level level, const outcome::OutcomeReport& truth,
                   const ReleasesOut& out, const Tell& tell) {
  News news(tell);
  Together together =
      level == Level::kForbund
          ? PutBesideNation(truth, out, news)
          : PutFirst(level, truth, AroundOf(out, level), news.OfNext());
  ReleasesOut then = out;
  EarlierRelease added{truth, together.further};
  if (level == Level::kNation) {
    then.nation = std::move(added);
  } else {
    then.forbund.push_back({std::move(added)});
  }
  for (size_t i = 0; i < out.forbund.size() && together.IsSafe(); ++i) {
    Together it = Prove(then.forbund[i], AroundOf(then, Level::kForbund, i),
                        news.OfNext());
    together.fits = it.fits;
    together.unsafe = std::move(it.unsafe);
  }
  return together;
}

}  // namespace stegvis::disclosure
