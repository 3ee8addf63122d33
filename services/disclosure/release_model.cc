#include "services/disclosure/release_model.h"

#include <algorithm>
#include <utility>

namespace stegvis::disclosure {

BlockId ReleaseModel::AddBlock(size_t slots) {
  blocks_.push_back({std::vector<CellId>(slots, kNoCell), {}, {}});
  return static_cast<BlockId>(blocks_.size() - 1);
}

BlockId ReleaseModel::FlowBlock() {
  if (flow_block_ == kBetweenBlocks) flow_block_ = AddBlock(0);
  return flow_block_;
}

Slot ReleaseModel::AddFlowSlots(size_t slots) {
  std::vector<CellId>& cells = blocks_[FlowBlock()].cells;
  const auto first = static_cast<Slot>(cells.size());
  cells.resize(cells.size() + slots, kNoCell);
  return first;
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

void ReleaseModel::AddEqual(const std::vector<Term>& terms, int64_t more) {
  Add(terms, more, /*equal=*/true);
}

void ReleaseModel::AddAtLeastZero(const std::vector<Term>& terms,
                                  int64_t more) {
  Add(terms, more, /*equal=*/false);
}

void ReleaseModel::Add(const std::vector<Term>& terms, int64_t more,
                       bool equal) {
  Relation relation{
      static_cast<uint32_t>(terms_.size()), 0, equal, block_, group_, more};
  for (const Term& term : terms) {
    if (term.cell == kNoCell) continue;
    terms_.push_back(term);
    ++relation.terms;
  }
  if (relation.terms > 0) relations_.push_back(relation);
}

void ReleaseModel::KeepFulfilled(RelationId first) {
  std::vector<Relation> added(relations_.begin() + first, relations_.end());
  relations_.resize(first);
  if (added.empty()) return;
  const size_t first_term = added.front().first_term;
  const std::vector<Term> terms(
      terms_.begin() + static_cast<ptrdiff_t>(first_term), terms_.end());
  terms_.resize(first_term);
  for (Relation& relation : added) {
    const Term* of_it = &terms[relation.first_term - first_term];
    int64_t sum = relation.sum;
    for (uint32_t i = 0; i < relation.terms; ++i) {
      sum += of_it[i].sign * cells_[of_it[i].cell].value;
    }
    if (sum < 0 || (relation.equal && sum != 0)) continue;
    relation.first_term = static_cast<uint32_t>(terms_.size());
    terms_.insert(terms_.end(), of_it, of_it + relation.terms);
    relations_.push_back(relation);
  }
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

void ReleaseModel::Fix(CellId cell) {
  cells_[cell].least = cells_[cell].value;
  cells_[cell].most = cells_[cell].value;
  LeaveToOthers(cell);
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
