#include "services/disclosure/protect.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "services/disclosure/move_search.h"
#include "services/disclosure/programme.h"

namespace stegvis::disclosure {
namespace {

// What a move may cost, tried in this order.
constexpr int kCosts[] = {0, 6, 200};
constexpr int kStepsBetweenNews = 50;

// How far a cell can be from its true value, and which witnesses show it.
struct Reach {
  int64_t up = 0;
  int64_t down = 0;
  uint32_t up_witness = 0;
  uint32_t down_witness = 0;

  bool Suffices() const { return up + down >= kSpan; }
};

class Protector {
 public:
  Protector(ReleaseModel& model, BlockId flow_block, Effort effort)
      : model_(model),
        search_(model, flow_block),
        families_(model, flow_block),
        users_(model.Cells()),
        effort_(std::move(effort)) {
    for (const Headroom& it : effort_.headroom) {
      headroom_.emplace(it.cell, it.by);
    }
  }

  Protection Run() {
    Count();
    const std::vector<Witness> broken = TakeThoseThatFit();
    Search();
    MendThose(broken);
    if (!effort_.quick) Solve();
    return Finish();
  }

 private:
  void Search() {
    for (CellId cell = 0; cell < model_.Cells(); ++cell) {
      if (!IsSought(cell) || !GoesOn()) continue;
      if (headroom_.contains(cell)) GiveHeadroom(cell);
      if (IsToProtect(model_.At(cell))) Cover(cell);
    }
    if (!ended_) PrintWhatIsNotNeeded();
  }

  void Solve() {
    for (const CellId cell : hard_) {
      if (unsafe_.size() >= effort_.most_unsafe) break;
      if (GoesOn(/*every=*/1)) Solve(cell);
    }
  }

  // Tells how far it is, every so many steps: a programme takes long.
  bool GoesOn(int every = kStepsBetweenNews) {
    if (ended_ || effort_.tell == nullptr || steps_++ % every != 0) {
      return !ended_;
    }
    progress_.proved = static_cast<int>(
        std::count_if(reach_.begin(), reach_.end(), [&](const auto& it) {
          return it.second.Suffices() && IsToProtect(model_.At(it.first));
        }));
    ended_ = !effort_.tell(progress_);
    return !ended_;
  }

  void Count() {
    for (CellId cell = 0; cell < model_.Cells(); ++cell) {
      if (IsToProtect(model_.At(cell))) ++progress_.counts;
    }
  }

  // Of those that were kept. The others.
  std::vector<Witness> TakeThoseThatFit() {
    std::vector<Witness> broken;
    for (Witness& witness : effort_.kept) {
      const bool fits = Check(model_, witness) == Misfit::kNone;
      fits ? Take(std::move(witness)) : broken.push_back(std::move(witness));
    }
    return broken;
  }

  void MendThose(const std::vector<Witness>& broken) {
    for (const Witness& witness : broken) {
      const std::vector<Wish> wishes = WishesOf(witness);
      if (wishes.empty() || !GoesOn()) continue;
      Witness mended = Mend(model_, witness, wishes);
      if (Check(model_, mended) == Misfit::kNone) Take(std::move(mended));
    }
  }

  // What it moves that is not covered.
  std::vector<Wish> WishesOf(const Witness& witness) const {
    std::vector<Wish> wishes;
    for (const auto& [cell, by] : witness) {
      if (!IsToProtect(model_.At(cell)) || IsCovered(cell)) continue;
      wishes.push_back({cell, by});
    }
    return wishes;
  }

  // Whether witnesses are looked for that move the cell.
  bool IsSought(CellId cell) const {
    return IsToProtect(model_.At(cell)) || headroom_.contains(cell);
  }

  bool IsCovered(CellId cell) const {
    const auto reach = reach_.find(cell);
    if (reach == reach_.end()) return false;
    const auto headroom = headroom_.find(cell);
    if (headroom == headroom_.end()) return reach->second.Suffices();
    return headroom->second > 0 ? reach->second.up >= headroom->second
                                : reach->second.down >= -headroom->second;
  }

  // Withholds what must be so that the cell is covered.
  void Cover(CellId cell) {
    if (IsCovered(cell) || CoverBySearch(cell)) return;
    hard_.push_back(cell);
  }

  void GiveHeadroom(CellId cell) {
    if (IsCovered(cell) || CoverBySearch(cell)) return;
    headroom_.erase(cell);
    if (!IsToProtect(model_.At(cell))) reach_.erase(cell);
  }

  bool CoverBySearch(CellId cell) {
    return std::any_of(std::begin(kCosts), std::end(kCosts),
                       [&](int cost) { return TakeAll(MovesFor(cell, cost)); });
  }

  // The same for a cell that no search found enough for.
  void Solve(CellId cell) {
    if (IsCovered(cell)) return;
    for (const Scope& scope : kScopes) {
      const auto solve = [&](int64_t by) {
        return SolveForMove(model_, families_, scope, cell, by);
      };
      if (TakeAll(SpanningMoves(solve))) return;
    }
    unsafe_.insert(cell);
  }

  std::vector<Move> MovesFor(CellId cell, int cost) {
    const bool thorough = cost == kCosts[std::size(kCosts) - 1];
    const auto find = [&](int64_t by) {
      return search_.Find(cell, by, cost, thorough);
    };
    const auto headroom = headroom_.find(cell);
    if (headroom == headroom_.end()) return SpanningMoves(find);
    const int64_t by = headroom->second;
    std::vector<Move> moves;
    std::optional<Move> move = find(by);
    if (move.has_value() && move->by == by) moves.push_back(*std::move(move));
    return moves;
  }

  // Moves up and down, each found by `find`, that together span enough; none
  // when they do not.
  template <typename Find>
  static std::vector<Move> SpanningMoves(const Find& find) {
    std::vector<Move> moves;
    int64_t span = 0;
    for (const int sign : {1, -1}) {
      if (span >= kSpan) break;
      std::optional<Move> move = find(sign * (kSpan - span));
      if (!move.has_value()) continue;
      span += sign * move->by;
      moves.push_back(*std::move(move));
    }
    if (span < kSpan) moves.clear();
    return moves;
  }

  // Whether there are any.
  bool TakeAll(std::vector<Move> moves) {
    for (Move& move : moves) {
      for (const CellId withheld : move.to_withhold) Withhold(withheld);
      Take(std::move(move.witness));
    }
    return !moves.empty();
  }

  void Withhold(CellId cell) {
    if (model_.At(cell).shown != Shown::kPrinted) return;
    model_.Withhold(cell);
    further_.push_back(cell);
  }

  // Keeps the witness for all that it reaches, and its opposite if that fits.
  void Take(Witness witness) {
    Witness opposite = witness;
    for (Difference& difference : opposite) difference.by = -difference.by;
    Keep(std::move(witness));
    if (Check(model_, opposite) == Misfit::kNone) Keep(std::move(opposite));
  }

  void Keep(Witness witness) {
    const auto number = static_cast<uint32_t>(witnesses_.size());
    bool useful = false;
    for (const auto& [cell, by] : witness) {
      if (!IsSought(cell) || IsCovered(cell)) continue;
      Reach& reach = reach_[cell];
      if (by > reach.up) {
        reach.up = by;
        reach.up_witness = number;
        useful = true;
      } else if (-by > reach.down) {
        reach.down = -by;
        reach.down_witness = number;
        useful = true;
      }
    }
    if (!useful) return;
    for (const Difference& it : witness) users_[it.cell].push_back(number);
    witnesses_.push_back(std::move(witness));
  }

  // Tries for each cell, the last one first, whether all can be covered without
  // withholding it.
  void PrintWhatIsNotNeeded() {
    std::vector<CellId> kept;
    for (auto cell = further_.rbegin(); cell != further_.rend(); ++cell) {
      if (!DoWithout(*cell)) kept.push_back(*cell);
    }
    further_ = std::move(kept);
    std::sort(further_.begin(), further_.end());
  }

  std::vector<CellId> ReachedThrough(CellId cell) const {
    const std::vector<uint32_t>& users = users_[cell];
    const auto uses = [&](uint32_t witness) {
      return std::binary_search(users.begin(), users.end(), witness);
    };
    std::vector<CellId> reached;
    for (const auto& [other, reach] : reach_) {
      if ((reach.up > 0 && uses(reach.up_witness)) ||
          (reach.down > 0 && uses(reach.down_witness))) {
        reached.push_back(other);
      }
    }
    std::sort(reached.begin(), reached.end());
    return reached;
  }

  bool DoWithout(CellId cell) {
    const std::vector<CellId> reached = ReachedThrough(cell);
    std::vector<CellId> to_cover;
    std::vector<std::pair<CellId, Reach>> before;
    before.reserve(reached.size());
    model_.Print(cell);
    for (const CellId other : reached) {
      if (IsCovered(other)) to_cover.push_back(other);
      before.emplace_back(other, std::exchange(reach_[other], Reach()));
    }
    for (const CellId other : to_cover) {
      if (IsCovered(other)) continue;
      if (TakeAll(MovesFor(other, /*cost=*/0))) continue;
      for (const auto& [it, reach] : before) reach_[it] = reach;
      model_.Withhold(cell);
      return false;
    }
    return true;
  }

  Protection Finish() {
    Protection protection;
    protection.further = further_;
    protection.unsafe.assign(unsafe_.begin(), unsafe_.end());
    std::sort(protection.unsafe.begin(), protection.unsafe.end());
    absl::flat_hash_map<uint32_t, uint32_t> places;
    const auto place_of = [&](uint32_t witness) {
      const auto [place, added] = places.try_emplace(
          witness, static_cast<uint32_t>(protection.witnesses.size()));
      if (added) protection.witnesses.push_back(witnesses_[witness]);
      return place->second;
    };
    for (CellId cell = 0; cell < model_.Cells(); ++cell) {
      if (!IsToProtect(model_.At(cell)) || !IsCovered(cell)) continue;
      const Reach& reach = reach_.at(cell);
      Proof proof{cell, {}};
      if (reach.up > 0) proof.witnesses.push_back(place_of(reach.up_witness));
      if (reach.up < kSpan) {
        proof.witnesses.push_back(place_of(reach.down_witness));
      }
      protection.proofs.push_back(std::move(proof));
    }
    return protection;
  }

  ReleaseModel& model_;
  MoveSearch search_;
  const Families families_;
  std::vector<Witness> witnesses_;
  std::vector<std::vector<uint32_t>> users_;  // Of each cell, in order.
  absl::flat_hash_map<CellId, Reach> reach_;
  std::vector<CellId> further_;
  std::vector<CellId> hard_;
  absl::flat_hash_set<CellId> unsafe_;
  Effort effort_;
  // Of the cells that are to have it, those that do, or may.
  absl::flat_hash_map<CellId, int64_t> headroom_;
  Progress progress_;
  int steps_ = 0;
  bool ended_ = false;
};

}  // namespace

Protection Protect(ReleaseModel& model, BlockId flow_block, Effort effort) {
  return Protector(model, flow_block, std::move(effort)).Run();
}

std::vector<CellId> Disprove(const ReleaseModel& model,
                             const Protection& protection) {
  std::vector<uint8_t> fits(protection.witnesses.size());
  for (size_t i = 0; i < fits.size(); ++i) {
    fits[i] = Check(model, protection.witnesses[i]) == Misfit::kNone;
  }
  absl::flat_hash_set<CellId> proved;
  for (const Proof& proof : protection.proofs) {
    std::vector<const Witness*> witnesses;
    for (const uint32_t number : proof.witnesses) {
      if (fits[number]) witnesses.push_back(&protection.witnesses[number]);
    }
    if (SpanOf(model, proof.cell, witnesses).Width() >= kSpan) {
      proved.insert(proof.cell);
    }
  }
  std::vector<CellId> open;
  for (CellId cell = 0; cell < model.Cells(); ++cell) {
    if (IsToProtect(model.At(cell)) && !proved.contains(cell)) {
      open.push_back(cell);
    }
  }
  return open;
}

}  // namespace stegvis::disclosure
