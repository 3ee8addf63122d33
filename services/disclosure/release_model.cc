#include "services/disclosure/release_model.h"

#include <algorithm>
#include <utility>

namespace stegvis::disclosure {

BlockId ReleaseModel::AddBlock(size_t slots) {
  blocks_.push_back({std::vector<CellId>(slots, kNoCell), {}, {}});
  return static_cast<BlockId>(blocks_.size() - 1);
}

CellId ReleaseModel::AddCell(const Cell& cell) {
  const auto id = static_cast<CellId>(cells_.size());
  cells_.push_back(cell);
  Share(cell.block, cell.slot, id);
  return id;
}

void ReleaseModel::Share(BlockId block, Slot slot, CellId cell) {
  blocks_[block].cells[slot] = cell;
}

void ReleaseModel::LimitTo(CellId cell, int64_t most) {
  cells_[cell].most = std::min(cells_[cell].most, most);
}

void ReleaseModel::RaiseTo(CellId cell, int64_t least) {
  cells_[cell].least = std::max(cells_[cell].least, least);
}

bool ReleaseModel::IsConstant(CellId cell) const {
  return std::find(constants_.begin(), constants_.end(), cell) !=
         constants_.end();
}

CellId ReleaseModel::Constant(int64_t number) {
  for (const CellId cell : constants_) {
    if (cells_[cell].value == number) return cell;
  }
  constants_.push_back(AddCell({.value = number,
                                .shown = Shown::kPrinted,
                                .settled = true,
                                .block = AddBlock(1)}));
  return constants_.back();
}

GroupId ReleaseModel::AddGroup(BlockId parent, std::vector<BlockId> children) {
  const auto group = static_cast<GroupId>(groups_.size());
  blocks_[parent].under.push_back(group);
  for (const BlockId child : children) blocks_[child].over.push_back(group);
  groups_.push_back({parent, std::move(children)});
  return group;
}

void ReleaseModel::AddEqual(const std::vector<Term>& terms) {
  Add(terms, /*equal=*/true);
}

void ReleaseModel::AddAtLeastZero(const std::vector<Term>& terms) {
  Add(terms, /*equal=*/false);
}

void ReleaseModel::Add(const std::vector<Term>& terms, bool equal) {
  Relation relation{
      static_cast<uint32_t>(terms_.size()), 0, equal, block_, group_, 0};
  for (const Term& term : terms) {
    if (term.cell == kNoCell) continue;
    terms_.push_back(term);
    ++relation.terms;
  }
  if (relation.terms > 0) relations_.push_back(relation);
}

void ReleaseModel::Finish() {
  first_membership_.assign(cells_.size() + 1, 0);
  for (const Term& term : terms_) ++first_membership_[term.cell + 1];
  for (size_t i = 1; i < first_membership_.size(); ++i) {
    first_membership_[i] += first_membership_[i - 1];
  }
  memberships_.resize(terms_.size());
  std::vector<uint32_t> next(first_membership_.begin(),
                             first_membership_.end() - 1);
  for (RelationId relation = 0; relation < relations_.size(); ++relation) {
    for (const Term& term : TermsOf(relation)) {
      relations_[relation].sum += term.sign * cells_[term.cell].value;
      memberships_[next[term.cell]++] = {relation, term.sign};
    }
  }
}

void ReleaseModel::Withhold(CellId cell) {
  cells_[cell].shown = Shown::kWithheld;
}

void ReleaseModel::Print(CellId cell) { cells_[cell].shown = Shown::kPrinted; }

std::vector<RelationId> ReleaseModel::Contradictions() const {
  std::vector<RelationId> found;
  for (RelationId i = 0; i < relations_.size(); ++i) {
    const Relation& relation = relations_[i];
    if (relation.sum < 0 || (relation.equal && relation.sum != 0)) {
      found.push_back(i);
    }
  }
  return found;
}

}  // namespace stegvis::disclosure
